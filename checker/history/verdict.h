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
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/checker/history/history.h"

namespace reprise::checker {

enum class Outcome : uint8_t {
  kHolds,
  kViolated,
  kUndecided,  // a budget ran out; never a pass
};

// "holds", "violated" or "undecided".
std::string_view OutcomeName(Outcome outcome);

// What a check and whoever waits for it tell each other, from thread to thread.
struct CheckMonitor {
  // Set by the one who waits, and not taken back: the check ends soon, as
  // undecided.
  std::atomic<bool> stop = false;
  // What has been done so far, for progress.
  std::atomic<uint64_t> operations = 0;  // of the keys that are judged
  std::atomic<uint64_t> states = 0;      // of all searches
  // Whether a violation was found, which is explained from then on.
  std::atomic<bool> is_violated = false;
};

// Whether somebody waits no longer. Cheap enough for every few hundred steps.
inline bool IsStopped(const CheckMonitor* monitor) {
  return monitor != nullptr && monitor->stop.load(std::memory_order_relaxed);
}

// What a check may use. It counts states and bytes and never time, so that a
// verdict does not depend on the machine.
struct Budget {
  // For each key, in all searches of its segments together.
  uint64_t states = 4'000'000;         // configurations visited
  uint64_t bytes = uint64_t{1} << 30;  // memory of the search
  // For all keys of the history together. An explanation may use an eighth of
  // it once more.
  uint64_t total_states = 20'000'000;
  // Null: nobody waits. Not owned.
  CheckMonitor* monitor = nullptr;
};

// Tells whoever waits that so many more operations have been judged.
inline void CountJudged(const Budget& budget, uint64_t operations) {
  if (budget.monitor == nullptr) return;
  budget.monitor->operations.fetch_add(operations, std::memory_order_relaxed);
}

// Operations of one key that no order explains, even alone.
struct Contradiction {
  std::string key;
  std::vector<OperationId> operations;  // in order of invocation
  std::string sentence;                 // names what contradicts what
  // By how much the sink of a recorder counts further than these ids
  // (RecordingSink::FirstNumber); none: no recorder has them.
  std::optional<uint64_t> first_number;
};

// What of a budget was used up.
enum class Resource : uint8_t {
  kStates,       // of one key
  kBytes,        // of a search
  kTotalStates,  // of all keys
  kStopped,      // nothing: the one who waits stopped it
};

// How much of it `budget` allows; 0 for kStopped.
uint64_t LimitOf(const Budget& budget, Resource resource);

// How far the first search came that ended undecided, and why.
struct Exhaustion {
  std::string key;
  uint64_t operations = 0;  // of that key
  uint64_t explained = 0;   // operations in the longest order that was found
  Resource resource = Resource::kStates;
  uint64_t limit = 0;   // what the budget allows of it; 0 for kStopped
  uint64_t states = 0;  // of that key; with kTotalStates of all keys until then
  uint64_t bytes = 0;   // of the largest search
  std::string sentence;
};

// "key "k": undecided; 31 of 981 operations explained when the budget of
// 4,000,000 states for each key was used up". Of a history without keys it
// names none.
std::string ExhaustionSentence(const Exhaustion& exhaustion);

// How the verdict was reached.
struct CheckStatistics {
  uint64_t keys = 0;
  uint64_t keys_searched = 0;  // keys with at least one searched segment
  uint64_t segments = 0;
  uint64_t segments_searched = 0;  // the others took the polynomial path
  uint64_t states = 0;             // of all searches

  CheckStatistics& operator+=(const CheckStatistics& other);
};

struct Verdict {
  Outcome outcome = Outcome::kHolds;
  Contradiction contradiction;  // when violated
  Exhaustion exhaustion;        // when undecided
  CheckStatistics statistics;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_HISTORY_VERDICT_H_
