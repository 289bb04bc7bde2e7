// Decisions: every choice about a fault in a world, made in one place.
//
// A decision is named by (entity, purpose, index): "the 12th request on link
// clerk-1->server: lost?". It is answered from the seed or, in a replay, by a
// schedule, where whatever the schedule does not name is calm. Its answer is a
// number, whose unit is that of the purpose (purpose.h): 0 is calm; for a fault
// 1 means that it happens; for an outage it is its length in nanoseconds; for a
// delay it is nanoseconds and the calm value is the options' `calm`.
//
// Guarantees: an answer from the seed depends on the seed and the decision's
// name alone. While recording, each answer that differs from calm is kept.
//
// Requires of a schedule that it holds nothing that the units do not allow
// (PurposeRow::Allows).

#ifndef REPRISE_SIM_WORLD_DECISIONS_H_
#define REPRISE_SIM_WORLD_DECISIONS_H_

#include <algorithm>
#include <compare>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/world/delays.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {

// One answer that differs from calm. `purpose` is the name of a Purpose, such
// as "request-loss"; `entity` is for example "clerk-1->server".
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
  // For decisions that are counted by something of their own, such as the
  // number of a sector.
  void Seek(uint64_t index) { next_index_ = index; }

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

  DecisionStream Open(std::string_view entity, Purpose purpose) {
    return OpenNamed(entity, purpose, RowOf(purpose).name);
  }
  // Of the fault site `site`.
  DecisionStream OpenSite(std::string_view entity, std::string_view site);

  // Does the fault happen?
  [[gnu::always_inline]] bool DecideFault(DecisionStream& stream,
                                          Probability probability) {
    const uint64_t index = stream.next_index_++;
    if (probability.IsZero() && !is_following_) return false;
    const uint64_t word = WordAt(stream.key_, index);
    if (!has_names_) return ChanceOfWord(word, probability);
    const uint64_t from_seed = ChanceOfWord(word, probability) ? 1 : 0;
    return Answer(stream, index, from_seed, /*calm=*/0) != 0;
  }

  // How long does the packet travel?
  [[gnu::always_inline]] Duration DecideDelay(DecisionStream& stream,
                                              const DelayOptions& options) {
    const uint64_t index = stream.next_index_++;
    const Duration delay = DelayOfWord(WordAt(stream.key_, index), options);
    if (!has_names_) return delay;
    return Nanoseconds(static_cast<int64_t>(
        Answer(stream, index, static_cast<uint64_t>(delay.nanoseconds()),
               static_cast<uint64_t>(options.calm.nanoseconds()))));
  }

  // Does the outage begin at this tick, and how long does it last? Zero: no.
  // The index is the tick, whether or not others were asked about.
  Duration DecideOutage(DecisionStream& stream, uint64_t tick,
                        const OutageOptions& options);

  // Where among 1..places does the fault strike? 0: it does not. A place that a
  // schedule names beyond the last is the last.
  uint64_t DecidePlace(DecisionStream& stream, Probability probability,
                       uint64_t places) {
    const uint64_t index = stream.next_index_++;
    const uint64_t word = WordAt(stream.key_, index);
    const bool strikes = ChanceOfWord(word, probability);
    const uint64_t place = strikes ? BoundedWord(MixBits(word), places) + 1 : 0;
    if (!has_names_) return place;
    return std::min(Answer(stream, index, place, /*calm=*/0), places);
  }

  // Which of `choices`, whose sum is at most 1, befalls? 0: none, else its
  // number from 1 on in the low 8 bits, and above them a uniform detail of how.
  uint64_t DecideAmong(DecisionStream& stream,
                       std::initializer_list<Probability> choices) {
    const uint64_t index = stream.next_index_++;
    const uint64_t word = WordAt(stream.key_, index);
    const uint64_t choice = ChoiceOfWord(word, choices);
    const uint64_t answer = choice == 0 ? 0 : MixBits(word) << 8 | choice;
    return has_names_ ? Answer(stream, index, answer, /*calm=*/0) : answer;
  }

  // How long does a scripted fault last, which is to last `length`? Zero: a
  // followed schedule leaves it out. One of length 0 lasts a nanosecond.
  Duration DecideScripted(DecisionStream& stream, Duration length) {
    const uint64_t index = stream.next_index_++;
    length = std::max(length, Nanoseconds(1));
    if (!has_names_) return length;
    return Nanoseconds(static_cast<int64_t>(
        Answer(stream, index, static_cast<uint64_t>(length.nanoseconds()), 0)));
  }

  // A uniform word to make a choice with; calm: 0.
  uint64_t DecideWord(DecisionStream& stream) {
    const uint64_t index = stream.next_index_++;
    const uint64_t word = WordAt(stream.key_, index);
    return has_names_ ? Answer(stream, index, word, /*calm=*/0) : word;
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
    const PurposeRow* row = nullptr;
    // By index; null where nothing is followed.
    std::map<uint64_t, Entry>* followed = nullptr;
  };

  DecisionStream OpenNamed(std::string_view entity, Purpose purpose,
                           std::string_view name);
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

#endif  // REPRISE_SIM_WORLD_DECISIONS_H_
