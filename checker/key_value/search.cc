#include "reprise/checker/key_value/search.h"

#include <algorithm>
#include <span>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "reprise/checker/key_value/fingerprint.h"
#include "reprise/checker/key_value/open_items.h"
#include "reprise/checker/key_value/search_states.h"

namespace reprise::checker {
namespace {

// Invariants: `taken_` is the order so far, with the value before each of its
// operations; `open_` holds the others; each frame is a choice between writes
// and knows how much had been taken before it.
class SegmentSearch {
 public:
  SegmentSearch(const History& history, const KeyOperations& key,
                const Segment& segment, const Budget& budget, Memory memory)
      : operations_(std::span(key.operations)
                        .subspan(segment.begin, segment.end - segment.begin)),
        begin_(segment.begin),
        budget_(budget),
        memory_(memory),
        states_(history, key, segment, memory),
        open_(key, segment),
        value_(states_.initial()) {
    for (const Operation& operation : operations_) {
      answered_left_ += !operation.IsPending();
    }
  }

  SearchResult Run() {
    while (true) {
      TakeWhatIsForced();
      if (answered_left_ == 0) return Finish(Outcome::kHolds);
      if (IsNew()) OpenFrame();
      if (IsSpent()) return Finish(Outcome::kUndecided);
      if (!TakeNextWrite()) return Finish(Outcome::kViolated);
    }
  }

 private:
  struct Taken {
    uint32_t place;
    StateId value_before;
  };
  struct Choice {
    uint32_t place;
    StateId value_after;
    bool is_live;
  };
  struct Frame {
    size_t taken;    // before any of its choices
    size_t choices;  // where they begin in choices_
    size_t next;     // the next to be tried
  };

  bool CanTake(uint32_t place) const {
    const Operation& operation = operations_[place];
    if (operation.HasOutput()) return states_.seen(place) == value_;
    if (operation.kind != OperationKind::kCas) return true;
    const bool finds_expected = states_.expected(place) == value_;
    return finds_expected == (operation.answer != Answer::kFailed);
  }

  StateId ValueAfter(uint32_t place) {
    switch (operations_[place].kind) {
      case OperationKind::kPut:
      case OperationKind::kCas:
        return states_.written(place);
      case OperationKind::kAppend:
        return states_.AfterAppend(value_, states_.written(place));
      default:
        return value_;
    }
  }

  // Reads change nothing; nor does, on a dead value, what nobody will see.
  bool IsForced(uint32_t place) const {
    const Operation& operation = operations_[place];
    if (!operation.IsWrite()) return CanTake(place);
    return is_dead_ && operation.kind == OperationKind::kAppend &&
           !operation.HasOutput() && !states_.MayBeSeen(place);
  }

  void TakeWhatIsForced() {
    bool is_settled = false;
    while (!is_settled) {
      is_settled = true;
      is_dead_ = !states_.IsLive(value_);
      open_.ForEachEnabled([&](uint32_t place) {
        if (!IsForced(place)) return true;
        Take(place, value_);
        is_settled = false;
        return false;  // the list has changed
      });
    }
  }

  bool IsNew() {
    const uint64_t value = is_dead_ ? kDead : kFirstState + value_;
    if (memory_ == Memory::kHashes) {
      return seen_.Insert(fingerprint_ ^ Zobrist(value));
    }
    std::vector<uint64_t> configuration(operations_.size() / 64 + 2);
    for (const Taken& taken : taken_) {
      configuration[taken.place / 64] |= uint64_t{1} << taken.place % 64;
    }
    configuration.back() = value;
    return seen_whole_.insert(std::move(configuration)).second;
  }

  uint64_t Seen() const { return seen_.size() + seen_whole_.size(); }

  void OpenFrame() {
    frames_.push_back({taken_.size(), choices_.size(), choices_.size()});
    open_.ForEachEnabled([&](uint32_t place) {
      if (!operations_[place].IsWrite() || !CanTake(place)) return true;
      if (HasTwin(place)) return true;
      const StateId after = ValueAfter(place);
      const bool stays_dead =
          is_dead_ && operations_[place].kind == OperationKind::kAppend;
      choices_.push_back({place, stays_dead ? value_ : after,
                          !stays_dead && states_.IsLive(after)});
      return true;
    });
    std::sort(choices_.begin() + frames_.back().choices, choices_.end(),
              [&](const Choice& a, const Choice& b) {
                return std::make_tuple(!a.is_live, operations_[a.place].ret,
                                       a.place) <
                       std::make_tuple(!b.is_live, operations_[b.place].ret,
                                       b.place);
              });
  }

