// Cuts the operations of one key into pieces that can be judged one after the
// other, each from a known value.
//
// A cut goes where no operation is open and the value is known whatever the
// order was: the last operation is a Get that overlaps no write, or a write
// that overlaps no other and whose result is known from itself (a Put, a
// reporting Append, a Cas that succeeded). Neighbouring pieces are joined again
// while the values of their writes identify them.
//
//   Segmenter segmenter(history);
//   segmenter.StartKey(key);
//   Segment segment;
//   while (segmenter.Next(segment)) ...

#ifndef REPRISE_CHECKER_KEY_VALUE_SEGMENTS_H_
#define REPRISE_CHECKER_KEY_VALUE_SEGMENTS_H_

#include <cstdint>
#include <string_view>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_operations.h"
#include "reprise/checker/key_value/value_index.h"

namespace reprise::checker {

// A value that a key certainly has at some instant.
struct KnownValue {
  static constexpr uint32_t kInitial = ~uint32_t{0};

  std::string_view bytes;
  ChainId chain = 0;         // a chain that begins with it, or 0
  uint32_t item = kInitial;  // the operation that shows it
};

enum class Path : uint8_t {
  kZones,   // values identify their writes: zones.h
  kAlone,   // a single Put: always possible
  kSearch,  // everything else: search.h
};

struct Segment {
  uint32_t begin = 0;  // items
  uint32_t end = 0;
  KnownValue base;
  Path path = Path::kZones;
};

class Segmenter {
 public:
  explicit Segmenter(const History& history,
                     const CheckMonitor* monitor = nullptr)
      : history_(history), monitor_(monitor) {}

  // Requires that `key` outlives the calls of Next(). Once the monitor says
  // stop, segments are cut where they should not be.
  void StartKey(const KeyOperations& key);
  bool Next(Segment& segment);

  // The values written in the segment last returned, if its path is kZones.
  const ValueIndex& values() const { return values_; }

 private:
  // The operations up to the next cut, and the value that is known there.
  struct Atom {
    uint32_t begin = 0;
    uint32_t end = 0;
    KnownValue after;
  };

  Atom FindAtom(uint32_t begin) const;
  KnownValue ResultOf(uint32_t item) const;
  void CutBefore(uint32_t refused, Segment& segment);
  uint32_t FirstTouching();
  uint32_t AddValues(uint32_t end, const KnownValue& base,
                     ValueIndex::Repeats repeats);
  bool Disagrees(const KnownValue& base, const Operation& operation) const;
  Path PathAlone(const Atom& atom, const KnownValue& base);

  static constexpr uint32_t kItemsBetweenLooks = 1 << 16;

  const History& history_;
  const CheckMonitor* const monitor_;
  const KeyOperations* key_ = nullptr;
  ValueIndex values_;
  uint32_t begin_ = 0;   // of the next segment
  KnownValue base_;      // known there
  Atom atom_;            // that begins there, if it ends behind it
  size_t change_ = 0;    // of key_->changes, those before the segment
  size_t touching_ = 0;  // of key_->touching, those before the segment
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_SEGMENTS_H_
