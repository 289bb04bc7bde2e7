// The guided search of a segment: takes at once what costs nothing, and keeps
// what need not be decided yet undecided.
//
// A plain search decides of each write when it happens, although most are seen
// by nobody. Here an answered write that nobody need see is *spared*: it
// happened just now, unseen, or it may still be used until something is taken
// that it precedes. Writes are spared
//   - when a Put is taken that they may come just before;
//   - while they would change nothing: a Put of the value that is there, an
//     Append where no remaining output begins with the value (it is "dead").
// Unanswered writes are to spare from the beginning. Moreover:
//   - What changes nothing is taken at once, if that ends no spared write.
//   - Of writes that do the same, only the one that returns first is tried.
//   - A write that need not happen is used only if it can be seen next.
//   - After a write that nobody saw no Put is tried that could have come
//     instead of it.
//   - A configuration is left if another one can do all that it can
//     (reached.h), or if more is still expected of a value than can be written.
// None of these loses the last order: docs/CHECKER.md says why.
//
//   GuidedSearch search(key, segment, states, Memory::kHashes);
//   while (search.Advance(Turn()) == Progress::kRunning) {
//   }

#ifndef REPRISE_CHECKER_KEY_VALUE_GUIDED_SEARCH_H_
#define REPRISE_CHECKER_KEY_VALUE_GUIDED_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/key_value/fingerprint.h"
#include "reprise/checker/key_value/key_operations.h"
#include "reprise/checker/key_value/open_items.h"
#include "reprise/checker/key_value/reached.h"
#include "reprise/checker/key_value/search_states.h"
#include "reprise/checker/key_value/segments.h"
#include "reprise/checker/key_value/supply.h"
#include "reprise/checker/key_value/turn.h"
#include "reprise/checker/key_value/unanswered.h"

namespace reprise::checker {

// Invariants: `trail_` is what was done so far; `open_` holds the answered
// operations that were neither taken nor spared, spares_[spares_begin_..] those
// spared that may still be used, by place.
class GuidedSearch {
 public:
  // Requires that all of them live on. Nobody else may explain outputs to
  // `states`.
  GuidedSearch(const KeyOperations& key, const Segment& segment,
               SearchStates& states, Memory memory);

  // Goes on searching. Once it has an answer, it keeps to it.
  Progress Advance(const Turn& turn);

  uint64_t states() const { return reached_.size(); }
  uint64_t MemoryBytes() const;
  // Places: a linearization if it holds, else the longest order found.
  std::vector<uint32_t> Order() const;

 private:
  enum class Role : uint8_t {
    kRead,        // changes nothing
    kBlind,       // a write that is possible at any value
    kSeeing,      // a write that is possible at one value
    kUnanswered,  // need not happen
  };
  enum class Deed : uint8_t {
    kTaken,
    kSpared,
    kUsed,   // was spared before
    kEnded,  // spared, and cannot be used any more
  };
  struct Done {
    uint32_t place;
    Deed deed;
  };
  struct Choice {
    uint32_t place;
    StateId value_after;
    uint8_t rank;  // lower ones are tried first
    bool is_spare;
  };
  // What giving back restores.
  struct Mark {
    size_t done;
    size_t spares_begin;
    size_t spares_end;
    EventIndex last_call;
    EventIndex spares_end_at;
    StateId value;
  };
  struct Frame {
    Mark mark;       // before any of its choices
    size_t choices;  // where they begin in choices_
    size_t next;     // the next to be tried
    EventIndex bound;
  };
  // Of the write taken last, while nothing was taken after it.
  struct LastWrite {
    size_t done = 0;  // trail_.size() behind it; 0: nothing is known
    EventIndex bound = 0;
  };

  Role RoleOf(uint32_t place) const;
  std::span<const uint32_t> Spares() const {
    return std::span(spares_).subspan(spares_begin_);
  }
  bool HasLastWrite() const {
    return last_write_.done > 0 && last_write_.done == trail_.size();
  }
  bool MaySpare() const { return !open_.HasTouching(); }
  bool IsFree(uint32_t place) const;
  void TakeWhatIsFree();
  bool IsNew();
  std::string WholeKey(uint64_t value) const;
  std::string WholeRest() const;

  EventIndex Bound() const;
  void OpenFrame();
  void FindWanted(EventIndex bound);
  void Want(StateId value);
  void AddUnanswered(EventIndex bound);
  void AddChoice(uint32_t place, bool is_spare);
  bool HasTwin(const Choice& choice);
  bool IsNeedless(uint32_t place, StateId after, bool is_spare) const;
  bool TakeNextChoice();

  void TakeChoice(const Choice& choice, EventIndex bound);
  void Do(uint32_t place, Deed deed);
  void Undo(const Done& done);
  void EndSpares(uint32_t used);
  void SetValue(StateId value);
  void ChangeSupply(StateId value, Supply::What what, int32_t by);
  void Expect(uint32_t place, Role role, int32_t by);
  Mark Here() const;
  void GoBackTo(const Mark& mark);
  void KeepLongest();

  const std::span<const Operation> operations_;
  SearchStates& states_;
  const Memory memory_;
  std::vector<Role> roles_;
  std::vector<uint32_t> rank_;  // by place: answered operations before it
  OpenItems open_;
  Unanswered unanswered_;
  Supply supply_;
  Reached reached_;
  // All configurations, so that none is entered twice.
  FingerprintSet seen_;
  absl::flat_hash_set<std::string> seen_bytes_;  // Memory::kWhole
  uint64_t seen_byte_count_ = 0;
  StateId value_;
  bool is_dead_ = false;
  uint64_t open_left_ = 0;
  EventIndex last_call_ = 0;           // of what was taken
  EventIndex spares_end_at_ = kNever;  // first return of what is spared
  Fingerprint fingerprint_;
  std::vector<Done> trail_;
  std::vector<uint32_t> spares_;
  size_t spares_begin_ = 0;
  LastWrite last_write_;
  std::vector<Choice> choices_;
  std::vector<Frame> frames_;
  // Of the frame that is opened: which values can be seen next.
  std::vector<uint64_t> wanted_at_;  // by value: the number of a frame
  std::vector<StateId> wanted_;
  uint64_t frame_number_ = 0;
  bool wants_any_ = false;
  bool has_blind_ = false;            // a blind write can be taken
  bool has_new_blind_ = false;        // one that the last write made possible
  uint32_t blocker_ = 0;              // the Put that returns first
  std::vector<uint32_t> spared_now_;  // reused
  std::vector<uint32_t> used_now_;    // reused
  uint64_t steps_ = 0;
  std::vector<Done> longest_;
  uint64_t longest_closed_ = 0;
  size_t kept_ = 0;  // so much of trail_ is at the front of longest_
  uint32_t answered_ = 0;
  Progress progress_ = Progress::kRunning;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_GUIDED_SEARCH_H_
