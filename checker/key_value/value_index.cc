#include "reprise/checker/key_value/value_index.h"

#include <algorithm>
#include <cstring>

#include "reprise/checker/history/hash.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/history/short_bytes.h"

namespace reprise::checker {
namespace {

uint32_t ShortHash(std::string_view value) {
  return static_cast<uint32_t>(HashBytes(value));
}

bool EndsFirstWith(std::string_view value, char terminator) {
  return value.back() == terminator &&
         !HasByte(value.substr(0, value.size() - 1), terminator);
}

}  // namespace

void ValueIndex::StartKey(const KeyOperations& key) {
  is_open_ = false;
  shape_ = ShapeOf(key);
  Start();
}

void ValueIndex::StartOpen() {
  is_open_ = true;
  shape_ = Shape::kTerminated;
  Start();
}

void ValueIndex::Start() {
  entries_.clear();
  next_item_.clear();
  ordered_.clear();
  Rebuild(2 * kFew);
}

// Values of "" are left out of account: they are never taken up.
ValueIndex::Shape ValueIndex::ShapeOf(const KeyOperations& key) {
  bool has_appends = false;
  bool is_terminated = true;
  bool is_fixed = true;
  fixed_length_ = 0;
  for (const uint32_t item : key.changes) {
    const Operation& operation = key.operations[item];
    if (!operation.IsWrite() || operation.argument_length == 0) continue;
    const std::string_view value = operation.Argument();
    if (fixed_length_ == 0) {
      fixed_length_ = operation.argument_length;
      terminator_ = value.back();
    }
    has_appends |= operation.kind == OperationKind::kAppend;
    is_fixed = is_fixed && value.size() == fixed_length_;
    is_terminated = is_terminated && EndsFirstWith(value, terminator_);
  }
  if (!has_appends) return Shape::kWhole;
  if (is_fixed) return Shape::kFixedLength;
  return is_terminated ? Shape::kTerminated : Shape::kGeneral;
}

// Where the value is, or else the free slot that it belongs into.
inline size_t ValueIndex::SlotOf(std::string_view value, uint32_t hash) const {
  const Slot* const slots = slots_.data();
  for (size_t slot = hash & mask_;; slot = (slot + 1) & mask_) {
    if (slots[slot].generation != generation_) return slot;
    if (slots[slot].hash == hash &&
        SameBytes(entries_[slots[slot].entry].value, value)) {
      return slot;
    }
  }
}

// Takes up a value that belongs into the free `slot`.
inline bool ValueIndex::InsertNew(std::string_view value, uint32_t hash,
                                  size_t slot, uint32_t item) {
  if (is_open_ && shape_ == Shape::kTerminated) FitTerminator(value);
  if (shape_ == Shape::kGeneral && !Order(value)) return false;
  const auto entry = static_cast<uint32_t>(entries_.size());
  entries_.push_back({value, hash, item, item, 1});
  slots_[slot] = {generation_, hash, entry};
  if (entries_.size() * 2 > mask_ + 1) [[unlikely]] {
    Rebuild((mask_ + 1) * 2);
  }
  return true;
}

bool ValueIndex::Add(const KeyOperations& key, uint32_t item, Repeats repeats) {
  const std::string_view value = key.operations[item].Argument();
  if (value.empty()) return false;
  const uint32_t hash = ShortHash(value);
  const size_t slot = SlotOf(value, hash);
  if (!IsFree(slot)) {
    return repeats == Repeats::kAccept &&
           AddRepeat(key, item, entries_[slots_[slot].entry]);
  }
  return InsertNew(value, hash, slot, item);
}

bool ValueIndex::AddOnce(std::string_view value, uint32_t item) {
  if (value.empty()) return false;
  const uint32_t hash = ShortHash(value);
  const size_t slot = SlotOf(value, hash);
  return IsFree(slot) && InsertNew(value, hash, slot, item);
}

void ValueIndex::FitTerminator(std::string_view value) {
  if (entries_.empty()) terminator_ = value.back();
  if (!EndsFirstWith(value, terminator_)) OrderAll();
}

// Puts the value that is taken up next in order, unless it is ambiguous.
bool ValueIndex::Order(std::string_view value) {
  if (IsAmbiguous(value)) return false;
  ordered_.emplace(value, entries_.size());
  return true;
}

// Values with a terminator are no prefixes of one another.
void ValueIndex::OrderAll() {
  shape_ = Shape::kGeneral;
  for (uint32_t entry = 0; entry < entries_.size(); ++entry) {
    ordered_.emplace(entries_[entry].value, entry);
  }
}

bool ValueIndex::AddRepeat(const KeyOperations& key, uint32_t item,
                           Entry& entry) {
  const Operation& last = key.operations[entry.last_item];
  const Operation& operation = key.operations[item];
  for (const Operation* each : {&last, &operation}) {
    if (each->kind != OperationKind::kAppend || each->HasOutput()) return false;
  }
  if (operation.ret < last.ret) return false;
  next_item_.resize(key.size(), kNone);
  next_item_[entry.last_item] = item;
  entry.last_item = item;
  ++entry.count;
  return true;
}

void ValueIndex::DropFrom(uint32_t item) {
  for (; !entries_.empty() && entries_.back().first_item >= item;
       entries_.pop_back()) {
    // The last one placed lies behind no other in its run of the table.
    size_t slot = entries_.back().hash & mask_;
    while (slots_[slot].entry != entries_.size() - 1) slot = (slot + 1) & mask_;
    slots_[slot].generation = generation_ - 1;
    if (shape_ == Shape::kGeneral) ordered_.erase(entries_.back().value);
  }
}

ValueIndex::Token ValueIndex::Find(std::string_view text) const {
  switch (shape_) {
    case Shape::kWhole:
      break;
    case Shape::kTerminated: {
      const size_t end = text.find(terminator_);
      if (end == text.npos) return {};
      text = text.substr(0, end + 1);
      break;
    }
    case Shape::kFixedLength:
      text = text.substr(0, fixed_length_);
      break;
    case Shape::kGeneral:
      return FindByOrder(text);
  }
  const size_t slot = SlotOf(text, ShortHash(text));
  if (IsFree(slot)) return {};
  return {slots_[slot].entry, static_cast<uint32_t>(text.size())};
}

void ValueIndex::Place(uint32_t entry) {
  const uint32_t hash = entries_[entry].hash;
  size_t slot = hash & mask_;
  while (!IsFree(slot)) slot = (slot + 1) & mask_;
  slots_[slot] = {generation_, hash, entry};
}

// Empties the table by calling it another generation, then fills it.
void ValueIndex::Rebuild(size_t slots) {
  REPRISE_REQUIRE(++generation_ != 0, "an index was used 2^32 times");
  mask_ = slots - 1;
  if (slots_.size() < slots) slots_.assign(slots, Slot());
  for (uint32_t entry = 0; entry < entries_.size(); ++entry) Place(entry);
}

// Whether `value` and one that was taken up are prefixes of one another. As
// those already here are not, a prefix can only be the neighbour before it and
// an extension the neighbour behind it.
bool ValueIndex::IsAmbiguous(std::string_view value) const {
  const auto next = ordered_.lower_bound(value);
  if (next != ordered_.end() && next->first.starts_with(value)) return true;
  return next != ordered_.begin() && value.starts_with(std::prev(next)->first);
}

ValueIndex::Token ValueIndex::FindByOrder(std::string_view text) const {
  const auto next = ordered_.upper_bound(text);
  if (next == ordered_.begin()) return {};
  return FindIf(text, std::prev(next)->second);
}

}  // namespace reprise::checker
