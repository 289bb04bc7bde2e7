// Decisions: every choice about a fault in a world, made in one place.
//
// A decision is named by its entity, its purpose and its place among those of
// the two: "on link clerk-1->server, the first Put of operation 12: lost?". The
// seed answers it, unless edits (edits.h) name it or say that what they do not
// name is calm.
//
// An answer is a number in the unit of its purpose (purpose.h). 0 is calm. For
// a fault, 1 means that it happens. For an outage, the answer is its length in
// nanoseconds. For a delay, it is the delay in nanoseconds, and the calm answer
// is not 0 but DelayOptions::calm.
//
// Guarantees: an answer from the seed depends on the seed and the decision's
// name alone. While recording, each answer that differs from calm is kept.
//
// Requires that edits have only answers that the units of their purposes allow
// (PurposeRow::Allows).
//
//   DecisionStream losses = decisions.Open("a->b", Purpose::kRequestLoss);
//   if (decisions.DecideFault(losses, PlaceOf(packet.name), {1, 10})) ...

#ifndef REPRISE_SIM_WORLD_DECISIONS_H_
#define REPRISE_SIM_WORLD_DECISIONS_H_

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/world/decision_log.h"
#include "reprise/sim/world/delays.h"
#include "reprise/sim/world/drawn_in_words.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/packet_name.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {

// Where among the decisions of its stream one stands.
struct DecisionPlace {
  uint64_t index = 0;
  // Null: it is not about a packet or a turn, or nobody asks (HasNames).
  const PacketName* packet = nullptr;
};

inline DecisionPlace PlaceOf(const PacketName& packet) {
  return {packet.Place(), &packet};
}

// The decisions of one (entity, purpose).
class DecisionStream {
 public:
  uint64_t next_index() const { return next_index_; }
  // Sets the index of the next decision. For decisions that are not numbered in
  // the order in which they are made, but by a sector's number, for example.
  void Seek(uint64_t index) { next_index_ = index; }

 private:
  friend class Decisions;

  DecisionPlace Next() { return {next_index_++}; }

  uint64_t key_ = 0;
  uint64_t next_index_ = 0;
  uint32_t name_ = 0;  // Into Decisions::names_, where names are needed.
};

class Decisions {
 public:
  explicit Decisions(Seed seed) : seed_(seed) {}

  // From now on `edits` answer what they name, and their base the rest. Their
  // reseeds are up to the caller. Requires that no stream is open.
  void Follow(const Edits& edits);
  // From now on each answer that differs from calm is kept, and `log`, which
  // must outlive this, is told of it. Requires that no stream is open.
  void Record(DecisionLog* log = nullptr);
  // From now on `reseed` answers what no edit names, whatever the base.
  void Reseed(const reprise::Reseed& reseed);

  DecisionStream Open(std::string_view entity, Purpose purpose) {
    return OpenNamed(entity, purpose, RowOf(purpose).name);
  }
  // The decisions about the fault site `site`.
  DecisionStream OpenSite(std::string_view entity, std::string_view site);

  // Each of the following is about the next of its stream, without a place.

  // Does the fault happen?
  bool DecideFault(DecisionStream& stream, Probability probability) {
    return DecideFault(stream, stream.Next(), probability);
  }
  [[gnu::always_inline]] bool DecideFault(DecisionStream& stream,
                                          const DecisionPlace& place,
                                          Probability probability) {
    if (probability.IsZero() && !has_edits_) return false;
    const uint64_t word = Draw(stream, place);
    if (!has_names_) return ChanceOfWord(word, probability);
    const uint64_t from_seed = ChanceOfWord(word, probability) ? 1 : 0;
    return Answer(stream, place, from_seed, /*calm=*/0) != 0;
  }

  // How long does the packet travel, or the disk take?
  Duration DecideDelay(DecisionStream& stream, const DelayOptions& options) {
    return DecideDelay(stream, stream.Next(), options);
  }
  [[gnu::always_inline]] Duration DecideDelay(DecisionStream& stream,
                                              const DecisionPlace& place,
                                              const DelayOptions& options) {
    const Duration delay = DelayOfWord(Draw(stream, place), options);
    return has_names_ ? AnswerDelay(stream, place, delay, options) : delay;
  }

  // Does the outage begin, and how long does it last? Zero: no. The place is a
  // tick, also where earlier ones were not asked about, or what it strikes.
  Duration DecideOutage(DecisionStream& stream, const DecisionPlace& place,
                        const OutageOptions& options);

  // Where among 1..places does the fault strike? 0: it does not. Where an edit
  // names a place beyond the last, the last is answered.
  uint64_t DecidePlace(DecisionStream& stream, Probability probability,
                       uint64_t places) {
    return DecidePlace(stream, stream.Next(), probability, places);
  }
  uint64_t DecidePlace(DecisionStream& stream, const DecisionPlace& place,
                       Probability probability, uint64_t places) {
    const uint64_t word = Draw(stream, place);
    const bool strikes = places > 0 && ChanceOfWord(word, probability);
    const uint64_t where = strikes ? BoundedWord(MixBits(word), places) + 1 : 0;
    if (!has_names_) return where;
    return std::min(Answer(stream, place, where, /*calm=*/0), places);
  }

