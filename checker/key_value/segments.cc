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
  touching_ = 0;
  atom_ = FindAtom(0);
}

bool Segmenter::Next(Segment& segment) {
  if (atom_.begin == key_->size()) return false;
  segment = {atom_.begin, atom_.end, base_, Path::kZones};
  values_.Start();
  const bool is_clean =
      AddValues(atom_, segment.base, ValueIndex::Repeats::kRefuse);
  if (!is_clean) segment.path = PathAlone(atom_, segment.base);
  do {
    segment.end = atom_.end;
    base_ = atom_.after;
    atom_ = FindAtom(atom_.end);
  } while (is_clean && atom_.begin < key_->size() && !IsStopped(monitor_) &&
           AddValues(atom_, segment.base, ValueIndex::Repeats::kRefuse));
  return true;
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

// Takes up the values written in `atom`, or none of them.
bool Segmenter::AddValues(const Atom& atom, const KnownValue& base,
                          ValueIndex::Repeats repeats) {
  const std::vector<uint32_t>& touching = key_->touching;
  if (!touching.empty()) {
    while (touching_ < touching.size() && touching[touching_] < atom.begin) {
      ++touching_;
    }
    if (touching_ < touching.size() && touching[touching_] < atom.end) {
      return false;
    }
  }
  const size_t before = values_.size();
  for (uint32_t item = atom.begin; item < atom.end; ++item) {
    const Operation& operation = key_->operations[item];
    if (item % kItemsBetweenLooks == 0 && IsStopped(monitor_)) return true;
    if (operation.kind == OperationKind::kGet) continue;
    if (operation.kind == OperationKind::kCas || Disagrees(base, operation) ||
        !values_.Add(*key_, item, repeats)) {
      if (repeats == ValueIndex::Repeats::kRefuse) values_.ShrinkTo(before);
      return false;
    }
  }
  return true;
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
  if (!values_.HasAppends()) return Path::kSearch;
  return AddValues(atom, base, ValueIndex::Repeats::kAccept) ? Path::kZones
                                                             : Path::kSearch;
}

}  // namespace reprise::checker
