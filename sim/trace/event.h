// TraceEvent: one thing that happened in a trial.
//
// All kinds share one flat record, so that recording is a few stores and the
// digest covers every field by construction. Beside each kind stands what `id`,
// `value`, `bytes` and `hash` mean for it; fields that are not named there are
// zero.

#ifndef REPRISE_SIM_TRACE_EVENT_H_
#define REPRISE_SIM_TRACE_EVENT_H_

#include <cstdint>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"

namespace reprise {

// Digests depend on the numbers: a new kind goes to the end. Each kind has a
// row in event_text.cc, which says what a trace prints of it.
enum class EventKind : uint8_t {
  // A message left `node` for `peer`. id: call number; method: the method;
  // value: nanoseconds until it arrives; bytes, hash: its content.
  kRequestSent,
  kReplySent,
  // As above, but the network drops the message. value: nanoseconds until the
  // loss takes effect.
  kRequestLost,
  kReplyLost,
  // A duplicate of a message was put on the link. value: as for sending.
  kRequestDuplicated,
  kReplyDuplicated,
  // A message from `peer` arrived at `node`. id: call number.
  kRequestDelivered,
  kReplyDelivered,
  // A reply or a notice of loss came after its call had ended. id: call number.
  kReplyIgnored,
  // A call made by `node` to `peer` ended without a reply. id: call number;
  // value: the absl::StatusCode.
  kCallFailed,
  // A request found no node or no handler. id: call number.
  kRequestRefused,
  // A request was not sent: `peer` is down or cut off. id: call number.
  kRequestUnreachable,
  // The link from `node` to `peer` was cut or connected again.
  kLinkCut,
  kLinkConnected,
  // A task of `node` began or ended. id: task number; hash: of its name;
  // value: 1 if it was cancelled.
  kTaskStarted,
  kTaskEnded,
  // The node began to run. id: how often it had begun before.
  kNodeBooted,
  // The node stopped. id: how often it has begun; value: 0 for a crash, 1 for a
  // stop in good order.
  kNodeStopped,
  // A name entered the world. id: its number; hash: of the name.
  kNodeNamed,
  kMethodNamed,
  // A client's operation. id: number in the history; value: its kind.
  // At the call bytes: of the written value; hash: of key and value
  // (operation_content.h). At the return bytes, hash: the output.
  kOperationCalled,
  kOperationReturned,
  // A line that a scenario wrote. bytes, hash: the text.
  kNote,
  // The node was paused, so that its tasks stood still, or was resumed.
  kNodePaused,
  kNodeResumed,
  // From now on, what is sent to `node` takes value nanoseconds longer. 0: the
  // slowness has ended.
  kNodeSlowed,
  // The node's wall time moved by value nanoseconds (two's complement).
  kClockJumped,
  // Packets from `node` to `peer` wait for value nanoseconds.
  kLinkClogged,
  // The network fell into parts, or became whole. bytes, hash: the names of the
  // pairs of nodes that are cut.
  kPartitioned,
  kPartitionHealed,
  // What happened on the disk of `node`. id: the file's number, from 1 on for
  // each disk; 0: the directory.
  // A file was opened. value: 1 if it was made; bytes, hash: its name.
  kFileOpened,
  // value: the offset; bytes, hash: what was read or written.
  kFileRead,
  kFileWritten,
  kFileResized,      // value: the new size.
  kFileSynced,       // value: sectors that it made durable.
  kFileRenamed,      // bytes, hash: the new name.
  kFileRemoved,      // bytes, hash: the name.
  kDirectoryListed,  // value: how many names.
  kDirectorySynced,  // value: changes that it made durable.
  // An operation failed. value: the absl::StatusCode.
  kDiskFailed,
  // A stored bit flipped. value: its number in the file.
  kBitRotted,
  // A crash met a file that was not synced. value: how many sectors were not.
  kFileUnsynced,
  // What the crash did. value: the sector.
  kSectorLost,
  kSectorTorn,
  kSectorGarbled,
  kSizeLost,  // value: the size that is left.
  kNameLost,  // bytes, hash: "rename log to old", which has not happened.
  // All that was written became durable. value: sectors that were not before.
  kDiskFlushed,
  kDiskWiped,
  // A fault site fired on `node`. hash: of the site's name.
  kSiteFired,
  // What happened to a one-way message, as to a request above. id: its number
  // among the messages of the world.
  kMessageSent,
  kMessageLost,
  kMessageDuplicated,
  kMessageDelivered,
  kMessageRefused,
  kMessageUnreachable,
  // The connection of `node` to `peer` broke. value: calls that fail of it.
  kConnectionReset,
  // `node` looked a name up. peer: the node of that name; value: the
  // absl::StatusCode; bytes, hash: the name.
  kNameResolved,
  // What went wrong on the disk of `node` without a word; id as above. bytes,
  // hash: what was to be written or is read; value: the offset where it was to
  // be, or to which it went, or from which it comes.
  kWriteLost,
  kWriteMisdirected,
  kReadMisdirected,
  // The disk of `node` stands still, or has no more room, for value
  // nanoseconds.
  kDiskStalled,
  kDiskFilled,
  // A line of a log, by code of `node` or by the scenario; shown only, never
  // digested (Trace::Show). value: the LogLevel; bytes: the text.
  kLogged,
  kScenarioLogged,
  // Asides, which are shown only and never digested (Trace::Show).
  // What `node` holds. value: bytes that its memory account is charged with.
  kMemoryHeld,
  // Where the check of a history puts an operation. id: its number in the
  // history; value: its place in the order of its partition, from 1 on; 0: no
  // order explains its answer; bytes: of the partition's name.
  kOperationOrdered,
  // What `node` is, as its scenario says. id: 1 if that is what it was when the
  // trial was violated; bytes: of the state (sim/explore/trial/node_state.h).
  kNodeDescribed,
  // A task of `node`, bytes: of its name, whose turn had come, let others run
  // first, value: so many; or was forgotten, value: nanoseconds.
  kTurnPassed,
  kTaskForgotten,
  // For value nanoseconds, the link from `node` to `peer` is down and up in
  // turn.
  kLinkFlaps,
  // The link from `node` to `peer` is a bad one. value: nanoseconds that its
  // packets take longer.
  kLinkBad,
  // For value nanoseconds, packets of the method are slow or lost.
  kMethodSlowed,
  // The packet that `node` has just sent to `peer` lets up to value later ones
  // pass. id: its call; method: the method.
  kPacketHeld,
  // The nodes of a zone crashed together, or were paused together: each of them
  // follows. bytes, hash: the zone's name.
  kZoneCrashed,
  kZonePaused,
  // The wall time of `node` stood still, or went on as if it had not.
  kClockStopped,
  kClockWentOn,
  // Not a kind: how many there are.
  kCount,
};

// Whether events of the kind are no part of what happened, but of what is known
// about it.
constexpr bool IsAside(EventKind kind) {
  return kind == EventKind::kMemoryHeld ||
         kind == EventKind::kOperationOrdered ||
         kind == EventKind::kNodeDescribed;
}

struct TraceEvent {
  VirtualTime time = {};
  EventKind kind = EventKind::kNote;
  uint32_t method = 0;
  NodeId node = {};
  NodeId peer = {};
  uint64_t id = 0;
  uint64_t value = 0;
  uint64_t bytes = 0;
  uint64_t hash = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_EVENT_H_
