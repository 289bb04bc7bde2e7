// The values that a key can take in a search, as small numbers.
//
// Of each value the object knows which outputs begin with it. If no output that
// is still to be explained does, the value is dead: only a Put can matter
// afterwards. With Memory::kHashes values are told apart by rolling hashes and
// never built.
//
//   SearchStates states(history, key, segment, Memory::kHashes);
//   StateId next = states.AfterAppend(state, states.written(item));

#ifndef REPRISE_CHECKER_KEY_VALUE_SEARCH_STATES_H_
#define REPRISE_CHECKER_KEY_VALUE_SEARCH_STATES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/key_value/key_operations.h"
#include "reprise/checker/key_value/rolling_hash.h"
#include "reprise/checker/key_value/segments.h"

namespace reprise::checker {

using StateId = uint32_t;

// How a search tells values and configurations apart.
enum class Memory : uint8_t {
  kHashes,  // by fingerprints
  kWhole,   // byte by byte: slower and larger, but proof against coincidence
};

class SearchStates {
 public:
  static constexpr StateId kNone = ~StateId{0};

  SearchStates(const History& history, const KeyOperations& key,
               const Segment& segment, Memory memory);

  StateId initial() const { return initial_; }
  // As values: what an item writes, what it saw, what a Cas expects.
  StateId written(uint32_t place) const { return places_[place].written; }
  StateId seen(uint32_t place) const { return places_[place].seen; }
  StateId expected(uint32_t place) const { return places_[place].expected; }

  StateId AfterAppend(StateId state, StateId value);
  // The value after the item was taken at `value`, or kNone if its answer is
  // impossible there. A Cas that was never answered has to find what it
  // expects: else it may as well not have happened.
  StateId Step(uint32_t place, StateId value);

  // Values so far: their numbers are below.
  uint32_t size() const { return static_cast<uint32_t>(states_.size()); }
  bool HasAppends() const { return has_appends_; }

  // An item that saw something is explained, or is not any longer.
  void Explain(uint32_t place) { --open_[places_[place].output]; }
  void Unexplain(uint32_t place) { ++open_[places_[place].output]; }

  // Whether an output that is still to be explained begins with `state`.
  // Without Appends it does not pay to know, and a Cas may expect any value:
  // then every value is taken to be live.
  bool IsLive(StateId state) const;

  // Visits, of each output that is still to be explained and begins with
  // `state`, or a longer one of the same chain, what comes behind. Requires
  // TellsDead().
  template <typename Visit>
  void ForEachContinuation(StateId state, const Visit& visit) const {
    const uint64_t length = states_[state].hash.length();
    for (uint32_t at = states_[state].ranges_begin;
         at < states_[state].ranges_end; ++at) {
      uint32_t output = ranges_[at].first;
      while (output < ranges_[at].end && open_[output] == 0) ++output;
      if (output == ranges_[at].end) continue;
      visit(history_.Chain(outputs_[output].chain)
                .substr(length, outputs_[output].length - length));
    }
  }

  // Whether values are known to be dead.
  bool TellsDead() const { return tells_dead_; }

  // Whether some output may contain what the item writes.
  bool MayBeSeen(uint32_t place) const { return places_[place].may_be_seen; }

  uint64_t MemoryBytes() const;

 private:
  struct Place {
    StateId written = kNone;
    StateId seen = kNone;
    StateId expected = kNone;
    uint32_t output = kNone;
    bool may_be_seen = true;
  };
  // A distinct output; those of one chain are neighbours, longest first.
  struct Output {
    ChainId chain;
    uint32_t length;
    StateId state;
  };
  // Outputs [first, end) begin with a state.
  struct Range {
    uint32_t first;
    uint32_t end;
  };
  struct State {
    RollingHash hash;
    std::string bytes;  // Memory::kWhole
    uint32_t ranges_begin;
    uint32_t ranges_end;
  };
  // Hashes of the prefixes of a chain: of all, or of a long one every
  // stride-th.
  struct Chain {
    ChainId id;
    uint32_t length;  // of its longest output
    uint32_t first_output;
    uint32_t end_output;
    uint32_t stride;
    std::vector<RollingHash> prefixes;
  };

  static constexpr uint32_t kLongChain = 4096;
  static constexpr uint32_t kLongStride = 16;

  void CollectOutputs(const KeyOperations& key, const Segment& segment);
  void HashChains();
  RollingHash PrefixHash(const Chain& chain, uint32_t length) const;
  StateId Intern(std::string_view bytes);
  StateId InternPrefix(const Chain& chain, uint32_t length);
  StateId Intern(const RollingHash& hash, std::string_view head,
                 std::string_view tail);
  bool Begins(const Chain& chain, const State& state) const;
  void FindUnseen(const KeyOperations& key, const Segment& segment);

  const History& history_;
  const std::span<const Operation> operations_;  // of the segment
  const Memory memory_;
  std::vector<Place> places_;  // items, counted from the segment's begin
  std::vector<Output> outputs_;
  std::vector<uint32_t> open_;  // items that saw each output, not explained yet
  std::vector<Chain> chains_;
  std::vector<State> states_;
  std::vector<Range> ranges_;
  absl::flat_hash_map<uint64_t, StateId> state_of_hash_;
  absl::flat_hash_map<std::string, StateId> state_of_bytes_;
  uint64_t built_bytes_ = 0;
  uint64_t chain_bytes_ = 0;
  absl::flat_hash_map<uint64_t, StateId> after_append_;
  StateId initial_ = kNone;
  bool has_appends_ = false;
  bool tells_dead_ = false;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_SEARCH_STATES_H_