  // Which of `choices` happens? 0: none. Otherwise the low 8 bits are the
  // choice's number, counted from 1, and the bits above them are uniform, for
  // its details. Requires that the choices sum to at most 1.
  uint64_t DecideAmong(DecisionStream& stream,
                       std::initializer_list<Probability> choices) {
    const DecisionPlace place = stream.Next();
    const uint64_t word = Draw(stream, place);
    const uint64_t choice = ChoiceOfWord(word, choices);
    const uint64_t answer = choice == 0 ? 0 : MixBits(word) << 8 | choice;
    return has_names_ ? Answer(stream, place, answer, /*calm=*/0) : answer;
  }

  // How long does a scripted fault last for which the script says `length`?
  // Zero: an edit, or a calm base, leaves it out. A `length` of 0 is taken as
  // 1 ns.
  Duration DecideScripted(DecisionStream& stream, Duration length);

  // What does the scenario itself say: `say()`? That is called only where
  // neither an edit nor a calm base answers.
  uint64_t DecideSaid(DecisionStream& stream, const DecisionPlace& place,
                      absl::FunctionRef<uint64_t()> say);

  // A uniform word to make a choice with; calm: 0.
  uint64_t DecideWord(DecisionStream& stream);

  // Draws `drawn` from a uniform word, or takes an edit's words for it; calm:
  // it is calm. What is drawn is recorded in words, where it has any.
  void DecideInWords(DecisionStream& stream, DrawnInWords& drawn);

  // What an edit says of something that the seed leaves as it is: 0, calm,
  // where no edit names it. Asked for again, it is recorded once.
  uint64_t DecideEdit(DecisionStream& stream, uint64_t index) {
    return has_edits_ ? AnswerEdit(stream, {index}) : 0;
  }

  // `key`, or another one if another seed answers. For draws of nodes.
  uint64_t Reseeded(uint64_t key) const { return key ^ salt_; }

  bool HasEdits() const { return has_edits_; }
  // Whether it records or has edits: places must name their packets.
  bool HasNames() const { return has_names_; }
  // Whether edits say what rules of packets rule.
  bool HasRulings() const { return has_rulings_; }
  // What was recorded, in the order in which it was decided. O(n) texts.
  Schedule recorded() const;
  // How many of what was recorded are no longer than LongestOrdinary().
  uint64_t ordinary_delays() const { return ordinary_delays_; }
  // Edits that no decision has asked for, made for other code or scenarios.
  Schedule Unused() const;
  // Edits in words that do not fit the run, in the order of their use.
  const std::vector<UnfitEdit>& unfit() const { return unfit_; }

 private:
  struct Name {
    std::string entity;
    std::string purpose;
    const PurposeRow* row = nullptr;
    uint64_t hash = 0;
  };
  struct Kept {
    uint32_t name = 0;
    uint64_t index = 0;                // Where `packet` is absent.
    std::optional<PacketName> packet;  // Absent: not about a packet.
    uint64_t value = 0;
    uint32_t words = 0;  // Their place in `words_` from 1; 0: none.
  };

  [[gnu::always_inline]] uint64_t Draw(const DecisionStream& stream,
                                       const DecisionPlace& place) const {
    return WordAt(stream.key_ ^ salt_, place.index);
  }
  DecisionStream OpenNamed(std::string_view entity, Purpose purpose,
                           std::string_view name);
  uint64_t Answer(DecisionStream& stream, const DecisionPlace& place,
                  uint64_t from_seed, uint64_t calm);
  uint64_t AnswerEdit(DecisionStream& stream, const DecisionPlace& place);
  Duration AnswerDelay(DecisionStream& stream, const DecisionPlace& place,
                       Duration from_seed, const DelayOptions& options);
  std::optional<uint32_t> FindEdit(DecisionStream& stream,
                                   const DecisionPlace& place);
  // The edit of the decision, or null. Notes that it was asked for.
  const Decision* UseEdit(DecisionStream& stream, const DecisionPlace& place);
  void Keep(const DecisionStream& stream, const DecisionPlace& place,
            uint64_t value, std::string words = {});
  Decision ToDecision(const Kept& kept) const;

  Seed seed_;
  uint64_t salt_ = 0;  // Of the seed that answers; 0: of `seed_`.
  bool is_recording_ = false;
  bool has_edits_ = false;
  bool has_names_ = false;        // Recording or with edits.
  bool is_calm_ = false;          // Whether what no edit names is.
  bool has_calm_delays_ = false;  // As of the reseed.
  bool counts_packets_ = false;   // Whether edits place packets by index.
  bool has_rulings_ = false;
  std::vector<Name> names_;
  std::vector<Kept> kept_;
  uint64_t ordinary_delays_ = 0;
  std::vector<std::string> words_;  // Of `kept_`, where there are any.
  DecisionLog* log_ = nullptr;
  Schedule edits_;
  std::vector<UnfitEdit> unfit_;
  std::vector<bool> is_used_;                        // By edit.
  absl::flat_hash_map<uint64_t, uint32_t> answers_;  // Edits by HashPlace().
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_DECISIONS_H_
