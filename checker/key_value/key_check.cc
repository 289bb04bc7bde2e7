#include "reprise/checker/key_value/key_check.h"

#include <algorithm>
#include <string>

#include "reprise/checker/key_value/search.h"
#include "reprise/checker/key_value/sentence.h"

namespace reprise::checker {
namespace {

// States of a plain search that is not worth much.
constexpr uint64_t kQuickStates = 4096;

}  // namespace

void KeyCheck::Run(const KeyOperations& key, uint64_t used, Verdict& verdict) {
  ++verdict.statistics.keys;
  used_ = used;
  limit_ = LimitAfter(used);
  states_ = 0;
  plain_states_ = 0;
  bytes_ = 0;
  is_exhausted_ = false;
  const uint64_t searched = verdict.statistics.segments_searched;
  segmenter_.StartKey(key);
  Segment segment;
  Outcome outcome = Outcome::kHolds;
  // Each segment starts from a known value: what one of them leaves undecided
  // does not hide a violation in another.
  while (outcome != Outcome::kViolated && segmenter_.Next(segment)) {
    ++verdict.statistics.segments;
    const Outcome found = IsStopped(budget_.monitor)
                              ? Outcome::kUndecided
                              : CheckSegment(key, segment, verdict);
    if (IsStopped(budget_.monitor)) {
      // Whatever was found may be of half a segment.
      Stop(key, segment.begin, verdict);
      return;
    }
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
    if (result == Zones::Result::kStopped) return Outcome::kUndecided;
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
  const uint64_t before = states_;
  const Memory memory =
      purpose_ == Purpose::kVerdict ? Memory::kHashes : Memory::kWhole;
  SearchResult result = SearchWithin(key, segment, memory, Strategy::kBoth);
  if (result.outcome == Outcome::kViolated && memory == Memory::kHashes) {
    // This hangs on hashes. It is reported only after the same search without
    // them has found the same.
    result = SearchWithin(key, segment, Memory::kWhole, result.decided_by);
  }
  verdict.statistics.states += states_ - before;
  if (order_ != nullptr) AppendItems(key, result.order);
  if (result.outcome == Outcome::kViolated) Blame(segment);
  if (result.outcome == Outcome::kUndecided) {
    NoteExhaustion(key, result.spent, segment.begin + result.order.size(),
                   verdict);
  }
  return result.outcome;
}

void KeyCheck::Stop(const KeyOperations& key, uint64_t explained,
                    Verdict& verdict) {
  NoteExhaustion(key, Resource::kStopped, explained, verdict);
  if (verdict.outcome == Outcome::kHolds) {
    verdict.outcome = Outcome::kUndecided;
  }
}

// Of several, the first counts.
void KeyCheck::NoteExhaustion(const KeyOperations& key, Resource resource,
                              uint64_t explained, Verdict& verdict) {
  if (is_exhausted_ || verdict.outcome != Outcome::kHolds) return;
  is_exhausted_ = true;
  verdict.exhaustion = ExhaustionOf(key, resource, explained);
}

SearchResult KeyCheck::SearchWithin(const KeyOperations& key,
                                    const Segment& segment, Memory memory,
                                    Strategy strategy) {
  // Half of what a key may use at all, so that what other keys used does not
  // change who decides.
  const uint64_t plain_limit =
      std::min(budget_.states / 2,
               purpose_ == Purpose::kVerdict ? UINT64_MAX : kQuickStates);
  const SearchLimits limits{
      .states = limit_ - std::min(states_, limit_),
      .plain_states = plain_limit - std::min(plain_states_, plain_limit),
      .bytes = budget_.bytes,
      .monitor = budget_.monitor};
  SearchResult result =
      Search(history_, key, segment, limits, memory, strategy);
  states_ += result.states;
  plain_states_ += result.plain_states;
  bytes_ = std::max(bytes_, result.bytes);
  return result;
}

// What was searched contradicts itself, as far as is known all of it.
void KeyCheck::Blame(const Segment& segment) {
  conflict_ = {ConflictKind::kUnexplained, {}};
  for (uint32_t item = segment.begin; item < segment.end; ++item) {
    conflict_.items.push_back(item);
  }
  if (segment.base.item != KnownValue::kInitial) {
    conflict_.items.push_back(segment.base.item);
  }
}

Exhaustion KeyCheck::ExhaustionOf(const KeyOperations& key, Resource resource,
                                  uint64_t explained) const {
  Exhaustion exhaustion{.key = std::string(history_.KeyName(key.key)),
                        .operations = key.size(),
                        .explained = explained,
                        .resource = resource,
                        .limit = 0,
                        .states = states_,
                        .bytes = bytes_,
                        .sentence = ""};
  const bool is_total = limit_ < budget_.states;
  if (resource == Resource::kStates && is_total) {
    exhaustion.resource = Resource::kTotalStates;
    exhaustion.states = used_ + states_;
  }
  exhaustion.limit = LimitOf(budget_, exhaustion.resource);
  exhaustion.sentence = ExhaustionSentence(exhaustion);
  return exhaustion;
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
