// The faults that a world knows, a row each, and how often each of them struck.
//
// `list`, the reports, their JSON and docs/REFERENCE.md are made from the rows
// and keep their order.
//
//   for (const FaultRow& row : FaultTable()) std::cout << row.name << "\n";
//   ++counts[Fault::kCrash];
//
// How to add a fault stands in CONTRIBUTING.md.

#ifndef REPRISE_SIM_WORLD_FAULT_TABLE_H_
#define REPRISE_SIM_WORLD_FAULT_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>

namespace reprise {

// Of links first, then of partitions, nodes, clocks, code and disks.
enum class Fault : uint8_t {
  kDelay,
  kRequestLoss,
  kReplyLoss,
  kMessageLoss,
  kDuplicate,
  kLate,
  kCorruption,
  kBandwidth,
  kOverflow,
  kClog,
  kReset,
  kReorder,
  kFlap,
  kBadLink,
  kSlowMethod,
  kResolveError,
  kLinkDiffers,
  kPartition,
  kPartitionHalves,
  kPartitionOne,
  kPartitionGroups,
  kPartitionBridge,
  kPartitionRing,
  kPartitionZones,
  kClientsCutOff,
  kCrash,
  kCrashAtPoint,
  kRestartEmpty,
  kCrashTogether,
  kCrashAgain,
  kZoneCrash,
  kPause,
  kZonePause,
  kSlow,
  kAim,
  kClockSkew,
  kClockDrift,
  kClockJump,
  kClockLeap,
  kClockStop,
  kFaultSite,
  kTaskPassed,
  kTaskForgotten,
  kDiskLatency,
  kDiskError,
  kDiskFull,
  kBitRot,
  kTornWrite,
  kLostSize,
  kLostName,
  kDiskStall,
  kDiskBandwidth,
  kFullDisk,
  kWriteLost,
  kWriteMisdirected,
  kReadMisdirected,
  kRotAtRest,
};

inline constexpr size_t kFaultCount =
    static_cast<size_t>(Fault::kRotAtRest) + 1;

// How a report counts a fault: "1 crash", "2 crashes", "3 requests lost". What
// is on all the time, such as a wrong clock, or is a way in which another fault
// strikes, is not counted: its noun is empty.
struct FaultNoun {
  std::string_view json = {};  // The member of JSON: "requests_lost".
  std::string_view one = {};
  std::string_view many = {};
  std::string_view ending = {};  // After one or many, such as "lost".
  // What one that struck did, "stopped a packet", where one may strike nothing.
  std::string_view strike = {};
};

struct FaultRow {
  Fault fault;
  std::string_view name;    // Lower-case-with-hyphens.
  std::string_view about;   // One line.
  std::string_view option;  // Of FaultMix: what drives it; joined by ", ".
  std::string_view unit;    // Of the option.
  FaultNoun noun = {};

  constexpr bool IsCounted() const { return !noun.json.empty(); }
  // Whether one may have begun and struck nothing.
  constexpr bool MayBeIdle() const { return !noun.strike.empty(); }
};

// In the order of the enumerators.
std::span<const FaultRow> FaultTable();

// How often each fault began, drawn or scripted; and of those that may strike
// nothing, such as a partition while nobody sends, how often it struck.
class FaultCounts {
 public:
  constexpr FaultCounts() = default;
  // For tests: FaultCounts{{Fault::kCrash, 2}}. Each of them struck.
  constexpr FaultCounts(
      std::initializer_list<std::pair<Fault, uint64_t>> counts) {
    for (const auto& [fault, count] : counts) {
      (*this)[fault] = count;
      struck_[static_cast<size_t>(fault)] = count;
    }
  }

  // One that has begun strikes, for the first time.
  constexpr void Strike(Fault fault) { ++struck_[static_cast<size_t>(fault)]; }
  // How many struck nothing. Requires that the fault's row MayBeIdle().
  constexpr uint64_t Idle(Fault fault) const {
    return (*this)[fault] - struck_[static_cast<size_t>(fault)];
  }
  constexpr void Add(const FaultCounts& more) {
    for (size_t i = 0; i < kFaultCount; ++i) {
      counts_[i] += more.counts_[i];
      struck_[i] += more.struck_[i];
    }
  }

  constexpr uint64_t& operator[](Fault fault) {
    return counts_[static_cast<size_t>(fault)];
  }
  constexpr uint64_t operator[](Fault fault) const {
    return counts_[static_cast<size_t>(fault)];
  }

  friend bool operator==(const FaultCounts&, const FaultCounts&) = default;

 private:
  std::array<uint64_t, kFaultCount> counts_ = {};
  std::array<uint64_t, kFaultCount> struck_ = {};  // Of rows that MayBeIdle().
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_FAULT_TABLE_H_
