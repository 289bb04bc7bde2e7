#include "reprise/sim/trace/text.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_text.h"
#include "reprise/sim/trace/operation_content.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/text/printable.h"
#include "reprise/text/utf8.h"

namespace reprise {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

constexpr NodeId kServer(0);
constexpr NodeId kClerk(1);

class TextTest : public testing::Test {
 protected:
  // A trace of two nodes, printed with `options`.
  void Watch(TextOptions options = {.operation_names = {"Get", "Put"}}) {
    text_ = std::make_unique<TextTrace>(
        std::move(options),
        [this](std::string_view line) { lines_.emplace_back(line); });
    trace_.SetSink(text_.get());
    trace_.RecordContent({.kind = EventKind::kNodeNamed, .id = 0}, "server");
    trace_.RecordContent({.kind = EventKind::kNodeNamed, .id = 1}, "clerk-1");
    trace_.RecordContent({.kind = EventKind::kMethodNamed, .id = 0}, "kv.Put");
  }

  // `line` shows `event` in columns, with the words of its row.
  static void ExpectColumns(const TraceEvent& event, const EventText& row,
                            const std::string& line);

  Trace trace_;
  std::unique_ptr<TextTrace> text_;
  std::vector<std::string> lines_;
};

// The columns of a line, as a terminal shows them.
constexpr size_t kVerb = 26;
constexpr size_t kWhat = 36;
constexpr size_t kPeer = 82;
constexpr size_t kRemark = 95;

// What a terminal shows of `line` from `column` on.
std::string From(size_t column, const std::string& line) {
  for (size_t size = 0; size <= line.size(); ++size) {
    if (ColumnsOf(line.substr(0, size)) == column) return line.substr(size);
  }
  return "";
}

void TextTest::ExpectColumns(const TraceEvent& event, const EventText& row,
                             const std::string& line) {
  SCOPED_TRACE(line);
  EXPECT_TRUE(IsUtf8(line));
  EXPECT_EQ(line.find_first_of("\n\x1b\t"), std::string::npos);
  const bool has_node = row.parties != EventParties::kNobody;
  EXPECT_EQ(line.substr(16, 9), has_node ? "clerk-1  " : "         ");
  const EventWords& words = row.WordsOf(event);
  ASSERT_FALSE(words.verb.empty());
  EXPECT_EQ(From(kVerb, line).substr(0, words.verb.size()), words.verb);
  EXPECT_EQ((line + std::string(kWhat, ' '))[kWhat - 1], ' ');
  const bool has_peer = row.parties == EventParties::kNodeToPeer ||
                        row.parties == EventParties::kNodeFromPeer;
  if (has_peer) {
    EXPECT_THAT(From(kPeer - 2, line), MatchesRegex("  (->|<-) server.*"));
  }
  if (!words.fault.empty()) {
    // A text that has the whole line pushes the word away.
    if (has_node) {
      EXPECT_THAT(From(kRemark - 2, line),
                  StartsWith("  " + std::string(words.fault)));
    } else {
      EXPECT_THAT(line, EndsWith("  " + std::string(words.fault)));
    }
  }
}

TEST_F(TextTest, PrintsAStoryInColumns) {
  Watch();
  trace_.Record({.time = VirtualTime::Nanoseconds(1'120'340'000),
                 .kind = EventKind::kOperationCalled,
                 .node = kClerk,
                 .id = 31,
                 .value = 1,
                 .bytes = 7},
                JoinOperation("2", "x 1 4 y"));
  trace_.RecordContent({.time = VirtualTime::Nanoseconds(1'120'340'000),
                        .kind = EventKind::kRequestSent,
                        .node = kClerk,
                        .peer = kServer,
                        .id = 9,
                        .value = 61'000},
                       "bytes");
  trace_.Record({.time = VirtualTime::Nanoseconds(1'120'401'000),
                 .kind = EventKind::kRequestDelivered,
                 .node = kServer,
                 .peer = kClerk,
                 .id = 9});
  trace_.RecordContent({.time = VirtualTime::Nanoseconds(1'120'401'000),
                        .kind = EventKind::kReplyLost,
                        .node = kServer,
                        .peer = kClerk,
                        .id = 9},
                       "ok");
  trace_.RecordContent({.time = VirtualTime::Seconds(2),
                        .kind = EventKind::kOperationReturned,
                        .node = kClerk,
                        .id = 31,
                        .value = 1},
                       "");
  const std::string blanks(26, ' ');
  EXPECT_THAT(
      lines_,
      testing::ElementsAre(
          "   1.120 340 s  clerk-1   calls     Put(\"2\", \"x 1 4 y\")" +
              blanks + "              #31",
          "   1.120 340 s  clerk-1   sends     kv.Put \"bytes\" @9" +
              std::string(29, ' ') + "-> server    +61 us",
          "   1.120 401 s  server    receives  kv.Put \"bytes\" @9" +
              std::string(29, ' ') + "<- clerk-1",
          "   1.120 401 s  server    sends     reply to kv.Put \"ok\" @9" +
              std::string(23, ' ') + "-> clerk-1   LOST",
          "   2.000 000 s  clerk-1   returns   Put(\"2\", \"x 1 4 y\")" +
              blanks + "              #31"));
}

TEST_F(TextTest, ShowsWhatAGetReturned) {
  Watch();
  trace_.Record({.kind = EventKind::kOperationCalled, .node = kClerk, .id = 0},
                JoinOperation("k", ""));
  trace_.RecordContent(
      {.kind = EventKind::kOperationReturned, .node = kClerk, .id = 0}, "v");
  ASSERT_EQ(lines_.size(), 2u);
  EXPECT_NE(lines_[0].find("calls     Get(\"k\") "), std::string::npos);
  EXPECT_NE(lines_[1].find("returns   Get(\"k\") = \"v\""), std::string::npos);
}

TEST_F(TextTest, DescribesMessagesInTheirOwnWords) {
  TextOptions options;
  options.describe_message = [](MessageKind kind, std::string_view method,
                                std::string_view content) {
    return std::string(kind == MessageKind::kReply ? "reply " : "ask ") +
           std::string(method) + " " + std::string(content);
  };
  Watch(options);
  trace_.RecordContent(
      {.kind = EventKind::kRequestSent, .node = kClerk, .id = 1}, "seq 9");
  trace_.Record(
      {.kind = EventKind::kRequestDelivered, .peer = kClerk, .id = 1});
  trace_.RecordContent({.kind = EventKind::kReplySent, .peer = kClerk, .id = 1},
                       "fine");
  EXPECT_NE(lines_[0].find("ask kv.Put seq 9 @1"), std::string::npos);
  EXPECT_NE(lines_[1].find("receives  ask kv.Put seq 9 @1"), std::string::npos);
  EXPECT_NE(lines_[2].find("reply kv.Put fine @1"), std::string::npos);
}

TEST_F(TextTest, CutsWhatDoesNotFitItsColumn) {
  TextOptions options;
  options.describe_message = [](MessageKind, std::string_view,
                                std::string_view content) {
    return std::string(content);
  };
  Watch(options);
  for (const std::string& message : {std::string(60, 'x'), std::string("x")}) {
    trace_.RecordContent(
        {.kind = EventKind::kRequestSent, .node = kClerk, .id = 77}, message);
  }
  EXPECT_EQ(lines_[0].find("-> server"), lines_[1].find("-> server"));
  EXPECT_NE(lines_[0].find("xxx...xxxxxxxxxx @77  "), std::string::npos);
}

TEST_F(TextTest, FaultsStandOut) {
  Watch();
  const auto deadline =
      static_cast<uint64_t>(absl::StatusCode::kDeadlineExceeded);
  const std::pair<TraceEvent, std::string_view> expected[] = {
      {{.kind = EventKind::kRequestLost}, "LOST"},
      {{.kind = EventKind::kRequestDuplicated}, "DUPLICATE +0 us"},
      {{.kind = EventKind::kReplyDuplicated, .value = 412'000'000},
       "DUPLICATE +412 ms"},
      {{.kind = EventKind::kReplyIgnored}, "TOO LATE"},
      {{.kind = EventKind::kCallFailed, .value = deadline}, "DEADLINE PASSED"},
      {{.kind = EventKind::kRequestRefused}, "NOT SERVED"},
      {{.kind = EventKind::kNodeStopped}, "CRASH"},
  };
  for (const auto& [event, remark] : expected) {
    trace_.Record(event, "");
    EXPECT_TRUE(lines_.back().ends_with(remark)) << lines_.back();
  }
}

TEST_F(TextTest, TellsWhatHappensOnADisk) {
  Watch();
  trace_.RecordContent({.kind = EventKind::kFileOpened, .id = 1, .value = 1},
                       "tmp");
  trace_.RecordContent({.kind = EventKind::kFileWritten, .id = 1, .value = 512},
                       "hello");
  trace_.Record({.kind = EventKind::kFileSynced, .id = 1, .value = 1});
  trace_.RecordContent({.kind = EventKind::kFileRenamed, .id = 1}, "log");
  trace_.Record({.kind = EventKind::kDirectorySynced, .value = 2});
  trace_.Record({.kind = EventKind::kSectorTorn, .id = 1, .value = 3});
  trace_.Record({.kind = EventKind::kDiskFailed,
                 .id = 7,
                 .value = static_cast<uint64_t>(absl::StatusCode::kDataLoss)});
  ASSERT_EQ(lines_.size(), 7u);
  const char* const expected[] = {
      "creates   tmp",           "writes    tmp @512 \"hello\"",
      "syncs     tmp",           "renames   tmp to log",
      "syncs     the directory", "tears     log sector 3",
      "fails     file 7",
  };
  for (size_t i = 0; i < lines_.size(); ++i) {
    EXPECT_NE(lines_[i].find(expected[i]), std::string::npos) << lines_[i];
  }
  EXPECT_TRUE(lines_[5].ends_with("TORN")) << lines_[5];
  EXPECT_TRUE(lines_[6].ends_with("DATA_LOSS")) << lines_[6];
}

TEST_F(TextTest, AStopInGoodOrderIsNoFault) {
  Watch();
  trace_.Record({.kind = EventKind::kNodeStopped, .value = 1});
  EXPECT_TRUE(lines_.back().ends_with("stops")) << lines_.back();
}

TEST_F(TextTest, HidesTasksUnlessAsked) {
  Watch();
  trace_.Record({.kind = EventKind::kTaskStarted, .id = 4}, "main");
  EXPECT_TRUE(lines_.empty());
  Watch({.show_tasks = true});
  trace_.Record({.kind = EventKind::kTaskStarted, .id = 4}, "main");
  ASSERT_EQ(lines_.size(), 1u);
  EXPECT_NE(lines_[0].find("starts    task 4 main"), std::string::npos);
}

TEST_F(TextTest, TellsATaskThatWasCancelledFromOneThatReturned) {
  Watch({.show_tasks = true});
  trace_.Record({.kind = EventKind::kTaskEnded, .id = 4}, "main");
  trace_.Record({.kind = EventKind::kTaskEnded, .id = 5, .value = 1}, "main");
  ASSERT_EQ(lines_.size(), 2u);
  EXPECT_THAT(lines_[0], HasSubstr("ends      task 4 main"));
  EXPECT_THAT(lines_[1], HasSubstr("cancels   task 5 main"));
}

TEST_F(TextTest, ACutIsNoMessage) {
  Watch();
  trace_.Record({.kind = EventKind::kLinkCut, .node = kClerk});
  trace_.Record({.kind = EventKind::kLinkConnected, .node = kClerk});
  ASSERT_EQ(lines_.size(), 2u);
  EXPECT_THAT(lines_[0], HasSubstr("clerk-1   cuts      the link  "));
  EXPECT_THAT(lines_[0], EndsWith("-> server    CUT"));
  EXPECT_THAT(lines_[1], HasSubstr("clerk-1   connects  the link  "));
  EXPECT_THAT(lines_[1], EndsWith("-> server"));
}

TEST_F(TextTest, WhatHappensToTheWorldIsNoNodesDoing) {
  Watch();
  for (const EventKind kind : {EventKind::kPartitioned,
                               EventKind::kPartitionHealed, EventKind::kNote}) {
    trace_.RecordContent({.kind = kind}, "server->clerk-1");
    EXPECT_EQ(lines_.back().substr(16, 8), "        ") << lines_.back();
  }
}

TEST_F(TextTest, SpansHaveAFewDigits) {
  Watch();
  const std::pair<int64_t, std::string_view> expected[] = {
      {0, "+0 us"},
      {999, "+999 ns"},
      {1'234'567, "+1234 us"},
      {12'345'678, "+12 ms"},
      {1'234'567'890, "+1234 ms"},
      {12'345'678'901, "+12.3 s"},
      {60'000'000'000, "+60 s"},
      {Duration::Infinite().nanoseconds(), "+forever"},
  };
  for (const auto& [value, text] : expected) {
    trace_.Record({.kind = EventKind::kRequestSent,
                   .value = static_cast<uint64_t>(value)});
    EXPECT_THAT(lines_.back(), EndsWith(std::string("  ").append(text)));
  }
  trace_.Record({.kind = EventKind::kClockJumped,
                 .value = static_cast<uint64_t>(int64_t{-1'234'567})});
  EXPECT_THAT(lines_.back(), HasSubstr("clock by -1234 us "));
  trace_.Record({.kind = EventKind::kNodeSlowed, .value = 123'456'789});
  EXPECT_THAT(lines_.back(), HasSubstr("slows     by 123 ms "));
  EXPECT_THAT(lines_.back(), EndsWith("SLOW"));
  trace_.Record({.kind = EventKind::kLinkClogged, .value = 123'456'789});
  EXPECT_THAT(lines_.back(), HasSubstr("the link for 123 ms "));
  trace_.Record({.kind = EventKind::kLinkFlaps, .value = 123'456'789});
  EXPECT_THAT(lines_.back(), HasSubstr("flaps     the link for 123 ms "));
}

// Each kind of event, with words of every kind in its content.
TEST_F(TextTest, EveryKindOfEventKeepsTheColumns) {
  const std::string contents[] = {"",
                                  "text",
                                  std::string(500, 'x'),
                                  "\u65e5\u672c\u8a9e na\u00efve",
                                  std::string("\0\xff\n\x1b[31m\t", 9),
                                  "x\u202ey\u2028z"};
  Watch({.show_tasks = true});
  for (size_t i = 0; i < static_cast<size_t>(EventKind::kCount); ++i) {
    const auto kind = static_cast<EventKind>(i);
    const EventText& row = EventTextOf(kind);
    if (row.variations.shown == EventShown::kNever) continue;
    uint64_t number = 0;
    for (const std::string& content : contents) {
      for (const uint64_t value : {uint64_t{0}, uint64_t{1}, UINT64_MAX}) {
        SCOPED_TRACE(row.name);
        const TraceEvent event = {.kind = kind,
                                  .node = kClerk,
                                  .peer = kServer,
                                  .id = ++number,
                                  .value = value};
        const size_t before = lines_.size();
        trace_.RecordContent(event, content);
        ASSERT_EQ(lines_.size(), before + 1);
        ExpectColumns(event, row, lines_.back());
      }
    }
  }
}

TEST_F(TextTest, LongNamesOfNodesKeepTheColumns) {
  Watch();
  const std::string names[] = {std::string(100, 'n') + "-17",
                               "\u65e5\u672c\u8a9e", "\xff\n\u202e"};
  for (uint32_t i = 0; i < 3; ++i) {
    trace_.RecordContent({.kind = EventKind::kNodeNamed, .id = 2 + i},
                         names[i]);
  }
  for (uint32_t i = 0; i < 5; ++i) {
    trace_.Record({.kind = EventKind::kRequestLost,
                   .node = NodeId(i),
                   .peer = NodeId(4 - i)});
    EXPECT_EQ(From(42, lines_.back()).substr(0, 8), "sends   ");
    EXPECT_EQ(From(98, lines_.back()).substr(0, 3), "-> ");
    EXPECT_EQ(From(127, lines_.back()), "LOST");
  }
  EXPECT_THAT(lines_[2], HasSubstr("  nnnnnnnnnnnnn...nnnnn-17  "));
}

}  // namespace
}  // namespace reprise
