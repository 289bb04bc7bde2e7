// Judges one key after the other: cuts it into segments and gives each to the
// algorithm that suits it. One object judges many keys, so that its memory is
// used again.
//
//   KeyCheck check(history, budget);
//   for (const KeyOperations& key : keys) {
//     check.Run(key, verdict.statistics.states, verdict);
//   }

#ifndef REPRISE_CHECKER_KEY_VALUE_KEY_CHECK_H_
#define REPRISE_CHECKER_KEY_VALUE_KEY_CHECK_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/conflict.h"
#include "reprise/checker/key_value/key_operations.h"
#include "reprise/checker/key_value/search.h"
#include "reprise/checker/key_value/search_states.h"
#include "reprise/checker/key_value/segments.h"
#include "reprise/checker/key_value/zones.h"

namespace reprise::checker {

// What a check is for.
enum class Purpose : uint8_t {
  kVerdict,
  // One of many for an explanation, whose histories are much alike: where the
  // guided search was needed once, the plain one would be in vain each time.
  kExplanation,
};

class KeyCheck {
 public:
  KeyCheck(const History& history, const Budget& budget,
           Purpose purpose = Purpose::kVerdict)
      : history_(history),
        budget_(budget),
        purpose_(purpose),
        segmenter_(history, budget.monitor),
        zones_(history, budget.monitor) {}

  // Judges `key` and adds what it found to `verdict`, where a violation
  // replaces what is undecided. `used` states went to other keys before.
  void Run(const KeyOperations& key, uint64_t used, Verdict& verdict);

  // Notes that the check was stopped while or before it judged `key`.
  void Stop(const KeyOperations& key, uint64_t explained, Verdict& verdict);

  // The states that a key may use after others used so many.
  uint64_t LimitAfter(uint64_t used) const {
    return std::min(budget_.states, budget_.total_states -
                                        std::min(used, budget_.total_states));
  }

  // Of the key judged last: the states that it was allowed, and those that it
  // took. With any other limit above these the verdict would be the same.
  uint64_t limit() const { return limit_; }
  uint64_t states() const { return states_; }

  // From now on Run() also appends a linearization of its key to `*order`, as
  // far as it got. Null turns it off.
  void RecordOrder(std::vector<OperationId>* order) { order_ = order; }

 private:
  Outcome CheckSegment(const KeyOperations& key, const Segment& segment,
                       Verdict& verdict);
  Outcome SearchSegment(const KeyOperations& key, const Segment& segment,
                        Verdict& verdict);
  SearchResult SearchWithin(const KeyOperations& key, const Segment& segment,
                            Memory memory, Strategy strategy);
  void Blame(const Segment& segment);
  Exhaustion ExhaustionOf(const KeyOperations& key, Resource resource,
                          uint64_t explained) const;
  void NoteExhaustion(const KeyOperations& key, Resource resource,
                      uint64_t explained, Verdict& verdict);
  void Explain(const KeyOperations& key, Verdict& verdict);
  void AppendItems(const KeyOperations& key,
                   const std::vector<uint32_t>& items);

  const History& history_;
  const Budget budget_;
  const Purpose purpose_;
  Segmenter segmenter_;
  Zones zones_;
  Conflict conflict_;
  uint64_t used_ = 0;          // by other keys
  uint64_t limit_ = 0;         // of states, for the key
  uint64_t states_ = 0;        // of the searches of the key
  uint64_t plain_states_ = 0;  // those of the plain search
  uint64_t bytes_ = 0;         // of the largest of them
  bool is_exhausted_ = false;  // a segment of the key is undecided
  std::vector<OperationId>* order_ = nullptr;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_KEY_CHECK_H_
