#include "reprise/kv/raft/wire.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/kv/raft/messages.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"

namespace reprise::kv::raft {
namespace {

constexpr Versions kOne = {.version = 1, .reads = 2};
constexpr Versions kTwo = {.version = 2, .reads = 2, .all_read = 2};

// One of each kind.
std::vector<Message> SomeMessages() {
  return {RequestVote{.term = 3, .last = {9, 2}, .is_pre_vote = true},
          RequestVoteReply{.term = 3, .is_granted = true},
          AppendEntries{.term = 3,
                        .previous = {7, 2},
                        .entries = {{3, EntryKind::kCommand, "x"},
                                    {3, EntryKind::kNoOp, ""}},
                        .commit = 5,
                        .round = 300},
          AppendEntriesReply{.term = 1ULL << 63,
                             .index = 7,
                             .conflict_term = 2,
                             .round = 300,
                             .life = 6},
          InstallSnapshot{.term = 3,
                          .last = {7, 2},
                          .membership = {.voters = {NodeId(1), NodeId(2)}},
                          .offset = 10,
                          .is_last_piece = true,
                          .piece = "piece",
                          .round = 4},
          InstallSnapshotReply{
              .term = 3, .last_index = 7, .bytes = 5, .is_amnesiac = true},
          TimeoutNow{.term = 3}};
}

TEST(WireTest, ReadsWhatWasWritten) {
  for (const Versions& versions : {kOne, kTwo}) {
    for (const Message& message : SomeMessages()) {
      const Bytes bytes = EncodeMessage(message, versions);
      const absl::StatusOr<Received> received =
          DecodeMessage(message.index(), bytes, kLastVersion);
      ASSERT_TRUE(received.ok()) << MethodOf(message);
      EXPECT_EQ(received->versions, versions);
      EXPECT_EQ(received->message.index(), message.index());
      EXPECT_EQ(EncodeMessage(received->message, versions), bytes);
    }
  }
}

TEST(WireTest, VersionOneKnowsNoConflictTerm) {
  const AppendEntriesReply reply = {.term = 3, .index = 7, .conflict_term = 2};
  const auto received =
      DecodeMessage(3, EncodeMessage(reply, kOne), kLastVersion);
  ASSERT_TRUE(received.ok());
  const auto& read = std::get<AppendEntriesReply>(received->message);
  EXPECT_EQ(read.index, 7U);
  EXPECT_EQ(read.conflict_term, 0U);
}

TEST(WireTest, RefusesALaterVersion) {
  const Bytes bytes = EncodeMessage(TimeoutNow{.term = 3}, kTwo);
  EXPECT_TRUE(absl::IsUnimplemented(DecodeMessage(6, bytes, 1).status()));
}

TEST(WireTest, ASmallReplyFitsIntoAString) {
  const AppendEntriesReply reply = {
      .term = 3, .is_matching = true, .index = 700, .round = 9000};
  EXPECT_LE(EncodeMessage(reply, kTwo).size(), Bytes().capacity());
}

TEST(WireTest, RefusesWhatIsCutShortOrGoesOn) {
  for (const Versions& versions : {kOne, kTwo}) {
    for (const Message& message : SomeMessages()) {
      Bytes bytes = EncodeMessage(message, versions);
      for (size_t length = 0; length < bytes.size(); ++length) {
        EXPECT_FALSE(DecodeMessage(message.index(),
                                   std::string_view(bytes).substr(0, length),
                                   kLastVersion)
                         .ok());
      }
      bytes.push_back('\0');
      EXPECT_FALSE(DecodeMessage(message.index(), bytes, kLastVersion).ok());
    }
  }
}

// Whatever is accepted is what an encoder would have written.
TEST(WireTest, AcceptsNothingElse) {
  RandomStream random(StreamKey(Seed(1), "raft-wire-test", "messages"));
  const std::vector<Message> messages = SomeMessages();
  int accepted = 0;
  for (int i = 0; i < 20'000; ++i) {
    const Message& message = messages[random.Uniform(0, 6)];
    Bytes bytes = EncodeMessage(message, random.Chance({1, 2}) ? kOne : kTwo);
    for (int64_t left = random.Uniform(1, 3); left > 0; --left) {
      const int64_t place =
          random.Uniform(0, static_cast<int64_t>(bytes.size()) - 1);
      bytes[place] ^= static_cast<char>(1 << random.Uniform(0, 7));
    }
    const absl::StatusOr<Received> received =
        DecodeMessage(message.index(), bytes, kLastVersion);
    if (!received.ok()) continue;
    ++accepted;
    EXPECT_EQ(EncodeMessage(received->message, received->versions), bytes);
  }
  EXPECT_GT(accepted, 1000);
}

TEST(PeerVersionsTest, WritesWhatBothKnow) {
  PeerVersions versions(2);
  EXPECT_EQ(versions.For(NodeId(1)), 1);
  EXPECT_TRUE(versions.Hear(NodeId(1), 2));
  EXPECT_FALSE(versions.Hear(NodeId(1), 2));
  EXPECT_EQ(versions.For(NodeId(1)), 2);
  EXPECT_TRUE(versions.Hear(NodeId(1), 1));
  EXPECT_EQ(versions.For(NodeId(1)), 1);
  EXPECT_EQ(PeerVersions(1).For(NodeId(1)), 1);
}

TEST(PeerVersionsTest, KnowsWhatAllRead) {
  PeerVersions versions(2);
  const NodeId peers[] = {NodeId(3), NodeId(1)};
  versions.Hear(NodeId(3), 2);
  EXPECT_EQ(versions.AllRead(peers), 1);
  versions.Hear(NodeId(1), 2);
  EXPECT_EQ(versions.AllRead(peers), 2);
}

}  // namespace
}  // namespace reprise::kv::raft
