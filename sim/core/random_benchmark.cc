#include "benchmark/benchmark.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"

namespace reprise {
namespace {

void BM_RandomStream_Next(benchmark::State& state) {
  RandomStream stream(1);
  for (auto _ : state) benchmark::DoNotOptimize(stream.Next());
}
BENCHMARK(BM_RandomStream_Next);

void BM_RandomStream_Uniform(benchmark::State& state) {
  RandomStream stream(1);
  for (auto _ : state) benchmark::DoNotOptimize(stream.Uniform(25, 75));
}
BENCHMARK(BM_RandomStream_Uniform);

void BM_RandomStream_Chance(benchmark::State& state) {
  RandomStream stream(1);
  for (auto _ : state) benchmark::DoNotOptimize(stream.Chance({1, 10}));
}
BENCHMARK(BM_RandomStream_Chance);

void BM_StreamKey_OfNames(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(StreamKey(Seed(1), "clerk-1->server", "delay"));
  }
}
BENCHMARK(BM_StreamKey_OfNames);

}  // namespace
}  // namespace reprise
