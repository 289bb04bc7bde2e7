#include "tools/benchmarks/workload_w.h"

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/kv/clerk.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/world.h"
#include "tools/benchmarks/sequenced_map.h"

namespace reprise {
namespace {

constexpr Duration kDeadline = Milliseconds(100);
constexpr std::string_view kKeys = "0123456789";
constexpr std::string_view kValue = "0123456789";

FaultMix Faults(Reliability reliability) {
  PacketOptions packet;
  packet.delay = {.minimum = Milliseconds(0), .maximum = Milliseconds(27)};
  if (reliability == Reliability::kUnreliable) packet.loss = {1, 10};
  FaultMix faults;
  faults.network.request = packet;
  faults.network.reply = packet;
  return faults;
}

// The server is the first node, its clients are the next ones.
void Serve(Env& env, int clients) {
  SequencedMap state(static_cast<size_t>(clients));
  env.network().Serve(
      kv::kMethod,
      [&state](NodeId from, const Bytes& message) -> absl::StatusOr<Bytes> {
        const absl::StatusOr<kv::Request> request = kv::DecodeRequest(message);
        if (!request.ok()) return request.status();
        state.Put(from.value() - 1, request->sequence, request->key,
                  request->value);
        return kv::EncodeReply(
            {.kind = request->kind, .sequence = request->sequence});
      });
  env.tasks().WaitUntilStopped();
}

void RunClient(Env& env, NodeId server,
               Recorder<checker::KeyValueModel>& recorder,
               const WorkloadW& workload, WorkloadResult& result) {
  const uint32_t node = env.id().value();
  const checker::Caller caller = {.client = static_cast<int>(node) - 1,
                                  .place = node};
  kv::Clerk clerk(env, server, {.deadline = kDeadline});
  for (int i = 0; i < workload.calls_each; ++i) {
    const VirtualTime began = env.clock().Now();
    const std::string_view key = kKeys.substr(i % kKeys.size(), 1);
    const checker::OperationId id =
        recorder.Invoke(caller, checker::OperationKind::kPut, key, kValue);
    clerk.Put(key, kValue);
    recorder.Return(id, "");
    ++result.completed;
    result.latency += env.clock().Now() - began;
  }
}

}  // namespace

WorkloadResult RunWorkloadW(Trial& trial, const WorkloadW& workload) {
  World& world = trial.NewWorld(Faults(workload.reliability));
  Recorder<checker::KeyValueModel> recorder(trial);
  WorkloadResult result;
  Node& server = world.AddNode("server");
  server.OnBoot([&](Env& env) { Serve(env, workload.clients); });
  for (int client = 0; client < workload.clients; ++client) {
    world.AddNode(NodeName("clerk", client)).Spawn([&](Env& env) {
      RunClient(env, server.id(), recorder, workload, result);
    });
  }
  const RunResult run = trial.Run();
  REPRISE_CHECK(run.end == RunEnd::kIdle, run.report);
  const auto expected = static_cast<uint64_t>(workload.clients) *
                        static_cast<uint64_t>(workload.calls_each);
  REPRISE_CHECK(result.completed == expected, "calls are missing");
  result.attempts = world.counters().calls;
  result.end = world.now();
  result.digest = world.trace().digest();
  return result;
}

}  // namespace reprise
