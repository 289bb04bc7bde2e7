// 128-bit fingerprints of search configurations, and a set of them.
//
// A set of operations has the exclusive or of its members' random numbers
// (Zobrist, 1970), so that taking one or putting it back costs two
// instructions. Each configuration that was visited costs 16 bytes, spread over
// a table that is at most two thirds full.
//
//   FingerprintSet seen;
//   const bool is_new = seen.Insert(Zobrist(operation) ^ Zobrist(state));

#ifndef REPRISE_CHECKER_KEY_VALUE_FINGERPRINT_H_
#define REPRISE_CHECKER_KEY_VALUE_FINGERPRINT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "reprise/checker/history/hash.h"

namespace reprise::checker {

struct Fingerprint {
  uint64_t low = 0;
  uint64_t high = 0;

  Fingerprint operator^(const Fingerprint& other) const {
    return {low ^ other.low, high ^ other.high};
  }
  bool operator==(const Fingerprint&) const = default;
};

// The random number of `subject`.
inline Fingerprint Zobrist(uint64_t subject) {
  return {Mix64(subject * 2 + 0x2545f4914f6cdd1du),
          Mix64(subject * 2 + 0x9e3779b97f4a7c16u)};
}

// An operation that a search has taken is the subject that its place is behind
// this one.
inline constexpr uint64_t kFirstPlace = uint64_t{1} << 33;

class FingerprintSet {
 public:
  FingerprintSet() { Clear(); }

  // False if it is in the set already.
  bool Insert(Fingerprint fingerprint) {
    if (fingerprint == Fingerprint()) fingerprint.low = 1;  // marks free slots
    size_t slot = fingerprint.low & mask_;
    for (; !(slots_[slot] == Fingerprint()); slot = (slot + 1) & mask_) {
      if (slots_[slot] == fingerprint) return false;
    }
    slots_[slot] = fingerprint;
    if (++size_ * 3 > mask_ * 2) Grow();
    return true;
  }

  void Clear() {
    slots_.assign(64, Fingerprint());
    mask_ = slots_.size() - 1;
    size_ = 0;
  }

  size_t size() const { return size_; }
  size_t MemoryBytes() const { return slots_.size() * sizeof(Fingerprint); }

 private:
  void Grow() {
    std::vector<Fingerprint> old(slots_.size() * 2);
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    for (const Fingerprint& fingerprint : old) {
      if (fingerprint == Fingerprint()) continue;
      size_t slot = fingerprint.low & mask_;
      while (!(slots_[slot] == Fingerprint())) slot = (slot + 1) & mask_;
      slots_[slot] = fingerprint;
    }
  }

  std::vector<Fingerprint> slots_;
  size_t mask_ = 0;
  size_t size_ = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_FINGERPRINT_H_
