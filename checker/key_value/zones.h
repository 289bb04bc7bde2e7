// Judges a segment whose values identify their writes, without a search.
//
// Every output parses in one way into the write that began its epoch (a Put, or
// the value before the segment) and the Appends that followed: a position. A
// Put, its observed Appends and the operations that observed them form a
// cluster, in levels: Put, Gets at position 0, Append 1, Gets at position 1 and
// so on. An answered write that no one observed is a cluster of its own. With
// Zf the earliest return of a cluster and Zs its latest call, its zone is
// forward, [Zf, Zs], if Zf < Zs, and else backward, [Zs, Zf]. The segment is
// linearizable if and only if every output parses and
//   (a) no operation returns before one of a lower level of its cluster is
//       called,
//   (b) no two forward zones overlap,
//   (c) no backward zone lies strictly inside a forward one.
// These are the zones of Gibbons and Korach ("Testing shared memories", 1997,
// section 4.2: a register whose written values are distinct), carried over to
// Append.
//
// Time O(n log n + bytes observed), memory O(n).
//
//   Zones zones(history);
//   if (zones.Check(key, segmenter.values(), segment) ==
//       Zones::Result::kConflict) {
//     Report(zones.conflict());
//   }

#ifndef REPRISE_CHECKER_KEY_VALUE_ZONES_H_
#define REPRISE_CHECKER_KEY_VALUE_ZONES_H_

#include <cstdint>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_operations.h"
#include "reprise/checker/key_value/parse.h"
#include "reprise/checker/key_value/segments.h"
#include "reprise/checker/key_value/value_index.h"

namespace reprise::checker {

class Zones {
 public:
  using Result = Parse::Result;  // kParsed means that it holds

  explicit Zones(const History& history, const CheckMonitor* monitor = nullptr)
      : monitor_(monitor), parse_(history, monitor) {
    levels_begin_.reserve(Parse::kFew);
    forward_.reserve(Parse::kFew);
    backward_.reserve(Parse::kFew);
  }

  // Requires a segment with Path::kZones and the values written in it.
  Result Check(const KeyOperations& key, const ValueIndex& values,
               const Segment& segment);

  // After kConflict: operations that contradict each other.
  const Conflict& conflict() const { return conflict_; }

  // After kParsed: appends a linearization of the segment, as items. Pending
  // writes that nobody observed are left out.
  void AppendOrder(std::vector<uint32_t>& order) const;

 private:
  static constexpr uint32_t kNone = Parse::kNone;

  struct Level {
    EventIndex first_return = kNever;
    EventIndex last_call = 0;
  };

  // Of a cluster, or of an Append that nobody observed.
  struct Zone {
    EventIndex begin;  // Zf and Zs, the smaller one first
    EventIndex end;
    uint32_t cluster;  // or kNone
    uint32_t item;     // the Append, or kNone
  };

  void BuildLevels();
  bool BuildZones();
  bool LevelsAreInOrder(uint32_t cluster, Level& extremes);
  void AddZone(Zone zone);  // given its Zf and Zs
  bool InitialZoneIsFirst();
  bool ForwardZonesAreApart();
  bool BackwardZonesFit();

  // These run once, to find the operations of a contradiction.
  bool Fail(ConflictKind kind, std::vector<uint32_t> items);
  bool FailLevels(uint32_t cluster, uint32_t upper);
  bool FailInitial(uint32_t reader, uint32_t other);
  bool FailEpochs(const Zone& a, const Zone& b);
  void AddReader(uint32_t item, std::vector<uint32_t>& items) const;
  uint32_t FirstToReturn(const Zone& zone) const;
  uint32_t LastToCall(const Zone& zone) const;

  const CheckMonitor* const monitor_;
  Parse parse_;
  const KeyOperations* key_ = nullptr;
  const Segment* segment_ = nullptr;
  std::vector<uint32_t> levels_begin_;  // of each cluster in levels_
  std::vector<Level> levels_;
  std::vector<uint32_t> unobserved_;  // Appends
  EventIndex initial_last_call_ = 0;
  std::vector<Zone> forward_;   // by begin
  std::vector<Zone> backward_;  // by begin
  Conflict conflict_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_ZONES_H_
