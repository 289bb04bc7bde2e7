#include "checker/key_check.h"

#include <algorithm>
#include <span>
#include <string>

#include "checker/exact_search.h"

namespace reprise::checker {

void KeyCheck::Run(const KeyOperations& key, Verdict* verdict) {
  ++verdict->statistics.keys;
  const uint64_t searched = verdict->statistics.segments_searched;
  segmenter_.StartKey(key);
  Segment segment;
  Outcome outcome = Outcome::kHolds;
  while (outcome == Outcome::kHolds && segmenter_.Next(&segment)) {
    ++verdict->statistics.segments;
    outcome = CheckSegment(key, segment, verdict);
  }
  verdict->statistics.keys_searched +=
      verdict->statistics.segments_searched > searched;
  if (outcome == Outcome::kViolated) Explain(key, verdict);
  if (verdict->outcome != Outcome::kViolated && outcome != Outcome::kHolds) {
    verdict->outcome = outcome;
  }
}

Outcome KeyCheck::CheckSegment(const KeyOperations& key, const Segment& segment,
                               Verdict* verdict) {
  if (segment.path == Path::kAlone) {
    if (order_ != nullptr) AppendItems(key, {segment.begin});
    return Outcome::kHolds;
  }
  if (segment.path == Path::kZones) {
    const Zones::Result result =
        zones_.Check(key, segmenter_.values(), segment);
    if (result == Zones::Result::kConflict) {
      conflict_ = zones_.conflict();
      return Outcome::kViolated;
    }
    if (result == Zones::Result::kParsed) {
      if (order_ != nullptr) {
        std::vector<uint32_t> items;
        zones_.AppendOrder(&items);
        AppendItems(key, items);
      }
      return Outcome::kHolds;
    }
  }
  return Search(key, segment, verdict);
}

Outcome KeyCheck::Search(const KeyOperations& key, const Segment& segment,
                         Verdict* verdict) {
  ++verdict->statistics.segments_searched;
  const auto ids =
      std::span(key.ids).subspan(segment.begin, segment.end - segment.begin);
  const ExactResult result =
      SearchExactly(history_, ids, segment.base.bytes, budget_);
  verdict->statistics.states += result.states;
  if (order_ != nullptr) {
    order_->insert(order_->end(), result.order.begin(), result.order.end());
  }
  if (result.outcome == Outcome::kViolated) {
    conflict_ = {ConflictKind::kUnexplained, {}};
    for (uint32_t item = 0; item < segment.end; ++item) {
      conflict_.items.push_back(item);
    }
  } else if (result.outcome == Outcome::kUndecided) {
    verdict->exhaustion.key = history_.KeyName(key.key);
    verdict->exhaustion.operations = key.size();
    verdict->exhaustion.explained = segment.begin + result.order.size();
    verdict->exhaustion.states = result.states;
  }
  return result.outcome;
}

void KeyCheck::Explain(const KeyOperations& key, Verdict* verdict) {
  Contradiction& contradiction = verdict->contradiction;
  contradiction.key = history_.KeyName(key.key);
  contradiction.operations.clear();
  for (uint32_t item : conflict_.items) {
    contradiction.operations.push_back(key.ids[item]);
  }
  std::sort(contradiction.operations.begin(), contradiction.operations.end());
  contradiction.operations.erase(std::unique(contradiction.operations.begin(),
                                             contradiction.operations.end()),
                                 contradiction.operations.end());
  contradiction.sentence =
      "key \"" + contradiction.key + "\": no order explains its operations";
}

void KeyCheck::AppendItems(const KeyOperations& key,
                           const std::vector<uint32_t>& items) {
  for (uint32_t item : items) order_->push_back(key.ids[item]);
}

}  // namespace reprise::checker
