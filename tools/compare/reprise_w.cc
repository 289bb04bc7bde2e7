// Workload W on Reprise: reprise_w CLIENTS CALLS_EACH reliable|unreliable

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/trial.h"
#include "tools/benchmarks/workload_w.h"
#include "tools/compare/measurement.h"

int main(int argc, char** argv) {
  // tidy: allow(using-namespace) the body of one small program
  using namespace reprise;
  if (argc != 4) {
    std::fputs("reprise_w CLIENTS CALLS_EACH reliable|unreliable\n", stderr);
    return 2;
  }
  WorkloadW workload;
  workload.clients = std::atoi(argv[1]);
  workload.calls_each = std::atoi(argv[2]);
  if (std::string_view(argv[3]) == "unreliable") {
    workload.reliability = Reliability::kUnreliable;
  }
  TrialArena arena;
  const TrialOptions options{.seed = Seed(1)};
  const double start = CpuSeconds();
  WorkloadResult result;
  {
    Trial trial(options, arena);
    result = RunWorkloadW(trial, workload);
  }
  const double seconds = CpuSeconds() - start;
  const double latency_ms =
      static_cast<double>(result.latency.nanoseconds()) / 1e6;
  Print({result.completed, result.attempts,
         latency_ms / static_cast<double>(result.completed), seconds});
}