  // Whether a choice of the frame does the same as `place`. Keeps the one that
  // returns first.
  bool HasTwin(uint32_t place) {
    const Operation& operation = operations_[place];
    if (operation.HasOutput() || open_.HasTouching()) return false;
    for (size_t at = frames_.back().choices; at < choices_.size(); ++at) {
      const uint32_t other = choices_[at].place;
      if (operations_[other].kind != operation.kind ||
          operations_[other].HasOutput() ||
          states_.written(other) != states_.written(place) ||
          states_.expected(other) != states_.expected(place)) {
        continue;
      }
      if (operation.ret < operations_[other].ret) choices_[at].place = place;
      return true;
    }
    return false;
  }

  // Goes back to the last frame with a choice left and takes it. False if there
  // is none.
  bool TakeNextWrite() {
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      if (taken_.size() > std::max(frame.taken, longest_.size())) {
        longest_.assign(taken_.begin(), taken_.end());
      }
      while (taken_.size() > frame.taken) GiveBack();
      if (frame.next < choices_.size()) {
        const Choice choice = choices_[frame.next++];
        Take(choice.place, choice.value_after);
        return true;
      }
      choices_.resize(frame.choices);
      frames_.pop_back();
    }
    return false;
  }

  void Take(uint32_t place, StateId value_after) {
    taken_.push_back({place, value_});
    open_.Remove(place);
    if (operations_[place].HasOutput()) states_.Explain(place);
    answered_left_ -= !operations_[place].IsPending();
    fingerprint_ = fingerprint_ ^ Zobrist(kFirstPlace + place);
    value_ = value_after;
  }

  void GiveBack() {
    const Taken taken = taken_.back();
    taken_.pop_back();
    open_.Restore(taken.place);
    if (operations_[taken.place].HasOutput()) states_.Unexplain(taken.place);
    answered_left_ += !operations_[taken.place].IsPending();
    fingerprint_ = fingerprint_ ^ Zobrist(kFirstPlace + taken.place);
    value_ = taken.value_before;
  }

  uint64_t MemoryBytes() const {
    return seen_.MemoryBytes() +
           seen_whole_.size() * (operations_.size() / 8 + 64) +
           states_.MemoryBytes() + choices_.capacity() * sizeof(Choice) +
           frames_.capacity() * sizeof(Frame) +
           operations_.size() * 2 * sizeof(Taken);
  }

  bool IsSpent() const {
    if (Seen() > budget_.states) return true;
    return Seen() % 256 == 0 && MemoryBytes() > budget_.bytes;
  }

  SearchResult Finish(Outcome outcome) const {
    SearchResult result{outcome, {}, Seen(), MemoryBytes()};
    const bool is_best =
        outcome == Outcome::kHolds || taken_.size() > longest_.size();
    for (const Taken& taken : is_best ? taken_ : longest_) {
      result.order.push_back(begin_ + taken.place);
    }
    return result;
  }

  // Subjects of the random numbers.
  static constexpr uint64_t kDead = 0;
  static constexpr uint64_t kFirstState = 1;
  static constexpr uint64_t kFirstPlace = uint64_t{1} << 33;

  const std::span<const Operation> operations_;
  const uint32_t begin_;
  const Budget budget_;
  const Memory memory_;
  SearchStates states_;
  OpenItems open_;
  StateId value_;
  bool is_dead_ = false;
  uint64_t answered_left_ = 0;
  Fingerprint fingerprint_;
  FingerprintSet seen_;
  absl::flat_hash_set<std::vector<uint64_t>> seen_whole_;
  std::vector<Taken> taken_;
  std::vector<Taken> longest_;
  std::vector<Choice> choices_;
  std::vector<Frame> frames_;
};

}  // namespace

SearchResult Search(const History& history, const KeyOperations& key,
                    const Segment& segment, const Budget& budget,
                    Memory memory) {
  return SegmentSearch(history, key, segment, budget, memory).Run();
}

}  // namespace reprise::checker
