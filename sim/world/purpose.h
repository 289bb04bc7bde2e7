// What decisions are about, a row for each purpose: its name and the unit of
// its answers.
//
// The name is part of the key of a stream of random numbers and stands in
// replay files: renaming a purpose changes all its draws. The unit decides
// which answers a replay file may contain, also one that was edited by hand.
//
//   const PurposeRow* row = FindPurpose("a->b", "request-loss");
//   row->Allows(7);     // false
//   row->Expected();    // "0 or 1"

#ifndef REPRISE_SIM_WORLD_PURPOSE_H_
#define REPRISE_SIM_WORLD_PURPOSE_H_

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "reprise/sim/world/purpose_kind.h"

namespace reprise {

// What the answer of a decision counts. 0 is calm in all of them, but for a
// delay, whose calm answer is the one that its options name.
enum class Unit : uint8_t {
  kYesNo,     // 1: it happens.
  kDuration,  // Nanoseconds: a delay, or how long an outage lasts.
  kPlace,     // Where it strikes, counted from 1; beyond the last is the last.
  kFate,      // Which of several fates, with a detail (DecideAmong).
  kWord,      // A word to draw something with.
  kCuts,      // Who is cut off from whom, in words, or a word to draw it with.
  kCount,     // At most so many; 0: any number.
};

// The entity of scripted faults.
inline constexpr std::string_view kScriptEntity = "script";

struct PurposeRow {
  Purpose purpose;
  // Lower-case-with-hyphens. One that ends with a hyphen is the beginning of
  // many names.
  std::string_view name;
  Unit unit;
  // Where two purposes share a name: the entity that has this one.
  std::string_view entity = {};
  uint64_t fates = 0;  // How many there are to choose from.

