// Judges one key after the other: cuts it into segments and gives each to the
// algorithm that suits it. One object judges many keys, so that its memory is
// used again.
//
//   KeyCheck check(history, budget);
//   for (const KeyOperations& key : keys) check.Run(key, verdict);

#ifndef REPRISE_CHECKER_KEY_VALUE_KEY_CHECK_H_
#define REPRISE_CHECKER_KEY_VALUE_KEY_CHECK_H_

#include <cstdint>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/conflict.h"
#include "reprise/checker/key_value/key_operations.h"
#include "reprise/checker/key_value/segments.h"
#include "reprise/checker/key_value/zones.h"

namespace reprise::checker {

class KeyCheck {
 public:
  KeyCheck(const History& history, const Budget& budget)
      : history_(history),
        budget_(budget),
        segmenter_(history),
        zones_(history) {}

  // Judges `key` and adds what it found to `verdict`, where a violation
  // replaces what is undecided.
  void Run(const KeyOperations& key, Verdict& verdict);

  // From now on Run() also appends a linearization of its key to `*order`, as
  // far as it got. Null turns it off.
  void RecordOrder(std::vector<OperationId>* order) { order_ = order; }

 private:
  Outcome CheckSegment(const KeyOperations& key, const Segment& segment,
                       Verdict& verdict);
  Outcome SearchSegment(const KeyOperations& key, const Segment& segment,
                        Verdict& verdict);
  bool IsConfirmed(const KeyOperations& key, const Segment& segment) const;
  void Explain(const KeyOperations& key, Verdict& verdict);
  void AppendItems(const KeyOperations& key,
                   const std::vector<uint32_t>& items);

  const History& history_;
  const Budget budget_;
  Segmenter segmenter_;
  Zones zones_;
  Conflict conflict_;
  uint64_t states_ = 0;  // of the searches of the key
  uint64_t bytes_ = 0;   // of the largest of them
  std::vector<OperationId>* order_ = nullptr;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_KEY_CHECK_H_
