// What a trace shows by default, what a filter leaves of it, and its colours.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/operation_content.h"
#include "reprise/sim/trace/text.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/trace/trace_filter.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr NodeId kClerk(1);

class TextShownTest : public testing::Test {
 protected:
  // A trace of two nodes, printed with `options`.
  void Watch(TextOptions options, TraceFilter filter = {}) {
    text_ = std::make_unique<TextTrace>(
        std::move(options),
        [this](std::string_view line) { lines_.emplace_back(line); },
        std::move(filter));
    trace_.SetSink(text_.get());
    trace_.RecordContent({.kind = EventKind::kNodeNamed, .id = 0}, "server");
    trace_.RecordContent({.kind = EventKind::kNodeNamed, .id = 1}, "clerk-1");
    trace_.RecordContent({.kind = EventKind::kMethodNamed, .id = 0}, "kv.Put");
  }

  Trace trace_;
  std::unique_ptr<TextTrace> text_;
  std::vector<std::string> lines_;
};

TEST_F(TextShownTest, ShowsPayloadsWithoutAnyDescription) {
  Watch({});
  const std::pair<std::string, std::string_view> expected[] = {
      {"key=a value=b", "kv.Put \"key=a value=b\" @1 "},
      {std::string("\0\x01", 2), "kv.Put 2 bytes @1 "},
      {"x", "kv.Put \"x\" @1 "},
      {std::string(500, 'x') + "the end",
       "kv.Put \"xxxxxxxxxxx...he end\" @1 "},
      {"", "kv.Put @1 "},
  };
  for (const auto& [content, text] : expected) {
    lines_.clear();
    Watch({});
    trace_.RecordContent(
        {.kind = EventKind::kRequestSent, .node = kClerk, .id = 1}, content);
    EXPECT_THAT(lines_.back(), HasSubstr("  sends     " + std::string(text)));
  }
}

TEST_F(TextShownTest, APartitionIsWrittenAsGroups) {
  Watch({});
  trace_.RecordContent({.kind = EventKind::kPartitioned},
                       "server->clerk-1, clerk-1->server");
  EXPECT_THAT(lines_.back(), HasSubstr("parts     {server} | {clerk-1} "));
  EXPECT_THAT(lines_.back(), EndsWith("PARTITION"));
  trace_.RecordContent({.kind = EventKind::kPartitionHealed},
                       "server->clerk-1");
  EXPECT_THAT(lines_.back(), EndsWith("heals     {server} -/-> {clerk-1}"));
}

TEST_F(TextShownTest, ALineOfALogHasTheWholeLine) {
  Watch({});
  const std::string text(100, 'x');
  trace_.Show({.kind = EventKind::kLogged,
               .node = kClerk,
               .value = static_cast<uint64_t>(LogLevel::kInfo)},
              text);
  EXPECT_THAT(lines_.back(), EndsWith("clerk-1   logs      " + text));
  trace_.Show({.kind = EventKind::kScenarioLogged,
               .value = static_cast<uint64_t>(LogLevel::kWarning)},
              "the end\nis near");
  EXPECT_THAT(lines_.back(), HasSubstr("logs      the end\\nis near  "));
  EXPECT_THAT(lines_.back(), EndsWith("  WARNING"));
}

TEST_F(TextShownTest, PrintsWhatPassesTheFilterAndKeepsAllNames) {
  Watch({}, *TraceFilter::Parse("kind:reply-sent"));
  trace_.RecordContent(
      {.kind = EventKind::kRequestSent, .node = kClerk, .id = 1}, "a");
  trace_.RecordContent({.kind = EventKind::kReplySent, .peer = kClerk, .id = 1},
                       "b");
  trace_.Record({.kind = EventKind::kTaskStarted, .id = 4}, "main");
  ASSERT_EQ(lines_.size(), 1u);
  EXPECT_THAT(lines_[0], HasSubstr("reply to kv.Put \"b\" @1"));
  EXPECT_THAT(lines_[0], HasSubstr("server "));
}

TEST_F(TextShownTest, ColoursEndWhereTheyBegin) {
  Watch({.operation_names = {"Get"}, .use_colour = true});
  trace_.Record({.kind = EventKind::kOperationCalled, .node = kClerk, .id = 7},
                JoinOperation("k", ""));
  EXPECT_THAT(lines_.back(), StartsWith("   \x1b[2m0.000 000 s\x1b[0m  "));
  EXPECT_THAT(lines_.back(), HasSubstr("calls     \x1b[36mGet(\"k\") "));
  EXPECT_THAT(lines_.back(), EndsWith("#7\x1b[0m"));
}

TEST_F(TextShownTest, ColoursFaultsOnATerminal) {
  Watch({.use_colour = true});
  trace_.Record({.kind = EventKind::kRequestLost});
  EXPECT_TRUE(lines_.back().ends_with("\x1b[1;31mLOST\x1b[0m"));
}

}  // namespace
}  // namespace reprise
