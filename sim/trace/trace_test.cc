#include "reprise/sim/trace/trace.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/trace/digest.h"
#include "reprise/sim/trace/event.h"

namespace reprise {
namespace {

class KeepingSink final : public TraceSink {
 public:
  void OnEvent(const TraceEvent& event, std::string_view content) override {
    events.emplace_back(event, content);
  }

  std::vector<std::pair<TraceEvent, std::string>> events;
};

TEST(TraceTest, CountsAndDigestsWhatIsRecorded) {
  const TraceEvent event = {.kind = EventKind::kNote, .id = 7};
  Digest digest;
  digest.Add(event);
  Trace trace;
  trace.Record(event);
  EXPECT_EQ(trace.events(), 1u);
  EXPECT_EQ(trace.digest(), digest.Value());
}

TEST(TraceTest, ContentBecomesBytesAndHash) {
  Trace plain;
  plain.Record(
      {.kind = EventKind::kNote, .bytes = 5, .hash = HashContent("hello")});
  Trace content;
  content.RecordContent({.kind = EventKind::kNote}, "hello");
  EXPECT_EQ(content.digest(), plain.digest());
}

TEST(TraceTest, ASinkSeesEachEventWithItsContent) {
  Trace trace;
  KeepingSink sink;
  trace.SetSink(&sink);
  trace.RecordContent({.kind = EventKind::kNote, .id = 1}, "hello");
  trace.Record({.kind = EventKind::kTaskEnded, .id = 2});
  trace.SetSink(nullptr);
  trace.Record({.id = 3});
  ASSERT_EQ(sink.events.size(), 2u);
  EXPECT_EQ(sink.events[0].first.bytes, 5u);
  EXPECT_EQ(sink.events[0].second, "hello");
  EXPECT_EQ(sink.events[1].first.kind, EventKind::kTaskEnded);
  EXPECT_EQ(sink.events[1].second, "");
}

TEST(TraceTest, ASinkDoesNotChangeTheDigest) {
  Trace watched;
  KeepingSink sink;
  watched.SetSink(&sink);
  Trace unwatched;
  for (Trace* trace : {&watched, &unwatched}) {
    trace->RecordContent({.kind = EventKind::kNote}, "hello");
  }
  EXPECT_EQ(watched.digest(), unwatched.digest());
}

TEST(TraceTest, WhatIsOnlyShownIsNeitherDigestedNorCounted) {
  struct Sink : TraceSink {
    void OnEvent(const TraceEvent&, std::string_view) override { ++events; }
    void OnShown(const TraceEvent&, std::string_view content) override {
      shown = content;
    }
    int events = 0;
    std::string shown;
  };
  Sink sink;
  Trace trace;
  trace.SetSink(&sink);
  const uint64_t before = trace.digest();
  trace.Show({.kind = EventKind::kLogged}, "a line");
  EXPECT_EQ(trace.digest(), before);
  EXPECT_EQ(trace.events(), 0u);
  EXPECT_EQ(sink.events, 0);
  EXPECT_EQ(sink.shown, "a line");
}

TEST(TraceTest, NobodyListensToALogAtFirst) {
  Trace trace;
  EXPECT_FALSE(trace.IsLogged(LogLevel::kError));
  trace.SetLogLevel(LogLevel::kInfo);
  EXPECT_TRUE(trace.IsLogged(LogLevel::kInfo));
  EXPECT_FALSE(trace.IsLogged(LogLevel::kDebug));
}

}  // namespace
}  // namespace reprise
