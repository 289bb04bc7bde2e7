#include "tests/real/leader_kills.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "tests/real/drill.h"
#include "tests/real/finding.h"
#include "tests/real/kv_load.h"
#include "tests/real/kv_replicas.h"
#include "tests/real/real_time.h"

namespace reprise {
namespace {

// Of checkpoint and log, where both stay as short as the options say.
constexpr uint64_t kMostStoredBytes = 200'000;
constexpr Duration kElectionMax = Seconds(20);

class LeaderKills {
 public:
  explicit LeaderKills(const DrillOptions& options)
      : options_(options),
        replicas_({.program = options.program,
                   .folder = options.folder,
                   .storage = options.storage}),
        load_({.program = options.program,
               .folder = options.folder,
               .are_replicas = true,
               .give_up = kElectionMax}),
        random_(StreamKey(options.seed, "leader-kills", "instants")) {}

  Finding Run() {
    if (std::optional<Finding> wrong = StartAgain()) return *wrong;
    const absl::Status status = load_.Start(replicas_.list());
    if (!status.ok()) return Failed(std::string(status.message()));
    for (int round = 0; round < options_.rounds; ++round) {
      if (std::optional<Finding> wrong = KillLeader()) return *wrong;
    }
    if (std::optional<Finding> wrong = AwaitAnswers()) return *wrong;
    return CheckStores(load_.Finish());
  }

 private:
  std::optional<Finding> StartAgain() {
    const absl::Status status = replicas_.Start();
    if (status.ok()) return std::nullopt;
    return Failed(std::string(status.message()));
  }

  std::optional<Finding> EndedEarly() {
    if (const std::optional<std::string> how = replicas_.EndedAs()) {
      return Violated("recovery", *how);
    }
    return load_.EndedAs();
  }

  std::optional<Finding> KillLeader() {
    const VirtualTime end = time_.Now() + kElectionMax;
    std::optional<size_t> leader;
    while (!leader.has_value()) {
      if (std::optional<Finding> ended = EndedEarly()) return ended;
      if (time_.Now() > end) return Violated("progress", "nobody leads");
      time_.Sleep(Milliseconds(5));
      leader = replicas_.Leader();
    }
    time_.Sleep(Milliseconds(random_.Uniform(1, 250)));
    if (std::optional<Finding> ended = EndedEarly()) return ended;
    replicas_.Kill(*leader);
    if (random_.Chance({1, 4})) {
      replicas_.Kill((*leader + 1) % replicas_.size());
    }
    time_.Sleep(Milliseconds(random_.Uniform(0, 300)));
    return StartAgain();
  }

  // So that what was written is read.
  std::optional<Finding> AwaitAnswers() {
    constexpr uint64_t kManyLines = 100 << 10;
    const uint64_t before = load_.HistoryBytes();
    while (load_.HistoryBytes() < before + kManyLines) {
      if (std::optional<Finding> ended = EndedEarly()) return ended;
      time_.Sleep(Milliseconds(10));
    }
    return EndedEarly();
  }

  Finding CheckStores(Finding finding) const {
    for (size_t i = 0; i < replicas_.size(); ++i) {
      const uint64_t bytes = replicas_.StoredBytes(i);
      if (finding.result == DrillResult::kHolds && bytes > kMostStoredBytes) {
        return Violated(
            "log-size",
            absl::StrCat("a server keeps ", bytes, " bytes; at most ",
                         kMostStoredBytes, " are needed"));
      }
    }
    return finding;
  }

  const DrillOptions& options_;
  const RealTime time_;
  KvReplicas replicas_;
  KvLoad load_;
  RandomStream random_;
};

}  // namespace

Finding RunLeaderKills(const DrillOptions& options) {
  return LeaderKills(options).Run();
}

}  // namespace reprise
