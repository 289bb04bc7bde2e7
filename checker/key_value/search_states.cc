#include "reprise/checker/key_value/search_states.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "reprise/checker/history/hash.h"
#include "reprise/checker/key_value/sightings.h"

namespace reprise::checker {

SearchStates::SearchStates(const History& history, const KeyOperations& key,
                           const Segment& segment, Memory memory)
    : history_(history),
      operations_(
          key.operations.subspan(segment.begin, segment.end - segment.begin)),
      memory_(memory),
      places_(segment.end - segment.begin) {
  bool has_cas = false;
  for (uint32_t item = segment.begin; item < segment.end; ++item) {
    has_appends_ |= key.operations[item].kind == OperationKind::kAppend;
    has_cas |= key.operations[item].kind == OperationKind::kCas;
  }
  tells_dead_ = has_appends_ && !has_cas;
  CollectOutputs(key, segment);
  HashChains();
  initial_ = Intern(segment.base.bytes);
  for (const Chain& chain : chains_) {
    for (uint32_t at = chain.first_output; at < chain.end_output; ++at) {
      outputs_[at].state = InternPrefix(chain, outputs_[at].length);
    }
  }
  for (uint32_t place = 0; place < places_.size(); ++place) {
    const Operation& operation = key.operations[segment.begin + place];
    Place& values = places_[place];
    values.written = Intern(operation.Argument());
    if (operation.kind == OperationKind::kCas) {
      values.expected = Intern(operation.Expected());
    }
    if (values.output != kNone) values.seen = outputs_[values.output].state;
  }
  FindUnseen(key, segment);
}

void SearchStates::CollectOutputs(const KeyOperations& key,
                                  const Segment& segment) {
  std::vector<uint32_t> readers;
  for (uint32_t place = 0; place < places_.size(); ++place) {
    if (key.operations[segment.begin + place].HasOutput()) {
      readers.push_back(place);
    }
  }
  const auto operation = [&](uint32_t place) -> const Operation& {
    return key.operations[segment.begin + place];
  };
  std::sort(readers.begin(), readers.end(), [&](uint32_t a, uint32_t b) {
    return std::make_tuple(operation(a).chain, operation(b).output_length) <
           std::make_tuple(operation(b).chain, operation(a).output_length);
  });
  for (uint32_t place : readers) {
    const ChainId chain = operation(place).chain;
    const uint32_t length = operation(place).output_length;
    if (outputs_.empty() || outputs_.back().chain != chain ||
        outputs_.back().length != length) {
      const auto next = static_cast<uint32_t>(outputs_.size());
      if (outputs_.empty() || outputs_.back().chain != chain) {
        const uint32_t stride = length > kLongChain ? kLongStride : 1;
        chains_.push_back({chain, length, next, next, stride, {}});
      }
      outputs_.push_back({chain, length, kNone});
      open_.push_back(0);
      chains_.back().end_output = next + 1;
    }
    places_[place].output = static_cast<uint32_t>(outputs_.size() - 1);
    ++open_.back();
  }
}

void SearchStates::HashChains() {
  for (Chain& chain : chains_) {
    const std::string_view bytes = history_.Chain(chain.id);
    RollingHash hash;
    chain.prefixes.reserve(chain.length / chain.stride + 1);
    for (uint32_t at = 0; at <= chain.length; at += chain.stride) {
      chain.prefixes.push_back(hash);
      hash.Add(bytes.substr(at, chain.stride));
    }
    chain_bytes_ += chain.prefixes.capacity() * sizeof(RollingHash);
  }
}

RollingHash SearchStates::PrefixHash(const Chain& chain,
                                     uint32_t length) const {
  if (chain.stride == 1) return chain.prefixes[length];
  const uint32_t at = length / chain.stride;
  RollingHash hash = chain.prefixes[at];
  hash.Add(history_.Chain(chain.id).substr(at * chain.stride,
                                           length % chain.stride));
  return hash;
}

StateId SearchStates::Intern(std::string_view bytes) {
  return Intern(RollingHash::Of(bytes), bytes, "");
}

StateId SearchStates::InternPrefix(const Chain& chain, uint32_t length) {
  return Intern(PrefixHash(chain, length),
                history_.Chain(chain.id).substr(0, length), "");
}

// The value is head + tail, which are looked at with Memory::kWhole only.
StateId SearchStates::Intern(const RollingHash& hash, std::string_view head,
                             std::string_view tail) {
  std::string bytes;
  const auto next = static_cast<StateId>(states_.size());
  if (memory_ == Memory::kWhole) {
    bytes.append(head).append(tail);
    const auto [found, is_new] = state_of_bytes_.try_emplace(bytes, next);
    if (!is_new) return found->second;
    built_bytes_ += 2 * bytes.size() + 64;
  } else {
    const uint64_t folded =
        MultiplyFold(hash.first() + hash.length(), hash.second() | 1) ^
        Mix64(hash.second());
    const auto [found, is_new] = state_of_hash_.try_emplace(folded, next);
    if (!is_new) return found->second;
  }
  State state{hash, std::move(bytes), static_cast<uint32_t>(ranges_.size()), 0};
  const auto length = static_cast<uint32_t>(hash.length());
  for (const Chain& chain : chains_) {
    if (!tells_dead_ || !Begins(chain, state)) continue;
    uint32_t end = chain.end_output;
    while (end > chain.first_output && outputs_[end - 1].length < length) --end;
    ranges_.push_back({chain.first_output, end});
  }
  state.ranges_end = static_cast<uint32_t>(ranges_.size());
  states_.push_back(std::move(state));
  return next;
}

bool SearchStates::Begins(const Chain& chain, const State& state) const {
  if (state.hash.length() > chain.length) return false;
  return memory_ == Memory::kWhole
             ? history_.Chain(chain.id).starts_with(state.bytes)
             : PrefixHash(chain, static_cast<uint32_t>(state.hash.length())) ==
                   state.hash;
}

StateId SearchStates::AfterAppend(StateId state, StateId value) {
  const uint64_t step = uint64_t{state} << 32 | value;
  const auto known = after_append_.find(step);
  if (known != after_append_.end()) return known->second;
  const StateId after =
      Intern(states_[state].hash.Followed(states_[value].hash),
             states_[state].bytes, states_[value].bytes);
  after_append_.emplace(step, after);
  return after;
}

StateId SearchStates::Step(uint32_t place, StateId value) {
  const Operation& operation = operations_[place];
  const Place& values = places_[place];
  if (operation.HasOutput() && values.seen != value) return kNone;
  switch (operation.kind) {
    case OperationKind::kGet:
      return value;
    case OperationKind::kPut:
      return values.written;
    case OperationKind::kAppend:
      return AfterAppend(value, values.written);
    case OperationKind::kCas: {
      const bool finds_expected = values.expected == value;
      if (operation.answer == Answer::kFailed) {
        return finds_expected ? kNone : value;
      }
      return finds_expected ? values.written : kNone;
    }
  }
  return kNone;
}

bool SearchStates::IsLive(StateId state) const {
  if (!tells_dead_) return true;
  for (uint32_t range = states_[state].ranges_begin;
       range < states_[state].ranges_end; ++range) {
    for (uint32_t output = ranges_[range].first; output < ranges_[range].end;
         ++output) {
      if (open_[output] > 0) return true;
    }
  }
  return false;
}

uint64_t SearchStates::MemoryBytes() const {
  uint64_t bytes = states_.capacity() * sizeof(State) +
                   ranges_.capacity() * sizeof(Range) +
                   (state_of_hash_.capacity() + after_append_.capacity()) * 17 +
                   built_bytes_ + chain_bytes_;
  return bytes;
}

void SearchStates::FindUnseen(const KeyOperations& key,
                              const Segment& segment) {
  if (!tells_dead_) return;
  Sightings sightings;
  const auto is_append = [&](uint32_t place) {
    const Operation& operation = key.operations[segment.begin + place];
    return operation.kind == OperationKind::kAppend &&
           operation.argument_length > 0;
  };
  for (uint32_t place = 0; place < places_.size(); ++place) {
    if (!is_append(place)) continue;
    sightings.LookFor(key.operations[segment.begin + place].Argument());
  }
  for (const Chain& chain : chains_) {
    sightings.LookThrough(history_.Chain(chain.id).substr(0, chain.length));
  }
  for (uint32_t place = 0; place < places_.size(); ++place) {
    if (!is_append(place)) continue;
    places_[place].may_be_seen =
        sightings.MayBeSeen(key.operations[segment.begin + place].Argument());
  }
}

}  // namespace reprise::checker
