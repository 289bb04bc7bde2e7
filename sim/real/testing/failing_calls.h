// FailingCalls: calls of the system that fail, or do only a part, as a test
// says.
//
//   FailingCalls calls;
//   calls.room = 100;        // of 100 more bytes to be written
//   calls.sync_error = EIO;  // of the next sync

#ifndef REPRISE_SIM_REAL_TESTING_FAILING_CALLS_H_
#define REPRISE_SIM_REAL_TESTING_FAILING_CALLS_H_

#include <sys/types.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "reprise/sim/real/file_calls.h"

namespace reprise {

// What is set is said once, but for `piece` and `syncs`.
struct FailingCalls final : FileCalls {
  mutable std::atomic<int> read_error = 0;
  // After `room` more bytes, `write_error` once; then there is room again.
  mutable std::atomic<size_t> room = SIZE_MAX;
  mutable std::atomic<int> write_error = ENOSPC;
  mutable std::atomic<int> truncate_error = 0;
  mutable std::atomic<int> sync_error = 0;
  std::atomic<bool> is_interrupted = false;  // Every other call.
  std::atomic<size_t> piece = SIZE_MAX;      // The most of one call.
  mutable std::atomic<int> syncs = 0;        // How many succeeded.

  ssize_t PRead(int file, void* to, size_t size, off_t offset) const override {
    if (Fails(read_error)) return -1;
    return FileCalls::PRead(file, to, std::min<size_t>(size, piece), offset);
  }
  ssize_t PWrite(int file, const void* from, size_t size,
                 off_t offset) const override {
    if (Interrupts()) return -1;
    if (room == 0) {
      room = SIZE_MAX;
      errno = write_error;
      return -1;
    }
    size = std::min<size_t>({size, piece, room});
    if (room != SIZE_MAX) room -= size;
    return FileCalls::PWrite(file, from, size, offset);
  }
  int FTruncate(int file, off_t size) const override {
    return Fails(truncate_error) ? -1 : FileCalls::FTruncate(file, size);
  }
  int FDataSync(int file) const override {
    if (Fails(sync_error)) return -1;
    ++syncs;
    return FileCalls::FDataSync(file);
  }
  int FSync(int file) const override {
    return Fails(sync_error) ? -1 : FileCalls::FSync(file);
  }

 private:
  bool Fails(std::atomic<int>& error) const {
    if (Interrupts()) return true;
    errno = error.exchange(0);
    return errno != 0;
  }
  bool Interrupts() const {
    was_interrupted_ = is_interrupted && !was_interrupted_;
    if (was_interrupted_) errno = EINTR;
    return was_interrupted_;
  }

  mutable std::atomic<bool> was_interrupted_ = false;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_TESTING_FAILING_CALLS_H_