  bool IsFamily() const { return name.ends_with('-'); }
  // Whether its decisions are about packets, each by what it serves.
  bool IsOfPackets() const { return purpose <= Purpose::kUnreachableDelay; }
  // Whether they are about turns of tasks, which have names as packets do, with
  // the task's name in place of the method.
  bool IsOfTurns() const {
    return purpose == Purpose::kTaskPassed ||
           purpose == Purpose::kTaskForgotten;
  }
  // Whether words may answer a decision, too (Decision::words).
  bool TakesWords() const { return unit == Unit::kCuts; }
  // Whether `value` may answer a decision.
  bool Allows(uint64_t value) const;
  // What it allows, in words.
  std::string Expected() const;
};

inline constexpr PurposeRow kPurposes[] = {
    {Purpose::kRequestDelay, "request-delay", Unit::kDuration},
    {Purpose::kRequestLoss, "request-loss", Unit::kYesNo},
    {Purpose::kRequestDuplicate, "request-duplicate", Unit::kYesNo},
    {Purpose::kRequestDuplicateDelay, "request-duplicate-delay",
     Unit::kDuration},
    {Purpose::kRequestCorruption, "request-corruption", Unit::kPlace},
    {Purpose::kReplyDelay, "reply-delay", Unit::kDuration},
    {Purpose::kReplyLoss, "reply-loss", Unit::kYesNo},
    {Purpose::kReplyDuplicate, "reply-duplicate", Unit::kYesNo},
    {Purpose::kReplyDuplicateDelay, "reply-duplicate-delay", Unit::kDuration},
    {Purpose::kReplyCorruption, "reply-corruption", Unit::kPlace},
    {Purpose::kMessageDelay, "message-delay", Unit::kDuration},
    {Purpose::kMessageLoss, "message-loss", Unit::kYesNo},
    {Purpose::kMessageDuplicate, "message-duplicate", Unit::kYesNo},
    {Purpose::kMessageDuplicateDelay, "message-duplicate-delay",
     Unit::kDuration},
    {Purpose::kMessageCorruption, "message-corruption", Unit::kPlace},
    // How many packets that were sent after it arrive first; what a packet rule
    // says: to deliver it after the nanoseconds above the fate, to drop it, to
    // duplicate it.
    {Purpose::kRequestReorder, "request-reorder", Unit::kPlace},
    {Purpose::kRequestBadLinkLoss, "request-bad-link-loss", Unit::kYesNo},
    {Purpose::kRequestSlowMethodLoss, "request-slow-method-loss", Unit::kYesNo},
    {Purpose::kRequestRuling, "request-ruling", Unit::kFate, {}, 3},
    {Purpose::kReplyReorder, "reply-reorder", Unit::kPlace},
    {Purpose::kReplyBadLinkLoss, "reply-bad-link-loss", Unit::kYesNo},
    {Purpose::kReplySlowMethodLoss, "reply-slow-method-loss", Unit::kYesNo},
    {Purpose::kReplyRuling, "reply-ruling", Unit::kFate, {}, 3},
    {Purpose::kMessageReorder, "message-reorder", Unit::kPlace},
    {Purpose::kMessageBadLinkLoss, "message-bad-link-loss", Unit::kYesNo},
    {Purpose::kMessageSlowMethodLoss, "message-slow-method-loss", Unit::kYesNo},
    {Purpose::kMessageRuling, "message-ruling", Unit::kFate, {}, 3},
    {Purpose::kUnreachableDelay, "unreachable-delay", Unit::kDuration},
    {Purpose::kClog, "clog", Unit::kDuration},
    {Purpose::kReset, "reset", Unit::kYesNo},
    {Purpose::kFlap, "flap", Unit::kDuration},
    {Purpose::kBadLink, "bad-link", Unit::kYesNo},
    {Purpose::kSlowMethod, "slow-method", Unit::kDuration},
    {Purpose::kPartition, "partition", Unit::kDuration},
    {Purpose::kPartitionShape, "partition-shape", Unit::kCuts},
    {Purpose::kCrash, "crash", Unit::kDuration},
    // Of the node's disk operations, and of the packets that it sends, from 0.
    {Purpose::kCrashDuringDisk, "crash-during-disk", Unit::kDuration},
    {Purpose::kCrashAfterDisk, "crash-after-disk", Unit::kDuration},
    {Purpose::kCrashAfterSend, "crash-after-send", Unit::kDuration},
    {Purpose::kRestartEmpty, "restart-empty", Unit::kYesNo},
    {Purpose::kPause, "pause", Unit::kDuration},
    {Purpose::kSlow, "slow", Unit::kDuration},
    {Purpose::kClockSkew, "clock-skew", Unit::kWord},
    {Purpose::kClockDrift, "clock-drift", Unit::kWord},
    {Purpose::kClockJump, "clock-jump", Unit::kYesNo},
    {Purpose::kClockJumpSize, "clock-jump-size", Unit::kWord},
    {Purpose::kResolveError, "resolve-error", Unit::kYesNo},
    // Of the tick at which another node crashed.
    {Purpose::kCrashTogether, "crash-together", Unit::kDuration},
    // How long after its restart.
    {Purpose::kCrashAgain, "crash-again", Unit::kDuration},
    // To which error, in nanoseconds: n is forth, leap_max + n back.
    {Purpose::kClockLeap, "clock-leap", Unit::kPlace},
    {Purpose::kClockStop, "clock-stop", Unit::kDuration},
    {Purpose::kZoneCrash, "zone-crash", Unit::kDuration},
    {Purpose::kZonePause, "zone-pause", Unit::kDuration},
    {Purpose::kReadDelay, "read-delay", Unit::kDuration},
    {Purpose::kReadError, "read-error", Unit::kYesNo},
    {Purpose::kWriteDelay, "write-delay", Unit::kDuration},
    // Of a Write: how much of it was written.
    {Purpose::kWriteError, "write-error", Unit::kPlace},
    {Purpose::kSyncDelay, "sync-delay", Unit::kDuration},
    {Purpose::kSyncError, "sync-error", Unit::kYesNo},
    {Purpose::kBitRot, "bit-rot", Unit::kPlace},
    {.purpose = Purpose::kSectorFate,
     .name = "sector-fate",
     .unit = Unit::kFate,
     .fates = 3},
    {Purpose::kSizeLost, "size-lost", Unit::kPlace},
    {Purpose::kNameLost, "name-lost", Unit::kYesNo},
    {Purpose::kDiskStall, "disk-stall", Unit::kDuration},
    {Purpose::kDiskFull, "disk-full", Unit::kDuration},
    // Of a file's writes and of its reads, from 0.
    {Purpose::kWriteLost, "write-lost", Unit::kYesNo},
    {Purpose::kWriteMisdirected, "write-misdirected", Unit::kPlace},
    {Purpose::kReadMisdirected, "read-misdirected", Unit::kPlace},
    // Of a disk: a bit of all files, or, beyond them, of all their ends.
    {Purpose::kRotAtRest, "rot-at-rest", Unit::kPlace},
    {Purpose::kSite, "site-", Unit::kYesNo},
    // The first: how many others run before.
    {Purpose::kTaskPassed, "task-passed", Unit::kPlace},
    {Purpose::kTaskForgotten, "task-forgotten", Unit::kDuration},
    {Purpose::kScriptedPartition, "partition", Unit::kDuration, kScriptEntity},
    {Purpose::kScriptedCut, "cut", Unit::kDuration, kScriptEntity},
    {Purpose::kScriptedClog, "clog", Unit::kDuration, kScriptEntity},
    {Purpose::kScriptedCrash, "crash", Unit::kDuration, kScriptEntity},
    {Purpose::kScriptedPause, "pause", Unit::kDuration, kScriptEntity},
    {Purpose::kScriptedSlow, "slow", Unit::kDuration, kScriptEntity},
    {Purpose::kScriptedClockJump, "clock-jump", Unit::kDuration, kScriptEntity},
    {Purpose::kScriptedReset, "reset", Unit::kDuration, kScriptEntity},
    {Purpose::kOperationLeftOut, "operation-left-out", Unit::kYesNo},
    // The virtual time before which it does not begin.
    {Purpose::kOperationStart, "operation-start", Unit::kDuration},
    // In the loop whose first operation has the index of the decision.
    {Purpose::kOperations, "operations", Unit::kCount},
    {Purpose::kClientLeftOut, "client-left-out", Unit::kYesNo},
    {Purpose::kNodeLeftOut, "node-left-out", Unit::kYesNo},
};

constexpr bool ArePurposesInOrder() {
  for (size_t i = 0; i < std::size(kPurposes); ++i) {
    if (kPurposes[i].purpose != static_cast<Purpose>(i)) return false;
  }
  return true;
}
static_assert(std::size(kPurposes) ==
                  static_cast<size_t>(Purpose::kNodeLeftOut) + 1 &&
              ArePurposesInOrder());

constexpr const PurposeRow& RowOf(Purpose purpose) {
  return kPurposes[static_cast<size_t>(purpose)];
}

// The purpose that the decisions of `entity` call `name`; null: there is none.
const PurposeRow* FindPurpose(std::string_view entity, std::string_view name);

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_PURPOSE_H_
