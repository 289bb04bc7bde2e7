#include "checker/search_states.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "checker/hash.h"

namespace reprise::checker {

SearchStates::SearchStates(const History& history, const KeyOperations& key,
                           const Segment& segment)
    : history_(history), places_(segment.end - segment.begin) {
  bool has_cas = false;
  for (uint32_t item = segment.begin; item < segment.end; ++item) {
    tells_dead_ |= key.operations[item].kind == OperationKind::kAppend;
    has_cas |= key.operations[item].kind == OperationKind::kCas;
  }
  tells_dead_ &= !has_cas;
  CollectOutputs(key, segment);
  HashChains();
  initial_ = Intern(RollingHash::Of(segment.base.bytes));
  for (const Chain& chain : chains_) {
    for (uint32_t at = chain.first_output; at < chain.end_output; ++at) {
      outputs_[at].state = Intern(PrefixHash(chain, outputs_[at].length));
    }
  }
  for (uint32_t place = 0; place < places_.size(); ++place) {
    const Operation& operation = key.operations[segment.begin + place];
    Place& values = places_[place];
    values.written = Intern(RollingHash::Of(operation.Argument()));
    if (operation.kind == OperationKind::kCas) {
      values.expected = Intern(RollingHash::Of(operation.Expected()));
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
        chains_.push_back({chain, length, next, next, {}});
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
    for (uint32_t at = 0; at <= chain.length; at += kStride) {
      chain.prefixes.push_back(hash);
      hash.Add(bytes.substr(at, kStride));
    }
  }
}

RollingHash SearchStates::PrefixHash(const Chain& chain,
                                     uint32_t length) const {
  const uint32_t at = length / kStride;
  RollingHash hash = chain.prefixes[at];
  hash.Add(history_.Chain(chain.id).substr(at * kStride, length % kStride));
  return hash;
}

StateId SearchStates::Intern(const RollingHash& hash) {
  const uint64_t key =
      MultiplyFold(hash.first() + hash.length(), hash.second() | 1) ^
      Mix64(hash.second());
  const auto [found, is_new] =
      state_of_hash_.try_emplace(key, static_cast<StateId>(states_.size()));
  if (!is_new) return found->second;
  State state{hash, static_cast<uint32_t>(ranges_.size()), 0};
  for (const Chain& chain : chains_) {
    if (!tells_dead_ || hash.length() > chain.length) continue;
    const auto length = static_cast<uint32_t>(hash.length());
    if (!(PrefixHash(chain, length) == hash)) continue;
    uint32_t end = chain.end_output;
    while (end > chain.first_output && outputs_[end - 1].length < length) --end;
    ranges_.push_back({chain.first_output, end});
  }
  state.ranges_end = static_cast<uint32_t>(ranges_.size());
  states_.push_back(state);
  return found->second;
}

StateId SearchStates::AfterAppend(StateId state, StateId value) {
  const uint64_t step = uint64_t{state} << 32 | value;
  const auto known = after_append_.find(step);
  if (known != after_append_.end()) return known->second;
  const StateId after =
      Intern(states_[state].hash.Followed(states_[value].hash));
  after_append_.emplace(step, after);
  return after;
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
                   (state_of_hash_.capacity() + after_append_.capacity()) * 17;
  for (const Chain& chain : chains_) {
    bytes += chain.prefixes.capacity() * sizeof(RollingHash);
  }
  return bytes;
}

// Looks each written value up in the longest output of each chain, unless that
// is much work.
void SearchStates::FindUnseen(const KeyOperations& key,
                              const Segment& segment) {
  constexpr uint64_t kMuchWork = 4'000'000;
  uint64_t bytes = 0;
  for (const Chain& chain : chains_) bytes += chain.length;
  if (bytes * places_.size() > kMuchWork) return;
  for (uint32_t place = 0; place < places_.size(); ++place) {
    const Operation& operation = key.operations[segment.begin + place];
    if (operation.kind != OperationKind::kAppend) continue;
    const std::string_view value = operation.Argument();
    places_[place].may_be_seen =
        std::any_of(chains_.begin(), chains_.end(), [&](const Chain& chain) {
          const std::string_view output =
              history_.Chain(chain.id).substr(0, chain.length);
          return output.find(value) != output.npos;
        });
  }
}

}  // namespace reprise::checker
