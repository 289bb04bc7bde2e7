#include "reprise/sim/trace/trace_filter.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"

namespace reprise {
namespace {

using testing::HasSubstr;

constexpr NodeId kServer(0);
constexpr NodeId kClient(1);

// A filter that has seen the names of two nodes and two methods.
TraceFilter FilterOf(std::string_view text) {
  TraceFilter filter = *TraceFilter::Parse(text);
  filter.Passes({.kind = EventKind::kNodeNamed, .id = 0}, "server");
  filter.Passes({.kind = EventKind::kNodeNamed, .id = 1}, "client-1");
  filter.Passes({.kind = EventKind::kMethodNamed, .id = 0}, "kv.Get");
  filter.Passes({.kind = EventKind::kMethodNamed, .id = 1}, "kv.Put");
  return filter;
}

TEST(TraceFilterTest, WithoutConditionsEverythingPasses) {
  EXPECT_TRUE(TraceFilter().Passes({.kind = EventKind::kNote}, "x"));
}

TEST(TraceFilterTest, ANodePassesAtEitherEnd) {
  TraceFilter filter = FilterOf("node:client-1");
  const EventKind sent = EventKind::kRequestSent;
  EXPECT_TRUE(
      filter.Passes({.kind = sent, .node = kServer, .peer = kClient}, ""));
  EXPECT_TRUE(
      filter.Passes({.kind = sent, .node = kClient, .peer = kServer}, ""));
  EXPECT_FALSE(
      filter.Passes({.kind = sent, .node = kServer, .peer = kServer}, ""));
  // Its peer means nothing.
  EXPECT_FALSE(filter.Passes(
      {.kind = EventKind::kNodeBooted, .node = kServer, .peer = kClient}, ""));
  EXPECT_FALSE(filter.Passes({.kind = EventKind::kNote, .node = kClient}, ""));
}

TEST(TraceFilterTest, OneOfEachNameMustBeMet) {
  TraceFilter filter = FilterOf("node:server,node:client-*,kind:crash");
  const EventKind stopped = EventKind::kNodeStopped;
  EXPECT_TRUE(filter.Passes({.kind = stopped, .node = kServer}, ""));
  EXPECT_TRUE(filter.Passes({.kind = stopped, .node = kClient}, ""));
  EXPECT_FALSE(
      filter.Passes({.kind = EventKind::kNodeBooted, .node = kServer}, ""));
}

TEST(TraceFilterTest, AKindHasSeveralNames) {
  const TraceEvent crash = {.kind = EventKind::kNodeStopped};
  const TraceEvent stop = {.kind = EventKind::kNodeStopped, .value = 1};
  const TraceEvent lost = {.kind = EventKind::kReplyLost};
  const TraceEvent called = {.kind = EventKind::kOperationCalled};
  const TraceEvent rot = {.kind = EventKind::kBitRotted};
  const TraceEvent warning = {
      .kind = EventKind::kLogged,
      .value = static_cast<uint64_t>(LogLevel::kWarning)};
  const auto passes = [](const char* text, const TraceEvent& event) {
    return FilterOf(text).Passes(event, "");
  };
  EXPECT_TRUE(passes("kind:node-stopped", crash));
  EXPECT_TRUE(passes("kind:crash", crash));
  EXPECT_FALSE(passes("kind:crash", stop));
  EXPECT_TRUE(passes("kind:fault", lost));
  EXPECT_FALSE(passes("kind:fault", called));
  EXPECT_TRUE(passes("kind:message", lost));
  EXPECT_TRUE(passes("kind:operation", called));
  EXPECT_TRUE(passes("kind:bit-rot", rot));
  EXPECT_TRUE(passes("kind:log*", warning));
  EXPECT_TRUE(passes("kind:warning", warning));
}

TEST(TraceFilterTest, AMethodIsThatOfMessages) {
  TraceFilter filter = FilterOf("method:kv.Put");
  EXPECT_TRUE(
      filter.Passes({.kind = EventKind::kReplyDelivered, .method = 1}, ""));
  EXPECT_FALSE(
      filter.Passes({.kind = EventKind::kReplyDelivered, .method = 0}, ""));
  EXPECT_FALSE(
      filter.Passes({.kind = EventKind::kNodeBooted, .method = 1}, ""));
}

TEST(TraceFilterTest, ASpanHasBothItsEnds) {
  TraceFilter filter = FilterOf("time:1.2s-1.5s");
  const auto passes = [&](int64_t milliseconds) {
    return filter.Passes({.time = VirtualTime::Milliseconds(milliseconds)}, "");
  };
  EXPECT_FALSE(passes(1199));
  EXPECT_TRUE(passes(1200));
  EXPECT_TRUE(passes(1500));
  EXPECT_FALSE(passes(1501));
  EXPECT_TRUE(FilterOf("time:-2s").Passes({}, ""));
  EXPECT_FALSE(FilterOf("time:2s-").Passes({}, ""));
}

TEST(TraceFilterTest, TheConeIsAskedForBesideOtherConditions) {
  const TraceFilter filter = FilterOf("node:server,cone");
  EXPECT_TRUE(filter.IsOfCone());
  EXPECT_FALSE(filter.NamesKinds());
  EXPECT_FALSE(FilterOf("node:cone").IsOfCone());
}

TEST(TraceFilterTest, ABadFilterNamesWhatThereIs) {
  const std::pair<const char*, const char*> expected[] = {
      {"", "expected node:NAME"},
      {"server", "\"server\" filters no trace; expected node:NAME"},
      {"node:", "expected node:NAME"},
      {"nod:server", "expected node:NAME"},
      {"kind:crush",
       "is called \"crush\"; there are: aborted, already-exists, "},
      {"time:1.2", "\"1.2\" is no span of time; expected FROM-TO"},
      {"time:2s-1s", "is no span of time"},
      {"time:-", "is no span of time"},
      {"kind:crash,,", "filters no trace"},
      {"cones", "time:FROM-TO or cone"},
  };
  for (const auto& [text, message] : expected) {
    const auto filter = TraceFilter::Parse(text);
    ASSERT_FALSE(filter.ok()) << text;
    EXPECT_THAT(std::string(filter.status().message()), HasSubstr(message));
  }
}

TEST(TraceFilterTest, AfterTheRunUnknownNamesAreErrors) {
  EXPECT_TRUE(FilterOf("node:server,method:kv.*").CheckNames().ok());
  EXPECT_THAT(
      std::string(FilterOf("node:sever").CheckNames().message()),
      HasSubstr("no node of this run is called \"sever\"; there are: client-1, "
                "server."));
  EXPECT_THAT(std::string(FilterOf("method:Put").CheckNames().message()),
              HasSubstr("there are: kv.Get, kv.Put."));
}

}  // namespace
}  // namespace reprise
