#include "reprise/sim/real/file_calls.h"

#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace reprise {
namespace {

// Calls again while a signal interrupts; answers what the call does.
template <typename Call>
auto Patiently(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

int ErrorOf(int result) { return result < 0 ? errno : 0; }

// Calls `step` with how far it came until it answers that nothing more comes.
template <typename Step>
Transfer Repeat(size_t size, Step step) {
  Transfer transfer;
  while (transfer.count < size) {
    const ssize_t count = Patiently([&] { return step(transfer.count); });
    if (count < 0) transfer.error = errno;
    if (count <= 0) break;
    transfer.count += static_cast<size_t>(count);
  }
  return transfer;
}

}  // namespace

ssize_t FileCalls::PRead(int file, void* to, size_t size, off_t offset) const {
  return pread(file, to, size, offset);
}

ssize_t FileCalls::PWrite(int file, const void* from, size_t size,
                          off_t offset) const {
  return pwrite(file, from, size, offset);
}

int FileCalls::FTruncate(int file, off_t size) const {
  return ftruncate(file, size);
}

int FileCalls::FDataSync(int file) const { return fdatasync(file); }

int FileCalls::FSync(int file) const { return fsync(file); }

Transfer ReadFully(const FileCalls& calls, int file, uint64_t offset,
                   std::span<char> buffer) {
  return Repeat(buffer.size(), [&](size_t done) {
    return calls.PRead(file, buffer.data() + done, buffer.size() - done,
                       static_cast<off_t>(offset + done));
  });
}

Transfer WriteFully(const FileCalls& calls, int file, uint64_t offset,
                    std::string_view bytes) {
  Transfer transfer = Repeat(bytes.size(), [&](size_t done) {
    return calls.PWrite(file, bytes.data() + done, bytes.size() - done,
                        static_cast<off_t>(offset + done));
  });
  // A disk that takes nothing and says nothing.
  if (transfer.error == 0 && transfer.count < bytes.size()) {
    transfer.error = EIO;
  }
  return transfer;
}

int TruncateFully(const FileCalls& calls, int file, uint64_t size) {
  return ErrorOf(Patiently(
      [&] { return calls.FTruncate(file, static_cast<off_t>(size)); }));
}

int SyncData(const FileCalls& calls, int file) {
  return ErrorOf(Patiently([&] { return calls.FDataSync(file); }));
}

int SyncAll(const FileCalls& calls, int file) {
  return ErrorOf(Patiently([&] { return calls.FSync(file); }));
}

}  // namespace reprise
