// The messages between servers of Raft as bytes, in two versions.
//
//   version 1   1 | last version that its sender reads 1 | fields (archive.h)
//   version 2   2 | the same 1 | the last that all members read 1 | fields
//
// The method says which message it is. Each message says what its sender can
// read, so that each server writes to each other one the newest version that
// both know (PeerVersions). Version 1 knows no
// AppendEntriesReply::conflict_term: a leader goes back by the index alone.
//
// Guarantees: decoding refuses whatever an encoder would not have written. A
// reply of version 2 allocates nothing as long as its numbers are small.
//
//   Bytes bytes = EncodeMessage(message, {.version = 1, .reads = 2});
//   absl::StatusOr<Received> received =
//       DecodeMessage(message.index(), bytes, /*own=*/2);

#ifndef REPRISE_KV_RAFT_WIRE_H_
#define REPRISE_KV_RAFT_WIRE_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/kv/raft/archive.h"
#include "reprise/kv/raft/messages.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::kv::raft {

struct Versions {
  Version version = kLastVersion;  // In which the message is written.
  Version reads = kLastVersion;    // The last one that its sender can read.
  // The last one that all members can read, as far as the sender knows.
  Version all_read = kFirstVersion;

  friend bool operator==(const Versions&, const Versions&) = default;
};

struct Received {
  Message message;
  Versions versions;
};

Bytes EncodeMessage(const Message& message, const Versions& versions);
// `kind` is the place in Message, and that of the method in kMethods; `own` is
// the last version that is known here. Errors: InvalidArgument; Unimplemented
// where the message is of a later version.
absl::StatusOr<Received> DecodeMessage(size_t kind, std::string_view bytes,
                                       Version own);

// What a server knows of the versions of others. What a server says of itself
// holds until it says something else.
class PeerVersions {
 public:
  // `own` is the last version that this server knows.
  explicit PeerVersions(Version own) : own_(own) {}

  // Returns whether that is news.
  bool Hear(NodeId peer, Version reads);
  // What a message to `peer` is to be written in: the last version that both
  // know; the first one as long as nothing was heard.
  Version For(NodeId peer) const;
  // The last version that all of `peers` are known to read.
  Version AllRead(std::span<const NodeId> peers) const;

 private:
  struct Peer {
    NodeId node;
    Version reads;
  };

  Version own_;
  std::vector<Peer> peers_;  // By node.
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_WIRE_H_
