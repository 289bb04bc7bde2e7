#include "reprise/kv/raft/wire.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace reprise::kv::raft {
namespace {

template <typename Archive, Either<RequestVote> T>
void Fields(Archive& archive, T& message) {
  archive.Number(message.term);
  Fields(archive, message.last);
  archive.Flag(message.is_pre_vote);
  archive.Flag(message.is_transfer);
}

template <typename Archive, Either<RequestVoteReply> T>
void Fields(Archive& archive, T& message) {
  archive.Number(message.term);
  archive.Flag(message.is_granted);
  archive.Flag(message.is_pre_vote);
}

template <typename Archive, Either<AppendEntries> T>
void Fields(Archive& archive, T& message) {
  archive.Number(message.term);
  Fields(archive, message.previous);
  archive.Number(message.commit);
  archive.Number(message.round);
  archive.List(message.entries);
}

template <typename Archive, Either<AppendEntriesReply> T>
void Fields(Archive& archive, T& message) {
  archive.Number(message.term);
  archive.Flag(message.is_matching);
  archive.Number(message.index);
  if (archive.version() >= 2) archive.Number(message.conflict_term);
  archive.Number(message.round);
  archive.Number(message.life);
  archive.Flag(message.is_amnesiac);
}

template <typename Archive, Either<InstallSnapshot> T>
void Fields(Archive& archive, T& message) {
  archive.Number(message.term);
  Fields(archive, message.last);
  archive.Members(message.membership);
  archive.Number(message.offset);
  archive.Flag(message.is_last_piece);
  archive.Text(message.piece);
  archive.Number(message.round);
}

template <typename Archive, Either<InstallSnapshotReply> T>
void Fields(Archive& archive, T& message) {
  archive.Number(message.term);
  archive.Number(message.last_index);
  archive.Number(message.bytes);
  archive.Flag(message.is_installed);
  archive.Number(message.round);
  archive.Number(message.life);
  archive.Flag(message.is_amnesiac);
}

template <typename Archive, Either<TimeoutNow> T>
void Fields(Archive& archive, T& message) {
  archive.Number(message.term);
}

// Enough for all that is not data.
constexpr size_t kFieldsBytesMax = 64;
constexpr size_t kEntryFieldsBytesMax = 20;

// What to reserve: nothing for what is small.
size_t BytesMax(const Message& message) {
  if (const auto* append = std::get_if<AppendEntries>(&message)) {
    if (append->entries.empty()) return 0;
    size_t bytes = kFieldsBytesMax;
    for (const Entry& entry : append->entries) {
      bytes += kEntryFieldsBytesMax + entry.data.size();
    }
    return bytes;
  }
  if (const auto* snapshot = std::get_if<InstallSnapshot>(&message)) {
    return kFieldsBytesMax + snapshot->piece.size();
  }
  return 0;
}

template <typename T>
bool Read(Reader& reader, Message& message) {
  Fields(reader, message.emplace<T>());
  return reader.IsDone();
}

using ReadFunction = bool (*)(Reader&, Message&);

template <size_t... kKinds>
ReadFunction ReaderOf(size_t kind, std::index_sequence<kKinds...>) {
  static constexpr ReadFunction kReaders[] = {
      &Read<std::variant_alternative_t<kKinds, Message>>...};
  return kReaders[kind];
}

// Returns what is wrong.
absl::Status ReadVersions(std::string_view& bytes, Version own,
                          Versions& versions) {
  const size_t length = !bytes.empty() && bytes[0] == kFirstVersion ? 2 : 3;
  if (bytes.size() < length) {
    return absl::InvalidArgumentError("message is shorter than its header");
  }
  versions.version = static_cast<Version>(bytes[0]);
  versions.reads = static_cast<Version>(bytes[1]);
  if (length == 3) versions.all_read = static_cast<Version>(bytes[2]);
  bytes.remove_prefix(length);
  if (versions.version < kFirstVersion || versions.all_read < kFirstVersion ||
      versions.reads < std::max(versions.version, versions.all_read)) {
    return absl::InvalidArgumentError("message is of no version");
  }
  if (versions.version > std::min(own, kLastVersion)) {
    return absl::UnimplementedError("message is of a later version");
  }
  return absl::OkStatus();
}

}  // namespace

Bytes EncodeMessage(const Message& message, const Versions& versions) {
  Bytes bytes;
  bytes.reserve(BytesMax(message));
  Writer writer(bytes, versions.version);
  writer.Byte(versions.version);
  writer.Byte(versions.reads);
  if (versions.version > kFirstVersion) writer.Byte(versions.all_read);
  std::visit([&](const auto& given) { Fields(writer, given); }, message);
  return bytes;
}

absl::StatusOr<Received> DecodeMessage(size_t kind, std::string_view bytes,
                                       Version own) {
  Received received;
  const absl::Status status = ReadVersions(bytes, own, received.versions);
  if (!status.ok()) return status;
  Reader reader(bytes, received.versions.version);
  constexpr auto kKinds =
      std::make_index_sequence<std::variant_size_v<Message>>();
  if (!ReaderOf(kind, kKinds)(reader, received.message)) {
    return absl::InvalidArgumentError("message is malformed");
  }
  return received;
}

bool PeerVersions::Hear(NodeId peer, Version reads) {
  const auto found = std::lower_bound(
      peers_.begin(), peers_.end(), peer,
      [](const Peer& known, NodeId node) { return known.node < node; });
  if (found == peers_.end() || found->node != peer) {
    peers_.insert(found, {peer, reads});
    return true;
  }
  return std::exchange(found->reads, reads) != reads;
}

Version PeerVersions::For(NodeId peer) const {
  for (const Peer& known : peers_) {
    if (known.node == peer) return std::min(known.reads, own_);
  }
  return kFirstVersion;
}

Version PeerVersions::AllRead(std::span<const NodeId> peers) const {
  Version version = own_;
  for (const NodeId peer : peers) version = std::min(version, For(peer));
  return version;
}

}  // namespace reprise::kv::raft
