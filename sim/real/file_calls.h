// FileCalls: the calls of the system that read, write and sync a file. A test
// puts others in their place, which fail as a broken or a full disk does.
//
// Each answers as the call that it is named after: -1 for an error, with
// `errno`. May be called by any thread.
//
//   const FileCalls calls;
//   const Transfer read = ReadFully(calls, file, offset, buffer);
//   if (read.error != 0) return absl::DataLossError(strerror(read.error));

#ifndef REPRISE_SIM_REAL_FILE_CALLS_H_
#define REPRISE_SIM_REAL_FILE_CALLS_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace reprise {

class FileCalls {
 public:
  virtual ~FileCalls() = default;

  virtual ssize_t PRead(int file, void* to, size_t size, off_t offset) const;
  virtual ssize_t PWrite(int file, const void* from, size_t size,
                         off_t offset) const;
  virtual int FTruncate(int file, off_t size) const;
  virtual int FDataSync(int file) const;
  virtual int FSync(int file) const;
};

// How far reading or writing came.
struct Transfer {
  size_t count = 0;
  int error = 0;  // As errno; 0: it came to its end.
};

// Until `buffer` is full or the file ends. Both go on after short counts and
// interruptions.
Transfer ReadFully(const FileCalls& calls, int file, uint64_t offset,
                   std::span<char> buffer);
// Until all of `bytes` is written.
Transfer WriteFully(const FileCalls& calls, int file, uint64_t offset,
                    std::string_view bytes);

// These go on after interruptions, and answer errno or 0.
int TruncateFully(const FileCalls& calls, int file, uint64_t size);
int SyncData(const FileCalls& calls, int file);
int SyncAll(const FileCalls& calls, int file);

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_FILE_CALLS_H_
