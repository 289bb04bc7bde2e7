// What a check of a history ends in.
//
//   Verdict verdict = CheckKeyValue(history, Budget());
//   if (verdict.outcome == Outcome::kViolated) {
//     std::puts(verdict.contradiction.sentence.c_str());
//   }

#ifndef REPRISE_CHECKER_HISTORY_VERDICT_H_
#define REPRISE_CHECKER_HISTORY_VERDICT_H_

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "reprise/checker/history/history.h"

namespace reprise::checker {

enum class Outcome : uint8_t {
  kHolds,
  kViolated,
  kUndecided,  // a budget ran out; never a pass
};

// What a check and whoever waits for it tell each other, from thread to thread.
struct CheckMonitor {
  // Set by the one who waits: searches end soon, as undecided.
  std::atomic<bool> stop = false;
  // What has been done so far, for progress.
  std::atomic<uint64_t> operations = 0;  // of the keys that are judged
  std::atomic<uint64_t> states = 0;      // of all searches
};

// What a check may use. It counts states and bytes and never time, so that a
// verdict does not depend on the machine.
struct Budget {
  // For each key, in all searches of its segments together.
  uint64_t states = 4'000'000;         // configurations visited
  uint64_t bytes = uint64_t{1} << 30;  // memory of the search
  // For all keys of the history together, and once more for an explanation.
  uint64_t total_states = 20'000'000;
  // Null: nobody waits. Not owned.
  CheckMonitor* monitor = nullptr;
};

// Operations of one key that no order explains, even alone.
struct Contradiction {
  std::string key;
  std::vector<OperationId> operations;  // in order of invocation
  std::string sentence;                 // names what contradicts what
};

// How far a search came that used up its budget.
struct Exhaustion {
  std::string key;
  uint64_t operations = 0;  // of that key
  uint64_t explained = 0;   // operations in the longest order that was found
  uint64_t states = 0;
  uint64_t bytes = 0;
  std::string sentence;
};

// How the verdict was reached.
struct CheckStatistics {
  uint64_t keys = 0;
  uint64_t keys_searched = 0;  // keys with at least one searched segment
  uint64_t segments = 0;
  uint64_t segments_searched = 0;  // the others took the polynomial path
  uint64_t states = 0;             // of all searches
};

struct Verdict {
  Outcome outcome = Outcome::kHolds;
  Contradiction contradiction;  // when violated
  Exhaustion exhaustion;        // when undecided
  CheckStatistics statistics;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_HISTORY_VERDICT_H_
