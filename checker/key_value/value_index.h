// The values written in one piece of a key, found again inside outputs.
//
// As long as Add() succeeds, no value is a prefix of another (of keys without
// Appends: no two are equal), so that a text parses into values in one way at
// most. Comparisons are exact; hashes only place values in the table.
//
//   ValueIndex index;
//   index.StartKey(key);
//   for (uint32_t item : writes) index.Add(key.operations[item], item);
//   ValueIndex::Token token = index.Find("x 0 1 yx 0 2 y");  // "x 0 1 y"

#ifndef REPRISE_CHECKER_KEY_VALUE_VALUE_INDEX_H_
#define REPRISE_CHECKER_KEY_VALUE_VALUE_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "reprise/checker/history/short_bytes.h"
#include "reprise/checker/key_value/key_operations.h"

namespace reprise::checker {

class ValueIndex {
 public:
  static constexpr uint32_t kNone = ~uint32_t{0};

  ValueIndex() { entries_.reserve(kFew); }

  // A value at the beginning of a text.
  struct Token {
    uint32_t entry = kNone;
    uint32_t length = 0;
  };

  // A value and the items that write it, in order of invocation.
  struct Entry {
    std::string_view value;
    uint32_t hash;
    uint32_t first_item;
    uint32_t last_item;
    uint32_t count;
  };

  enum class Repeats { kRefuse, kAccept };

  // Looks at the values of a key and empties the index. Afterwards Start()
  // empties it for another piece of the same key.
  void StartKey(const KeyOperations& key);
  void Start();
  // Empties the index for values that are not known beforehand.
  void StartOpen();

  // Takes up the value of a write. False, and without effect, if it is empty,
  // equals a value taken up before (with kAccept Appends without report may
  // repeat one another, where their intervals are not nested), or would make
  // parsing ambiguous.
  bool Add(const KeyOperations& key, uint32_t item, Repeats repeats);
  // The same for one value, which must not repeat.
  bool AddOnce(std::string_view value, uint32_t item);
  // Takes the writes from `item` on out again. Requires that all were added
  // with kRefuse, in order.
  void DropFrom(uint32_t item);
  size_t size() const { return entries_.size(); }

  // The value at the beginning of `text`; of a key without Appends, the value
  // that is `text`.
  Token Find(std::string_view text) const;
  // The same for a key with Appends, if it is the value of `entry`, which need
  // not exist; else none.
  Token FindIf(std::string_view text, uint32_t entry) const {
    if (entry >= entries_.size() || !BeginsWith(text, entries_[entry].value)) {
      return {};
    }
    return {entry, static_cast<uint32_t>(entries_[entry].value.size())};
  }
  const Entry& entry(uint32_t entry) const { return entries_[entry]; }
  // Whether a value is written by several items.
  bool HasRepeats() const { return !next_item_.empty(); }
  // The next item that writes the same value, or kNone.
  uint32_t NextItem(uint32_t item) const {
    return item < next_item_.size() ? next_item_[item] : kNone;
  }

  // Whether the key has Appends: an output may be several values in a row.
  bool HasAppends() const { return shape_ != Shape::kWhole; }

 private:
  static constexpr size_t kFew = 64;  // values; most pieces need no more room

  // How the end of a value is recognised.
  enum class Shape {
    kWhole,        // no Appends: an output is one value
    kTerminated,   // all end in one byte that is nowhere else in them
    kFixedLength,  // all have the same length
    kGeneral,      // by order: a prefix of a text sorts just before it
  };

  // A slot is in use if it carries the current generation.
  struct Slot {
    uint32_t generation = 0;
    uint32_t hash = 0;
    uint32_t entry = 0;
  };

  Shape ShapeOf(const KeyOperations& key);
  bool InsertNew(std::string_view value, uint32_t hash, size_t slot,
                 uint32_t item);
  void FitTerminator(std::string_view value);
  bool Order(std::string_view value);
  void OrderAll();
  size_t SlotOf(std::string_view value, uint32_t hash) const;
  bool IsFree(size_t slot) const {
    return slots_[slot].generation != generation_;
  }
  void Place(uint32_t entry);
  void Rebuild(size_t slots);
  bool AddRepeat(const KeyOperations& key, uint32_t item, Entry& entry);
  bool IsAmbiguous(std::string_view value) const;
  Token FindByOrder(std::string_view text) const;

  Shape shape_ = Shape::kWhole;
  bool is_open_ = false;  // the shape follows the values that come
  char terminator_ = 0;
  uint32_t fixed_length_ = 0;
  std::vector<Entry> entries_;
  std::vector<Slot> slots_;
  size_t mask_ = 0;  // the table uses slots_[0..mask_]
  uint32_t generation_ = 0;
  std::vector<uint32_t> next_item_;  // empty while no value repeats
  std::map<std::string_view, uint32_t> ordered_;  // kGeneral only
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_VALUE_INDEX_H_
