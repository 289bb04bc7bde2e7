#include "reprise/checker/key_value/guided_search.h"

#include <algorithm>
#include <utility>

namespace reprise::checker {
namespace {

// Subjects of the random numbers, beside kFirstPlace.
constexpr uint64_t kDead = 0;
constexpr uint64_t kFirstState = 1;
constexpr uint64_t kFirstSpare = uint64_t{1} << 34;
constexpr uint32_t kNoPlace = ~uint32_t{0};
constexpr size_t kUsualDepth = 100;

}  // namespace

GuidedSearch::GuidedSearch(const KeyOperations& key, const Segment& segment,
                           SearchStates& states, Memory memory)
    : operations_(
          key.operations.subspan(segment.begin, segment.end - segment.begin)),
      states_(states),
      memory_(memory),
      open_(key, segment),
      unanswered_(operations_, states, /*has_twins=*/!open_.HasTouching()),
      supply_(states.HasAppends() ? 0 : states.size()),
      value_(states.initial()),
      wanted_at_(states.HasAppends() ? 0 : states.size()) {
  trail_.reserve(operations_.size());
  choices_.reserve(kUsualDepth);
  frames_.reserve(kUsualDepth);
  roles_.reserve(operations_.size());
  rank_.reserve(operations_.size());
  for (uint32_t place = 0; place < operations_.size(); ++place) {
    roles_.push_back(RoleOf(place));
    rank_.push_back(answered_);
    if (roles_.back() == Role::kUnanswered) {
      open_.Remove(place);
      if (states.expected(place) == states.written(place)) continue;
    } else {
      ++answered_;
    }
    Expect(place, roles_.back(), 1);
  }
  open_left_ = answered_;
  ChangeSupply(value_, Supply::kWrites, 1);
}

GuidedSearch::Role GuidedSearch::RoleOf(uint32_t place) const {
  const Operation& operation = operations_[place];
  if (operation.IsPending()) return Role::kUnanswered;
  if (!operation.IsWrite()) return Role::kRead;
  if (operation.kind == OperationKind::kCas) {
    return states_.expected(place) == states_.written(place) ? Role::kRead
                                                             : Role::kSeeing;
  }
  return operation.HasOutput() ? Role::kSeeing : Role::kBlind;
}

Progress GuidedSearch::Advance(const Turn& turn) {
  const uint64_t last_step =
      turn.steps < UINT64_MAX - steps_ ? steps_ + turn.steps : UINT64_MAX;
  const uint64_t last_state =
      turn.states < UINT64_MAX - states() ? states() + turn.states : UINT64_MAX;
  while (progress_ == Progress::kRunning) {
    TakeWhatIsFree();
    if (open_left_ == 0) {
      progress_ = Progress::kHolds;
      break;
    }
    if (supply_.IsEnough() && IsNew()) OpenFrame();
    if (!TakeNextChoice()) {
      progress_ = Progress::kViolated;
      break;
    }
    const uint64_t steps = steps_ + reached_.comparisons();
    if (steps >= last_step || states() >= last_state) break;
    if (states() % 256 == 0 && MemoryBytes() > turn.bytes) break;
  }
  return progress_;
}

// Whether the operation changes nothing and ends no spared write.
bool GuidedSearch::IsFree(uint32_t place) const {
  if (operations_[place].call > spares_end_at_) return false;
  switch (roles_[place]) {
    case Role::kRead:
      return states_.Step(place, value_) != SearchStates::kNone;
    case Role::kBlind:
      if (operations_[place].kind == OperationKind::kAppend) {
        return is_dead_ && (MaySpare() || !states_.MayBeSeen(place));
      }
      return MaySpare() && states_.written(place) == value_;
    default:
      return false;
  }
}

void GuidedSearch::TakeWhatIsFree() {
  bool is_settled = false;
  while (!is_settled) {
    is_settled = true;
    is_dead_ = !states_.IsLive(value_);
    open_.ForEachEnabled([&](uint32_t place) {
      ++steps_;
      if (!IsFree(place)) return true;
      last_call_ = std::max(last_call_, operations_[place].call);
      if (roles_[place] == Role::kBlind && MaySpare()) {
        Do(place, Deed::kSpared);
        spared_now_.assign(1, place);
        EndSpares(kNoPlace);
      } else {
        Do(place, Deed::kTaken);
      }
      is_settled = false;
      return false;  // the list has changed
    });
  }
}

bool GuidedSearch::IsNew() {
  const uint64_t value = is_dead_ ? kDead : kFirstState + value_;
  used_now_.assign(unanswered_.recent().begin(), unanswered_.recent().end());
  std::sort(used_now_.begin(), used_now_.end());
  const bool has_more =
      !Spares().empty() || !used_now_.empty() || !unanswered_.old().empty();
  if (memory_ == Memory::kWhole) {
    const std::string key = WholeKey(value);
    if (has_more) {
      std::string all = key + WholeRest();
      seen_byte_count_ += all.size();
      if (!seen_bytes_.insert(std::move(all)).second) return false;
    }
    return reached_.Add(reached_.KeyOf(key), Spares(), used_now_);
  }
  const Fingerprint key = fingerprint_ ^ Zobrist(value);
  if (has_more) {
    Fingerprint all = key ^ unanswered_.AllFingerprint();
    for (uint32_t place : Spares()) all = all ^ Zobrist(kFirstSpare + place);
    if (!seen_.Insert(all)) return false;
  }
  return reached_.Add(key ^ unanswered_.OldFingerprint(), Spares(), used_now_);
}

// What the key leaves open: what is to spare and what was used recently.
std::string GuidedSearch::WholeRest() const {
  std::string rest;
  const auto append = [&](uint32_t place) {
    rest.append(reinterpret_cast<const char*>(&place), sizeof(place));
  };
  append(static_cast<uint32_t>(Spares().size()));
  for (uint32_t place : Spares()) append(place);
  for (uint32_t place : used_now_) append(place);
  return rest;
}

// The value, and the open operations that are among closed ones.
std::string GuidedSearch::WholeKey(uint64_t value) const {
  std::string key;
  const auto append = [&](uint64_t number) {
    key.append(reinterpret_cast<const char*>(&number), sizeof(number));
  };
  append(value);
  const uint64_t closed = answered_ - open_left_;
  append(closed);
  uint64_t open = 0;
  for (uint32_t place = open_.First(); place != open_.End();
       place = open_.After(place)) {
    if (rank_[place] - open == closed) break;
    append(place);
    ++open;
  }
  std::vector<uint32_t> old(unanswered_.old().begin(), unanswered_.old().end());
  std::sort(old.begin(), old.end());
  for (uint32_t place : old) append(~uint64_t{place});
  return key;
}

// Goes back to the last frame with a choice left and takes it. False if there
// is none.
bool GuidedSearch::TakeNextChoice() {
  while (!frames_.empty()) {
    Frame& frame = frames_.back();
    KeepLongest();
    GoBackTo(frame.mark);
    if (frame.next < choices_.size()) {
      TakeChoice(choices_[frame.next++], frame.bound);
      return true;
    }
    choices_.resize(frame.choices);
    frames_.pop_back();
  }
  return false;
}

void GuidedSearch::TakeChoice(const Choice& choice, EventIndex bound) {
  const uint32_t place = choice.place;
  const Operation& operation = operations_[place];
  const bool is_used = choice.is_spare && !operation.IsPending();
  const EventIndex last_call = std::max(last_call_, operation.call);
  spared_now_.clear();
  bool ends_any = false;
  EventIndex end = is_used ? operation.ret : kNever;
  for (uint32_t spare : Spares()) {
    if (spare == place) continue;
    const EventIndex ret = operations_[spare].ret;
    ends_any |= ret < last_call;
    if (ret >= last_call) end = std::min(end, ret);
  }
  if (operation.kind == OperationKind::kPut && MaySpare()) {
    open_.ForEachEnabled([&](uint32_t other) {
      ++steps_;
      if (other != place && roles_[other] == Role::kBlind &&
          operations_[other].call <= end) {
        spared_now_.push_back(other);
      }
      return true;
    });
  }
  last_call_ = last_call;
  for (uint32_t spared : spared_now_) {
    Do(spared, Deed::kSpared);
    last_call_ = std::max(last_call_, operations_[spared].call);
  }
  Do(place, is_used ? Deed::kUsed : Deed::kTaken);
  EndSpares(is_used ? place : kNoPlace);
  SetValue(choice.value_after);
  // A spared write that is not used may keep others from being spared.
  const bool need_not_see =
      roles_[place] == Role::kBlind || roles_[place] == Role::kUnanswered;
  last_write_ = {need_not_see && !is_used && !ends_any ? trail_.size() : 0,
                 bound};
}

// Ends the spared writes that precede what was taken, and `used`; adds those
// that were spared now.
void GuidedSearch::EndSpares(uint32_t used) {
  const size_t begin = spares_begin_;
  const size_t end = spares_.size();
  if (begin == end && spared_now_.empty()) return;
  spares_begin_ = end;
  spares_end_at_ = kNever;
  size_t next = 0;
  const auto keep = [&](uint32_t place) {
    spares_.push_back(place);
    spares_end_at_ = std::min(spares_end_at_, operations_[place].ret);
  };
  for (size_t at = begin; at < end; ++at) {
    ++steps_;
    const uint32_t place = spares_[at];
    for (; next < spared_now_.size() && spared_now_[next] < place; ++next) {
      keep(spared_now_[next]);
    }
    if (place == used) continue;
    if (operations_[place].ret < last_call_) {
      Do(place, Deed::kEnded);
    } else {
      keep(place);
    }
  }
  for (; next < spared_now_.size(); ++next) keep(spared_now_[next]);
}

void GuidedSearch::ChangeSupply(StateId value, Supply::What what, int32_t by) {
  if (!states_.HasAppends()) supply_.Change(value, what, by);
}

// What the operation expects and supplies, once more or once less.
void GuidedSearch::Expect(uint32_t place, Role role, int32_t by) {
  const Operation& operation = operations_[place];
  if (role == Role::kRead) {
    if (operation.answer == Answer::kFailed) return;
    ChangeSupply(
        operation.HasOutput() ? states_.seen(place) : states_.expected(place),
        Supply::kReads, by);
    return;
  }
  ChangeSupply(states_.written(place), Supply::kWrites, by);
  if (role == Role::kSeeing && operation.kind == OperationKind::kCas) {
    ChangeSupply(states_.expected(place), Supply::kTakers, by);
  }
}

void GuidedSearch::Do(uint32_t place, Deed deed) {
  trail_.push_back({place, deed});
  if (deed != Deed::kSpared) Expect(place, roles_[place], -1);
  if (deed == Deed::kUsed || deed == Deed::kEnded) return;
  if (roles_[place] == Role::kUnanswered) {
    unanswered_.Use(place);
    return;
  }
  open_.Remove(place);
  --open_left_;
  fingerprint_ = fingerprint_ ^ Zobrist(kFirstPlace + place);
  if (operations_[place].HasOutput()) states_.Explain(place);
}

void GuidedSearch::Undo(const Done& done) {
  const uint32_t place = done.place;
  if (done.deed != Deed::kSpared) Expect(place, roles_[place], 1);
  if (done.deed == Deed::kUsed || done.deed == Deed::kEnded) return;
  if (roles_[place] == Role::kUnanswered) {
    unanswered_.GiveBack(place);
    return;
  }
  open_.Restore(place);
  ++open_left_;
  fingerprint_ = fingerprint_ ^ Zobrist(kFirstPlace + place);
  if (operations_[place].HasOutput()) states_.Unexplain(place);
}

void GuidedSearch::SetValue(StateId value) {
  if (value == value_) return;
  ChangeSupply(value_, Supply::kWrites, -1);
  ChangeSupply(value, Supply::kWrites, 1);
  value_ = value;
}

GuidedSearch::Mark GuidedSearch::Here() const {
  return {trail_.size(), spares_begin_,  spares_.size(),
          last_call_,    spares_end_at_, value_};
}

void GuidedSearch::GoBackTo(const Mark& mark) {
  while (trail_.size() > mark.done) {
    Undo(trail_.back());
    trail_.pop_back();
  }
  kept_ = std::min(kept_, trail_.size());
  spares_begin_ = mark.spares_begin;
  spares_.resize(mark.spares_end);
  last_call_ = mark.last_call;
  spares_end_at_ = mark.spares_end_at;
  SetValue(mark.value);
}

// Copies what was done if it closed more than anything before: of it only what
// has changed since the last copy.
void GuidedSearch::KeepLongest() {
  if (answered_ - open_left_ <= longest_closed_) return;
  longest_closed_ = answered_ - open_left_;
  longest_.resize(trail_.size());
  for (; kept_ < trail_.size(); ++kept_) longest_[kept_] = trail_[kept_];
}

uint64_t GuidedSearch::MemoryBytes() const {
  return reached_.MemoryBytes() + seen_.MemoryBytes() +
         seen_bytes_.size() * 64 + seen_byte_count_ +
         choices_.capacity() * sizeof(Choice) +
         frames_.capacity() * sizeof(Frame) +
         spares_.capacity() * sizeof(uint32_t) +
         operations_.size() * 4 * sizeof(Done);
}

// A write that was spared and used later happened later.
std::vector<uint32_t> GuidedSearch::Order() const {
  const std::vector<Done>& done =
      progress_ == Progress::kHolds ? trail_ : longest_;
  std::vector<bool> is_in(operations_.size());
  std::vector<uint32_t> order;
  for (size_t at = done.size(); at-- > 0;) {
    if (done[at].deed == Deed::kEnded || is_in[done[at].place]) continue;
    is_in[done[at].place] = true;
    order.push_back(done[at].place);
  }
  std::reverse(order.begin(), order.end());
  return order;
}

}  // namespace reprise::checker
