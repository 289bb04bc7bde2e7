// Purpose: what a decision is about. The table of purpose.h has a row for each.

#ifndef REPRISE_SIM_WORLD_PURPOSE_KIND_H_
#define REPRISE_SIM_WORLD_PURPOSE_KIND_H_

#include <cstdint>

namespace reprise {

enum class Purpose : uint8_t {
  // Of links.
  kRequestDelay,
  kRequestLoss,
  kRequestDuplicate,
  kRequestDuplicateDelay,
  kRequestCorruption,
  kReplyDelay,
  kReplyLoss,
  kReplyDuplicate,
  kReplyDuplicateDelay,
  kReplyCorruption,
  kMessageDelay,
  kMessageLoss,
  kMessageDuplicate,
  kMessageDuplicateDelay,
  kMessageCorruption,
  kRequestReorder,
  kRequestBadLinkLoss,
  kRequestSlowMethodLoss,
  kRequestRuling,
  kReplyReorder,
  kReplyBadLinkLoss,
  kReplySlowMethodLoss,
  kReplyRuling,
  kMessageReorder,
  kMessageBadLinkLoss,
  kMessageSlowMethodLoss,
  kMessageRuling,
  kUnreachableDelay,
  kClog,
  kReset,
  kFlap,
  kBadLink,
  // Of methods, by their names.
  kSlowMethod,
  // Of the world.
  kPartition,
  kPartitionShape,
  // Of nodes.
  kCrash,
  kCrashDuringDisk,
  kCrashAfterDisk,
  kCrashAfterSend,
  kRestartEmpty,
  kPause,
  kSlow,
  kClockSkew,
  kClockDrift,
  kClockJump,
  kClockJumpSize,
  kResolveError,
  kCrashTogether,
  kCrashAgain,
  kClockLeap,
  kClockStop,
  // Of zones.
  kZoneCrash,
  kZonePause,
  // Of disks and their files.
  kReadDelay,
  kReadError,
  kWriteDelay,
  kWriteError,
  kSyncDelay,
  kSyncError,
  kBitRot,
  kSectorFate,
  kSizeLost,
  kNameLost,
  kDiskStall,
  kDiskFull,
  kWriteLost,
  kWriteMisdirected,
  kReadMisdirected,
  kRotAtRest,
  // Of fault sites, by their names: "site-NAME".
  kSite,
  // Of the tasks of a node.
  kTaskPassed,
  kTaskForgotten,
  // Of the script: how long what it says is to last.
  kScriptedPartition,
  kScriptedCut,
  kScriptedClog,
  kScriptedCrash,
  kScriptedPause,
  kScriptedSlow,
  kScriptedClockJump,
  kScriptedReset,
  // Of edits alone: what the seed leaves in its place.
  kOperationLeftOut,
  kOperationStart,
  kOperations,
  kClientLeftOut,
  kNodeLeftOut,
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_PURPOSE_KIND_H_
