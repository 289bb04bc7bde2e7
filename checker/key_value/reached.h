// The configurations that a search has reached, of which some make others
// needless.
//
// A configuration has a key (the value, and the operations that must still be
// taken) and two sets of operations that need not be: those that may still be
// used (`spare`), and, of the unanswered ones, those used up (`used`). Whoever
// has the same key, no fewer to spare and no more used up can do all that the
// other can. A configuration is compared with the last few of its key, so that
// a needless one may pass. This is the idea of antichains (De Wulf, Doyen,
// Henzinger and Raskin, "Antichains: a new algorithm for checking universality
// of finite automata", 2006).
//
//   Reached reached;
//   if (!reached.Add(key, spare, used)) GoBack();

#ifndef REPRISE_CHECKER_KEY_VALUE_REACHED_H_
#define REPRISE_CHECKER_KEY_VALUE_REACHED_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "reprise/checker/key_value/fingerprint.h"

namespace reprise::checker {

class Reached {
 public:
  Reached() {
    first_of_key_.reserve(kFew);
    entries_.reserve(kFew);
  }

  // False if one that was added before makes this one needless. Requires
  // ascending places.
  bool Add(const Fingerprint& key, std::span<const uint32_t> spare,
           std::span<const uint32_t> used);

  // A key that stands for these bytes, and for no others.
  Fingerprint KeyOf(const std::string& bytes);

  // The number added, and how many were compared with others meanwhile.
  uint64_t size() const { return size_; }
  uint64_t comparisons() const { return comparisons_; }
  uint64_t MemoryBytes() const;

 private:
  static constexpr uint32_t kNone = ~uint32_t{0};
  static constexpr uint32_t kMostCompared = 48;
  static constexpr size_t kFew = 100;  // most searches need no more room

  struct Low {
    size_t operator()(const Fingerprint& key) const { return key.low; }
  };
  struct Places {
    uint32_t begin;  // in places_
    uint32_t size;
    uint64_t signature;  // which residues modulo 64 occur
  };
  struct Entry {
    uint32_t next;  // of the same key
    Places spare;
    Places used;
  };

  Places Keep(std::span<const uint32_t> places);
  bool Includes(const Places& all, const Places& part) const;

  absl::flat_hash_map<Fingerprint, uint32_t, Low> first_of_key_;
  absl::flat_hash_map<std::string, uint32_t> number_of_bytes_;
  std::vector<Entry> entries_;
  std::vector<uint32_t> places_;
  uint64_t size_ = 0;
  uint64_t comparisons_ = 0;
  uint64_t key_bytes_ = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_REACHED_H_
