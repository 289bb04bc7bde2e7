// FreeInstants: which instants no interval covers, while intervals are added.
//
// Guarantees: adding k intervals over n instants and asking k times takes
// O((n / 64 + k) log n) altogether. One bit an instant says whether it is
// covered, and words that are covered entirely are passed over as Galler and
// Fischer ("An improved equivalence algorithm", 1964) join sets.
//
//   FreeInstants free(/*instants=*/10);
//   free.Cover(2, 5);  // 3 and 4
//   free.FirstFrom(3);  // 5

#ifndef REPRISE_CHECKER_CONTAINERS_FREE_INSTANTS_H_
#define REPRISE_CHECKER_CONTAINERS_FREE_INSTANTS_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "reprise/checker/history/history.h"

namespace reprise::checker {

class FreeInstants {
 public:
  explicit FreeInstants(EventIndex instants)
      : instants_(instants),
        covered_(instants / kBits + 2),
        next_(covered_.size()) {
    std::iota(next_.begin(), next_.end(), 0u);
  }

  // Covers the instants after `begin` and before `end`; either may be kNever.
  void Cover(EventIndex begin, EventIndex end) {
    if (begin >= instants_) return;
    end = std::min(end, instants_);
    const EventIndex first = begin + 1;
    if (first >= end) return;
    const uint32_t first_word = first / kBits;
    const uint32_t last_word = (end - 1) / kBits;
    const uint64_t from_first = kAll << first % kBits;
    const uint64_t to_last = kAll >> (kBits - 1 - (end - 1) % kBits);
    if (first_word == last_word)
      return CoverIn(first_word, from_first & to_last);
    CoverIn(first_word, from_first);
    for (uint32_t word = FindWord(first_word + 1); word < last_word;
         word = FindWord(word + 1)) {
      CoverIn(word, kAll);
    }
    CoverIn(last_word, to_last);
  }

  // The first free instant at or after `begin`, which is below the number of
  // instants; that number or more if there is none.
  EventIndex FirstFrom(EventIndex begin) {
    uint32_t word = begin / kBits;
    uint64_t free = ~covered_[word] & (kAll << begin % kBits);
    if (free == 0) {
      word = FindWord(word + 1);
      free = ~covered_[word];
    }
    return word * kBits + static_cast<uint32_t>(std::countr_zero(free));
  }

 private:
  static constexpr uint32_t kBits = 64;
  static constexpr uint64_t kAll = ~uint64_t{0};

  void CoverIn(uint32_t word, uint64_t bits) {
    covered_[word] |= bits;
    if (covered_[word] == kAll) next_[word] = word + 1;
  }

  // The first word from `word` on that is not covered. The last one never is.
  uint32_t FindWord(uint32_t word) {
    while (next_[word] != word) {
      next_[word] = next_[next_[word]];
      word = next_[word];
    }
    return word;
  }

  EventIndex instants_;
  std::vector<uint64_t> covered_;
  std::vector<uint32_t> next_;  // itself, unless all of it is covered
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_FREE_INSTANTS_H_
