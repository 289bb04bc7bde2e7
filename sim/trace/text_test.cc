#include "reprise/sim/trace/text.h"

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
#include "reprise/sim/trace/operation_content.h"
#include "reprise/sim/trace/trace.h"

namespace reprise {
namespace {

using std::string_view_literals::operator""sv;

constexpr NodeId kServer(0);
constexpr NodeId kClerk(1);

class TextTest : public testing::Test {
 protected:
  // A trace of two nodes, printed with `options`.
  void Watch(TextOptions options = {.operation_names = {"Get", "Put"}}) {
    text_.emplace_back(std::move(options), [this](std::string_view line) {
      lines_.emplace_back(line);
    });
    trace_.SetSink(&text_.back());
    trace_.RecordContent({.kind = EventKind::kNodeNamed, .id = 0}, "server");
    trace_.RecordContent({.kind = EventKind::kNodeNamed, .id = 1}, "clerk-1");
    trace_.RecordContent({.kind = EventKind::kMethodNamed, .id = 0}, "kv.Put");
  }

  Trace trace_;
  std::vector<TextTrace> text_;
  std::vector<std::string> lines_;
};

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
          "   1.120 340 s  clerk-1   sends     kv.Put @9           " + blanks +
              "-> server    +61 us",
          "   1.120 401 s  server    receives  kv.Put @9           " + blanks +
              "<- clerk-1",
          "   1.120 401 s  server    sends     reply to kv.Put @9  " + blanks +
              "-> clerk-1   LOST",
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
      {{.kind = EventKind::kRequestDuplicated}, "TWICE +0 us"},
      {{.kind = EventKind::kReplyDuplicated, .value = 412'000'000},
       "TWICE +412 ms"},
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

TEST_F(TextTest, ColoursFaultsOnATerminal) {
  Watch({.use_colour = true});
  trace_.Record({.kind = EventKind::kRequestLost});
  EXPECT_TRUE(lines_.back().ends_with("\x1b[1;31mLOST\x1b[0m"));
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

TEST_F(TextTest, PrintsEveryKindOfEvent) {
  Watch({.show_tasks = true});
  const auto last = static_cast<int>(EventKind::kDiskWiped);
  for (int kind = 0; kind <= last; ++kind) {
    const auto event_kind = static_cast<EventKind>(kind);
    if (event_kind == EventKind::kNodeNamed ||
        event_kind == EventKind::kMethodNamed) {
      continue;
    }
    const size_t before = lines_.size();
    trace_.Record({.kind = event_kind}, "text");
    EXPECT_EQ(lines_.size(), before + 1) << KindName(event_kind);
  }
}

TEST(ShortenValueTest, KeepsShortValues) {
  EXPECT_EQ(ShortenValue("", 24), "\"\"");
  EXPECT_EQ(ShortenValue("x 0 1 y", 24), "\"x 0 1 y\"");
}

TEST(ShortenValueTest, MakesBytesPrintable) {
  EXPECT_EQ(ShortenValue("a\0\n\""sv, 24), R"("a\x00\n\"")");
}

TEST(ShortenValueTest, ShortensInTheMiddle) {
  EXPECT_EQ(ShortenValue("0123456789abcdef", 9), "\"0123...ef\" (16 B)");
}

TEST(ShortenValueTest, ToleratesATinyLimit) {
  EXPECT_EQ(ShortenValue("0123456789", 0), "\"...\" (10 B)");
}

}  // namespace
}  // namespace reprise
