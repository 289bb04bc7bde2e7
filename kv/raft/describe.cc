#include "reprise/kv/raft/describe.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/kv/raft/messages.h"
#include "reprise/kv/raft/types.h"
#include "reprise/kv/raft/wire.h"

namespace reprise::kv::raft {
namespace {

// "index/term".
std::string Place(const Position& position) {
  return absl::StrCat(position.index, "/", position.term);
}

std::string Describe(const RequestVote& m) {
  return absl::StrCat("term ", m.term, ", log to ", Place(m.last),
                      m.is_pre_vote ? ", only asks" : "",
                      m.is_transfer ? ", transfer" : "");
}

std::string Describe(const RequestVoteReply& m) {
  return absl::StrCat("term ", m.term, m.is_granted ? ", granted" : ", refused",
                      m.is_pre_vote ? " if it stood" : "");
}

std::string Describe(const AppendEntries& m) {
  const size_t count = m.entries.size();
  const std::string what =
      count == 0 ? "heartbeat"
                 : absl::StrCat(count, count == 1 ? " entry" : " entries");
  return absl::StrCat("term ", m.term, ", ", what, " after ", Place(m.previous),
                      ", commit ", m.commit);
}

std::string Describe(const AppendEntriesReply& m) {
  if (m.is_matching) {
    return absl::StrCat("term ", m.term, ", has ", m.index,
                        m.is_amnesiac ? ", lost its data" : "");
  }
  return absl::StrCat(
      "term ", m.term, ", try ", m.index,
      m.conflict_term == 0 ? "" : absl::StrCat(", conflict ", m.conflict_term),
      m.is_amnesiac ? ", lost its data" : "");
}

std::string Describe(const InstallSnapshot& m) {
  return absl::StrCat("term ", m.term, ", snapshot of ", Place(m.last),
                      ", bytes ", m.offset, " to ", m.offset + m.piece.size(),
                      m.is_last_piece ? ", the last" : "");
}

std::string Describe(const InstallSnapshotReply& m) {
  return absl::StrCat("term ", m.term, ", has ", m.bytes, " bytes of ",
                      m.last_index, m.is_installed ? ", installed" : "",
                      m.is_amnesiac ? ", lost its data" : "");
}

std::string Describe(const TimeoutNow& m) {
  return absl::StrCat("term ", m.term);
}

}  // namespace

std::string DescribeMessage(size_t kind, std::string_view message) {
  const absl::StatusOr<Received> received =
      DecodeMessage(kind, message, kLastVersion);
  if (!received.ok()) return absl::StrCat(message.size(), " unknown bytes");
  return std::visit([](const auto& given) { return Describe(given); },
                    received->message);
}

}  // namespace reprise::kv::raft
