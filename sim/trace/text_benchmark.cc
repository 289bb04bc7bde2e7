#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "benchmark/benchmark.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/text.h"
#include "reprise/sim/trace/trace.h"

namespace reprise {
namespace {

// The lines of a call: its request is sent and delivered, and so is its reply.
void BM_TextTrace_Call(benchmark::State& state) {
  size_t bytes = 0;
  TextTrace text(TextOptions(),
                 [&](std::string_view line) { bytes += line.size(); });
  Trace trace;
  trace.SetSink(&text);
  trace.RecordContent({.kind = EventKind::kNodeNamed, .id = 0}, "server");
  trace.RecordContent({.kind = EventKind::kNodeNamed, .id = 1}, "clerk-1");
  trace.RecordContent({.kind = EventKind::kMethodNamed}, "kv.Put");
  const NodeId server(0);
  const NodeId clerk(1);
  uint64_t call = 0;
  for (auto _ : state) {
    ++call;
    trace.RecordContent({.kind = EventKind::kRequestSent,
                         .node = clerk,
                         .peer = server,
                         .id = call,
                         .value = 61'000},
                        "a request");
    trace.Record({.kind = EventKind::kRequestDelivered,
                  .node = server,
                  .peer = clerk,
                  .id = call});
    trace.RecordContent({.kind = EventKind::kReplySent,
                         .node = server,
                         .peer = clerk,
                         .id = call,
                         .value = 61'000},
                        "a reply");
    trace.Record({.kind = EventKind::kReplyDelivered,
                  .node = clerk,
                  .peer = server,
                  .id = call});
  }
  state.SetItemsProcessed(static_cast<int64_t>(4 * call));
  benchmark::DoNotOptimize(bytes);
}
BENCHMARK(BM_TextTrace_Call);

}  // namespace
}  // namespace reprise
