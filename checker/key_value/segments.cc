#include "reprise/checker/key_value/segments.h"

#include <algorithm>
#include <span>

namespace reprise::checker {
namespace {

bool AreAlike(std::string_view a, std::string_view b) {
  const size_t common = std::min(a.size(), b.size());
  return a.substr(0, common) == b.substr(0, common);
}

}  // namespace

void Segmenter::StartKey(const KeyOperations& key) {
  key_ = &key;
  values_.StartKey(key);
  base_ = {.bytes = history_.initial_value()};
  begin_ = 0;
  change_ = 0;
  touching_ = 0;
  atom_ = Atom();
}

// Takes up values as far as they go, and cuts before the atom in which that
// ended: mostly there is none.
bool Segmenter::Next(Segment& segment) {
  const uint32_t end = static_cast<uint32_t>(key_->size());
  if (begin_ == end) return false;
  segment = {begin_, end, base_, Path::kZones};
  values_.Start();
  const uint32_t refused =
      AddValues(FirstTouching(), base_, ValueIndex::Repeats::kRefuse);
  if (refused < end) CutBefore(refused, segment);
  begin_ = segment.end;
  return true;
}

// Ends `segment` before the atom that has item `refused`, or behind that atom
// if it is the first.
void Segmenter::CutBefore(uint32_t refused, Segment& segment) {
  if (atom_.end <= begin_) atom_ = FindAtom(begin_);
  segment.end = begin_;
  while (atom_.end <= refused) {
    base_ = atom_.after;
    segment.end = atom_.end;
    atom_ = FindAtom(atom_.end);
  }
  values_.DropFrom(segment.end);
  if (segment.end > begin_) return;
  segment.path = PathAlone(atom_, segment.base);
  base_ = atom_.after;
  segment.end = atom_.end;
}

Segmenter::Atom Segmenter::FindAtom(uint32_t begin) const {
  constexpr EventIndex kBefore = 0;  // the first event is a call
  Atom atom{begin, begin, {}};
  bool is_known = false;
  bool has_writes = false;
  EventIndex last_return = kBefore;
  EventIndex last_write_return = kBefore;
  const std::span<const Operation> operations = key_->operations;
  for (uint32_t item = begin; item < operations.size(); ++item) {
    const Operation& operation = operations[item];
    if (item > begin && is_known && last_return < operation.call) break;
    if (item > begin && item % kItemsBetweenLooks == 0 && IsStopped(monitor_)) {
      break;
    }
    const bool is_clear = !has_writes || last_write_return < operation.call;
    if (operation.IsWrite()) {
      const bool shows_result = operation.kind == OperationKind::kPut ||
                                operation.HasOutput() ||
                                operation.kind == OperationKind::kCas;
      is_known = is_clear && shows_result && !operation.IsPending();
      has_writes = true;
      last_write_return = std::max(last_write_return, operation.ret);
      if (is_known) atom.after.item = item;
    } else if (is_clear && operation.HasOutput()) {
      is_known = true;
      atom.after.item = item;
    }
    last_return = std::max(last_return, operation.ret);
    atom.end = item + 1;
  }
  if (is_known) atom.after = ResultOf(atom.after.item);
  return atom;
}

KnownValue Segmenter::ResultOf(uint32_t item) const {
  const Operation& operation = key_->operations[item];
  if (!operation.HasOutput()) return {operation.Argument(), 0, item};
  std::string_view value = history_.Output(operation);
  if (operation.kind == OperationKind::kAppend) {
    const size_t size = value.size() + operation.argument_length;
    value = history_.Chain(operation.chain).substr(0, size);
  }
  return {value, operation.chain, item};
}

// The first touching item from begin_ on, or else the end.
uint32_t Segmenter::FirstTouching() {
  const std::vector<uint32_t>& touching = key_->touching;
  while (touching_ < touching.size() && touching[touching_] < begin_) {
    ++touching_;
  }
  return touching_ < touching.size() ? touching[touching_]
                                     : static_cast<uint32_t>(key_->size());
}

// Takes up the values written from begin_ on. Returns the first item whose
// value cannot be taken up, or else `end`.
uint32_t Segmenter::AddValues(uint32_t end, const KnownValue& base,
                              ValueIndex::Repeats repeats) {
  const std::vector<uint32_t>& changes = key_->changes;
  while (change_ < changes.size() && changes[change_] < begin_) ++change_;
  for (size_t place = change_; place < changes.size() && changes[place] < end;
       ++place) {
    const uint32_t item = changes[place];
    const Operation& operation = key_->operations[item];
    if (place % kItemsBetweenLooks == 0 && IsStopped(monitor_)) return end;
    if (operation.kind == OperationKind::kCas || Disagrees(base, operation) ||
        !values_.Add(*key_, item, repeats)) {
      return item;
    }
  }
  return end;
}

// Whether an output could begin with the base and with this write's value.
bool Segmenter::Disagrees(const KnownValue& base,
                          const Operation& operation) const {
  if (operation.kind != OperationKind::kPut) return false;
  if (base.bytes.empty()) return false;  // and a Put of "" is never taken up
  const std::string_view value = operation.Argument();
  return values_.HasAppends() ? AreAlike(base.bytes, value)
                              : base.bytes == value;
}

// For an atom whose values are not all different.
Path Segmenter::PathAlone(const Atom& atom, const KnownValue& base) {
  if (atom.end - atom.begin == 1 &&
      key_->operations[atom.begin].kind == OperationKind::kPut) {
    return Path::kAlone;
  }
  if (!values_.HasAppends() || FirstTouching() < atom.end) {
    return Path::kSearch;
  }
  return AddValues(atom.end, base, ValueIndex::Repeats::kAccept) == atom.end
             ? Path::kZones
             : Path::kSearch;
}

}  // namespace reprise::checker
