// Workload W: the load by which simulators are compared.
//
// One server with a map; each client does `calls_each` Puts, one after the
// other, over ten keys with values of ten bytes. A request and a reply each
// travel 0-27 ms of virtual time, uniformly. After 100 ms the client sends
// again under the same sequence number; the server keeps the last one of each
// client. Where the network is unreliable it drops, silently, a tenth of the
// requests and a tenth of the replies.
//
// It runs as any trial does: through sim/env, with the messages and the Clerk
// of kv/, every call and return in the history, every event in the digest. The
// server's state is SequencedMap instead of kv/'s, which keeps what Appends
// need and which the scenarios' benchmarks measure.
//
//   Trial trial({.seed = Seed(1)}, arena);
//   WorkloadResult result = RunWorkloadW(trial, {.clients = 5});

#ifndef TOOLS_BENCHMARKS_WORKLOAD_W_H_
#define TOOLS_BENCHMARKS_WORKLOAD_W_H_

#include <cstdint>

#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/trial.h"

namespace reprise {

enum class Reliability : uint8_t { kReliable, kUnreliable };

struct WorkloadW {
  int clients = 5;
  int calls_each = 20'000;
  Reliability reliability = Reliability::kReliable;
};

struct WorkloadResult {
  uint64_t completed = 0;  // Puts that returned.
  uint64_t attempts = 0;   // Requests sent, repeated ones included.
  Duration latency = {};   // Of all completed Puts together.
  VirtualTime end = {};
  uint64_t digest = 0;
};

// Stops the program if a Put is missing at the end.
WorkloadResult RunWorkloadW(Trial& trial, const WorkloadW& workload);

}  // namespace reprise

#endif  // TOOLS_BENCHMARKS_WORKLOAD_W_H_
