// Decisions: every choice about a fault in a world, made in one place.
//
// A decision is named by (entity, purpose, index): "the 12th request on link
// clerk-1->server: lost?". The seed answers it; in a replay a schedule does,
// and what the schedule does not name is calm.
//
// An answer is a number in the unit of its purpose (purpose.h). 0 is calm. For
// a fault, 1 means that it happens. For an outage, the answer is its length in
// nanoseconds. For a delay, it is the delay in nanoseconds, and the calm answer
// is not 0 but DelayOptions::calm.
//
// Guarantees: an answer from the seed depends on the seed and the decision's
// name alone. While recording, each answer that differs from calm is kept.
//
// Requires that a schedule has only answers that the units of their purposes
// allow (PurposeRow::Allows).
//
//   DecisionStream losses = decisions.Open("a->b", Purpose::kRequestLoss);
//   if (decisions.DecideFault(losses, {1, 10})) ...

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

// Is told of each answer that is recorded, when it is given.
class DecisionLog {
 public:
  virtual void OnDecision(const Decision& decision) = 0;

 protected:
  ~DecisionLog() = default;
};

// The decisions of one (entity, purpose), in the order of their index.
class DecisionStream {
 public:
  DecisionStream() = default;

  uint64_t next_index() const { return next_index_; }
  // Sets the index of the next decision. For decisions that are not numbered in
  // the order in which they are made, but by a sector's number, for example.
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
  // From now on each answer that differs from calm is kept, and `log` is told
  // of it unless it is null; it must outlive this. Requires that no stream is
  // open.
  void Record(DecisionLog* log = nullptr);

  DecisionStream Open(std::string_view entity, Purpose purpose) {
    return OpenNamed(entity, purpose, RowOf(purpose).name);
  }
  // The decisions about the fault site `site`.
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
  // The index is the tick, also where earlier ticks were not asked about.
  Duration DecideOutage(DecisionStream& stream, uint64_t tick,
                        const OutageOptions& options);

  // Where among 1..places does the fault strike? 0: it does not. Where a
  // schedule names a place beyond the last, the last is answered.
  uint64_t DecidePlace(DecisionStream& stream, Probability probability,
                       uint64_t places) {
    const uint64_t index = stream.next_index_++;
    const uint64_t word = WordAt(stream.key_, index);
    const bool strikes = ChanceOfWord(word, probability);
    const uint64_t place = strikes ? BoundedWord(MixBits(word), places) + 1 : 0;
    if (!has_names_) return place;
    return std::min(Answer(stream, index, place, /*calm=*/0), places);
  }

  // Which of `choices` happens? 0: none. Otherwise the low 8 bits are the
  // choice's number, counted from 1, and the bits above them are uniform, for
  // its details. Requires that the choices sum to at most 1.
  uint64_t DecideAmong(DecisionStream& stream,
                       std::initializer_list<Probability> choices) {
    const uint64_t index = stream.next_index_++;
    const uint64_t word = WordAt(stream.key_, index);
    const uint64_t choice = ChoiceOfWord(word, choices);
    const uint64_t answer = choice == 0 ? 0 : MixBits(word) << 8 | choice;
    return has_names_ ? Answer(stream, index, answer, /*calm=*/0) : answer;
  }

  // How long does a scripted fault last for which the script says `length`?
  // Zero: a followed schedule leaves it out. A `length` of 0 is taken as 1 ns.
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
  // What the followed schedule answers to one decision.
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
  DecisionLog* log_ = nullptr;
  // The followed schedule, by entity and purpose, then by index.
  std::map<std::pair<std::string, std::string>, std::map<uint64_t, Entry>>
      followed_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_DECISIONS_H_
