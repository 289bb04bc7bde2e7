#include <cstddef>
#include <string>

#include "benchmark/benchmark.h"
#include "reprise/sim/trace/digest.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"

namespace reprise {
namespace {

void BM_Digest_Add(benchmark::State& state) {
  Digest digest;
  TraceEvent event = {.kind = EventKind::kRequestSent, .bytes = 30};
  for (auto _ : state) {
    ++event.id;
    digest.Add(event);
  }
  benchmark::DoNotOptimize(digest.Value());
}
BENCHMARK(BM_Digest_Add);

// Of a message of so many bytes.
void BM_Trace_RecordContent(benchmark::State& state) {
  Trace trace;
  const std::string content(static_cast<size_t>(state.range(0)), 'x');
  for (auto _ : state) {
    trace.RecordContent({.kind = EventKind::kRequestSent}, content);
  }
  benchmark::DoNotOptimize(trace.digest());
}
BENCHMARK(BM_Trace_RecordContent)->Arg(30)->Arg(1'000)->Arg(100'000);

}  // namespace
}  // namespace reprise
