#include "tests/real/drill.h"

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "reprise/sim/core/time.h"
#include "tests/real/finding.h"
#include "tests/real/kv_load.h"
#include "tests/real/kv_replicas.h"
#include "tests/real/kv_server.h"
#include "tests/real/real_time.h"

namespace reprise {
namespace {

template <typename Servers>
std::optional<Finding> EndedEarlyOf(Servers& servers, KvLoad& load) {
  if (const std::optional<std::string> how = servers.EndedAs()) {
    return Violated("recovery", *how);
  }
  return load.EndedAs();
}

template <typename Servers>
std::optional<Finding> AwaitLines(Servers& servers, KvLoad& load,
                                  uint64_t bytes) {
  const RealTime time;
  const uint64_t before = load.HistoryBytes();
  while (load.HistoryBytes() < before + bytes) {
    if (std::optional<Finding> ended = EndedEarly(servers, load)) return ended;
    time.Sleep(Milliseconds(10));
  }
  return EndedEarly(servers, load);
}

// A few hundred operations take so many.
constexpr uint64_t kLinesBytes = 24 << 10;

template <typename Servers>
Finding FinishAfterAnswers(Servers& servers, KvLoad& load) {
  if (std::optional<Finding> wrong = AwaitAnswers(servers, load)) return *wrong;
  return load.Finish();
}

}  // namespace

KvServerOptions ServerFor(const DrillOptions& options) {
  return {.program = options.program,
          .bug = options.bug,
          .storage = options.storage,
          .folder = options.folder};
}

KvLoadOptions LoadFor(const DrillOptions& options) {
  return {
      .program = options.program, .bug = options.bug, .folder = options.folder};
}

KvLoadOptions ReplicaLoadFor(const DrillOptions& options) {
  KvLoadOptions load = LoadFor(options);
  load.are_replicas = true;
  load.give_up = Seconds(20);
  return load;
}

std::optional<Finding> Begin(KvReplicas& replicas, KvLoad& load) {
  absl::Status status = replicas.Start();
  if (status.ok()) status = load.Start(replicas.list());
  if (!status.ok()) return Failed(std::string(status.message()));
  return std::nullopt;
}

std::optional<Finding> Begin(KvServer& server, KvLoad& load) {
  if (std::optional<Finding> wrong = StartAgain(server)) return wrong;
  const absl::Status status = load.Start(server.address());
  if (!status.ok()) return Failed(std::string(status.message()));
  return std::nullopt;
}

std::optional<Finding> StartAgain(KvServer& server) {
  absl::Status status = server.Start();
  if (!status.ok()) return Failed(std::string(status.message()));
  status = server.AwaitServing();
  if (status.ok()) return std::nullopt;
  return Violated("recovery", std::string(status.message()));
}

std::optional<Finding> EndedEarly(KvServer& server, KvLoad& load) {
  return EndedEarlyOf(server, load);
}
std::optional<Finding> EndedEarly(KvReplicas& replicas, KvLoad& load) {
  return EndedEarlyOf(replicas, load);
}

std::optional<Finding> AwaitAnswers(KvServer& server, KvLoad& load) {
  return AwaitLines(server, load, kLinesBytes);
}
std::optional<Finding> AwaitAnswers(KvReplicas& replicas, KvLoad& load) {
  return AwaitLines(replicas, load, 4 * kLinesBytes);
}

Finding FinishAfterwards(KvServer& server, KvLoad& load) {
  return FinishAfterAnswers(server, load);
}
Finding FinishAfterwards(KvReplicas& replicas, KvLoad& load) {
  return FinishAfterAnswers(replicas, load);
}

Finding ExpectRepeated(Finding finding) {
  if (finding.result == DrillResult::kHolds && finding.repeated == 0) {
    return Failed("no request was sent again");
  }
  return finding;
}

}  // namespace reprise
