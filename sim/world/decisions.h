// Decisions: every choice about a fault in a world, made in one place.
//
// A decision is named by (entity, purpose, index): "the 12th request on link
// clerk-1->server: lost?". It is answered from the seed or, in a replay, by a
// schedule, where whatever the schedule does not name is calm. Its answer is a
// number: 0 is calm; for a fault 1 means that it happens; for a delay the
// answer is nanoseconds and the calm value is the options' `calm`.
//
// Guarantees: an answer from the seed depends on the seed and the decision's
// name alone. While recording, each answer that differs from calm is kept.

#ifndef SIM_WORLD_DECISIONS_H_
#define SIM_WORLD_DECISIONS_H_

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/ids.h"
#include "sim/core/random.h"
#include "sim/world/faults.h"

namespace reprise {

// One answer that differs from calm. `purpose` is a lower-case name such as
// "request-loss"; `entity` is for example "clerk-1->server".
struct Decision {
  std::string entity;
  std::string purpose;
  uint64_t index = 0;
  uint64_t value = 0;

  friend auto operator<=>(const Decision&, const Decision&) = default;
};

// The decisions of a run that differ from calm.
using Schedule = std::vector<Decision>;

// A late delay: see DelayOptions.
inline Duration LateDelayOfWord(uint64_t word, const DelayOptions& options) {
  const int64_t minimum = options.late_minimum.nanoseconds();
  int64_t maximum = options.late_maximum.nanoseconds();
  if (options.late_shape == LateShape::kNestedUniform) {
    maximum = UniformOfWord(word, minimum, maximum);
    word = MixBits(word);
  }
  return Nanoseconds(UniformOfWord(word, minimum, maximum));
}

// The delay that `word` stands for: a sample of the options' distribution.
inline Duration DelayOfWord(uint64_t word, const DelayOptions& options) {
  using Wide = unsigned __int128;
  if (!options.late.IsZero()) {
    const Wide product = static_cast<Wide>(word) * options.late.denominator;
    // What the choice leaves of the word is uniform again.
    word = static_cast<uint64_t>(product);
    if (static_cast<uint64_t>(product >> 64) < options.late.numerator) {
      return Nanoseconds(UniformOfWord(word, options.late_minimum.nanoseconds(),
                                       options.late_maximum.nanoseconds()));
    }
  }
  const Wide product = static_cast<Wide>(word) * (options.extra_steps + 1);
  const auto steps = static_cast<int64_t>(product >> 64);
  return Nanoseconds(UniformOfWord(static_cast<uint64_t>(product),
                                   options.minimum.nanoseconds(),
                                   options.maximum.nanoseconds()) +
                     steps * options.extra_step.nanoseconds());
}

class Decisions;

// The decisions of one (entity, purpose), in the order of their index.
class DecisionStream {
 public:
  DecisionStream() = default;

  uint64_t next_index() const { return next_index_; }

 private:
  friend class Decisions;

  uint64_t key_ = 0;
  uint64_t next_index_ = 0;
  uint32_t name_ = 0;  // Into Decisions::names_, where names are needed.
};

class Decisions {
 public:
  explicit Decisions(Seed seed) : seed_(seed) {}

  // From now on `schedule` answers. Requires that no stream is open.
  void Follow(const Schedule& schedule);
  // Keeps what differs from calm. Requires that no stream is open.
  void Record();

  DecisionStream Open(std::string_view entity, std::string_view purpose);

  // Does the fault happen?
  bool DecideFault(DecisionStream& stream, Probability probability) {
    const uint64_t index = stream.next_index_++;
    if (probability.IsZero() && !is_following_) return false;
    const uint64_t word = WordAt(stream.key_, index);
    if (!has_names_) return ChanceOfWord(word, probability);
    const uint64_t from_seed = ChanceOfWord(word, probability) ? 1 : 0;
    return Answer(stream, index, from_seed, /*calm=*/0) != 0;
  }

  // How long does the packet travel?
  Duration DecideDelay(DecisionStream& stream, const DelayOptions& options) {
    const uint64_t index = stream.next_index_++;
    const Duration delay = DelayOfWord(WordAt(stream.key_, index), options);
    if (!has_names_) return delay;
    return Nanoseconds(static_cast<int64_t>(
        Answer(stream, index, static_cast<uint64_t>(delay.nanoseconds()),
               static_cast<uint64_t>(options.calm.nanoseconds()))));
  }

  // What was recorded, in the order in which it was decided.
  const Schedule& recorded() const { return recorded_; }
  // Entries of the followed schedule that no decision has asked for: the
  // schedule was made by other code or for another scenario.
  Schedule Unused() const;

 private:
  // A name and index, and what the followed schedule says of it.
  struct Entry {
    uint64_t value = 0;
    bool is_used = false;
  };
  struct Name {
    std::string entity;
    std::string purpose;
    // By index; null where nothing is followed.
    std::map<uint64_t, Entry>* followed = nullptr;
  };

  uint64_t Answer(const DecisionStream& stream, uint64_t index,
                  uint64_t from_seed, uint64_t calm);

  Seed seed_;
  bool is_recording_ = false;
  bool is_following_ = false;
  bool has_names_ = false;  // Recording or following.
  std::vector<Name> names_;
  Schedule recorded_;
  // The followed schedule, by entity and purpose, then by index.
  std::map<std::pair<std::string, std::string>, std::map<uint64_t, Entry>>
      followed_;
};

}  // namespace reprise

#endif  // SIM_WORLD_DECISIONS_H_
