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
  uint32_t number_ = 0;  // Into Decisions::names_, when names are kept.
};

class Decisions {
 public:
  explicit Decisions(Seed seed) : seed_(seed) {}

  // From now on the schedule answers. Call before the world runs.
  void Follow(const Schedule& schedule);
  // Keeps what differs from calm. Call before the world runs.
  void Record() { is_recording_ = true; }

  DecisionStream Open(std::string_view entity, std::string_view purpose);

  // Does the fault happen? Consumes one index.
  bool DecideFault(DecisionStream& stream, Probability probability) {
    if (IsPlain()) {
      return ChanceOfWord(NextWord(stream), probability);
    }
    return DecideFaultByName(stream, probability);
  }

  // How long does the packet travel? Consumes one index.
  Duration DecideDelay(DecisionStream& stream, const DelayOptions& options) {
    if (IsPlain()) return DelayOfWord(NextWord(stream), options);
    return DecideDelayByName(stream, options);
  }

  // What was recorded, in the order in which it was decided.
  const Schedule& recorded() const { return recorded_; }
  // Entries of the followed schedule that no decision has asked for.
  Schedule Unused() const;

 private:
  struct Name {
    std::string entity;
    std::string purpose;
  };

  bool IsPlain() const { return !is_recording_ && !is_following_; }
  static uint64_t NextWord(DecisionStream& stream) {
    return WordAt(stream.key_, stream.next_index_++);
  }
  static Duration DelayOfWord(uint64_t word, const DelayOptions& options);
  bool DecideFaultByName(DecisionStream& stream, Probability probability);
  Duration DecideDelayByName(DecisionStream& stream,
                             const DelayOptions& options);
  uint64_t Answer(DecisionStream& stream, uint64_t index, uint64_t from_seed,
                  uint64_t calm);

  Seed seed_;
  bool is_recording_ = false;
  bool is_following_ = false;
  std::vector<Name> names_;
  Schedule recorded_;
  // The followed schedule; the flag says whether it was asked for.
  std::map<std::pair<std::pair<std::string, std::string>, uint64_t>,
           std::pair<uint64_t, bool>>
      followed_;
};

}  // namespace reprise

#endif  // SIM_WORLD_DECISIONS_H_
