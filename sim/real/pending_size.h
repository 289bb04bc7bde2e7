// PendingSize: how long a file will be when all that was asked of it is done.
//
// Guarantees: where nothing fails, size() is what it would be if each change
// took effect at once. Where one has failed, size() goes on from what the file
// has then.
//
//   PendingSize size(0);
//   size.Begin({.kind = SizeChange::Kind::kAppend, .bytes = 10});
//   size.size();             // 10, though nothing is written yet.
//   size.End(/*actual=*/0);  // The disk was full: 0.

#ifndef REPRISE_SIM_REAL_PENDING_SIZE_H_
#define REPRISE_SIM_REAL_PENDING_SIZE_H_

#include <algorithm>
#include <cstdint>
#include <deque>

namespace reprise {

// A write up to byte `bytes`, so many more bytes, or a cut after so many.
struct SizeChange {
  enum class Kind : uint8_t { kWrite, kAppend, kCut };
  Kind kind = Kind::kWrite;
  uint64_t bytes = 0;
};

// Invariant: size_ is what the last actual size becomes by pending_.
class PendingSize {
 public:
  explicit PendingSize(uint64_t size) : size_(size) {}

  uint64_t size() const { return size_; }

  // A change that was asked for; they end in the order in which they begin.
  void Begin(SizeChange change) {
    pending_.push_back(change);
    size_ = After(size_, change);
  }
  // The oldest has come to its end, and the file has `actual` bytes.
  void End(uint64_t actual) {
    pending_.pop_front();
    size_ = actual;
    for (const SizeChange& change : pending_) size_ = After(size_, change);
  }

 private:
  static uint64_t After(uint64_t size, SizeChange change) {
    switch (change.kind) {
      case SizeChange::Kind::kWrite:
        return std::max(size, change.bytes);
      case SizeChange::Kind::kAppend:
        return size + change.bytes;
      case SizeChange::Kind::kCut:
        return change.bytes;
    }
    __builtin_unreachable();
  }

  uint64_t size_;
  std::deque<SizeChange> pending_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_PENDING_SIZE_H_
