#include "reprise/checker/key_value/key_check.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/checker/history/text.h"
#include "reprise/checker/key_value/search.h"
#include "reprise/checker/key_value/sentence.h"

namespace reprise::checker {

void KeyCheck::Run(const KeyOperations& key, Verdict& verdict) {
  ++verdict.statistics.keys;
  states_ = 0;
  bytes_ = 0;
  const uint64_t searched = verdict.statistics.segments_searched;
  segmenter_.StartKey(key);
  Segment segment;
  Outcome outcome = Outcome::kHolds;
  // Each segment starts from a known value: what one of them leaves undecided
  // does not hide a violation in another.
  while (outcome != Outcome::kViolated && segmenter_.Next(segment)) {
    ++verdict.statistics.segments;
    const Outcome found = CheckSegment(key, segment, verdict);
    if (found != Outcome::kHolds) outcome = found;
  }
  verdict.statistics.keys_searched +=
      verdict.statistics.segments_searched > searched;
  if (outcome == Outcome::kViolated) Explain(key, verdict);
  if (verdict.outcome != Outcome::kViolated && outcome != Outcome::kHolds) {
    verdict.outcome = outcome;
  }
}

Outcome KeyCheck::CheckSegment(const KeyOperations& key, const Segment& segment,
                               Verdict& verdict) {
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
        zones_.AppendOrder(items);
        AppendItems(key, items);
      }
      return Outcome::kHolds;
    }
  }
  return SearchSegment(key, segment, verdict);
}

Outcome KeyCheck::SearchSegment(const KeyOperations& key,
                                const Segment& segment, Verdict& verdict) {
  ++verdict.statistics.segments_searched;
  Budget left = budget_;
  left.states -= std::min(states_, left.states);
  const SearchResult result = Search(history_, key, segment, left);
  states_ += result.states;
  bytes_ = std::max(bytes_, result.bytes);
  verdict.statistics.states += result.states;
  if (order_ != nullptr) AppendItems(key, result.order);
  Outcome outcome = result.outcome;
  if (outcome == Outcome::kViolated) {
    conflict_ = {ConflictKind::kUnexplained, {}};
    for (uint32_t item = segment.begin; item < segment.end; ++item) {
      conflict_.items.push_back(item);
    }
    if (segment.base.item != KnownValue::kInitial) {
      conflict_.items.push_back(segment.base.item);
    }
    if (!IsConfirmed(key, segment)) outcome = Outcome::kUndecided;
  }
  if (outcome == Outcome::kUndecided && verdict.exhaustion.key.empty()) {
    Exhaustion& exhaustion = verdict.exhaustion;
    exhaustion.key = history_.KeyName(key.key);
    exhaustion.operations = key.size();
    exhaustion.explained = segment.begin + result.order.size();
    exhaustion.states = states_;
    exhaustion.bytes = bytes_;
    exhaustion.sentence = absl::StrCat(
        "key ", Quoted(exhaustion.key), ": undecided; ", exhaustion.explained,
        " of ", exhaustion.operations, " operations explained with ",
        exhaustion.states, " states and ", exhaustion.bytes, " bytes");
  }
  return outcome;
}

// A violation that the fast search found hangs on hashes. It is reported only
// after a search without them has found the same.
bool KeyCheck::IsConfirmed(const KeyOperations& key,
                           const Segment& segment) const {
  return Search(history_, key, segment, budget_, Memory::kWhole).outcome ==
         Outcome::kViolated;
}

void KeyCheck::Explain(const KeyOperations& key, Verdict& verdict) {
  Contradiction& contradiction = verdict.contradiction;
  contradiction.key = history_.KeyName(key.key);
  contradiction.operations.clear();
  for (uint32_t item : conflict_.items) {
    contradiction.operations.push_back(key.ids[item]);
  }
  std::sort(contradiction.operations.begin(), contradiction.operations.end());
  contradiction.operations.erase(std::unique(contradiction.operations.begin(),
                                             contradiction.operations.end()),
                                 contradiction.operations.end());
  contradiction.sentence = Sentence(history_, key, conflict_);
}

void KeyCheck::AppendItems(const KeyOperations& key,
                           const std::vector<uint32_t>& items) {
  for (uint32_t item : items) order_->push_back(key.ids[item]);
}

}  // namespace reprise::checker
