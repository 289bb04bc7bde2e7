#include "tests/real/leader_kills.h"

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

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
constexpr Duration kStoresMax = Seconds(20);

class LeaderKills {
 public:
  explicit LeaderKills(const DrillOptions& options)
      : options_(options),
        replicas_({.program = options.program,
                   .bug = options.bug,
                   .folder = options.folder,
                   .storage = options.storage}),
        load_(ReplicaLoadFor(options)),
        random_(StreamKey(options.seed, "leader-kills", "instants")) {}

  Finding Run() {
    if (std::optional<Finding> wrong = Begin(replicas_, load_)) return *wrong;
    for (int round = 0; round < options_.rounds; ++round) {
      if (std::optional<Finding> wrong = KillLeader()) return *wrong;
    }
    if (std::optional<Finding> wrong = AwaitAnswers(replicas_, load_)) {
      return *wrong;
    }
    if (std::optional<Finding> wrong = AwaitShortStores()) return *wrong;
    return load_.Finish();
  }

 private:
  std::optional<Finding> KillLeader() {
    const VirtualTime end = time_.Now() + kElectionMax;
    std::optional<size_t> leader;
    while (!leader.has_value()) {
      if (std::optional<Finding> ended = EndedEarly(replicas_, load_))
        return ended;
      if (time_.Now() > end) return Violated("progress", "nobody leads");
      time_.Sleep(Milliseconds(5));
      leader = replicas_.Leader();
    }
    time_.Sleep(Milliseconds(random_.Uniform(1, 250)));
    if (std::optional<Finding> ended = EndedEarly(replicas_, load_))
      return ended;
    std::vector<size_t> killed;
    for (size_t i = 0, count = DrawCount(); i < count; ++i) {
      killed.push_back((*leader + i) % replicas_.size());
    }
    replicas_.Kill(killed);
    return StartOneByOne();
  }

  // In every other round the leader alone, now and then all.
  size_t DrawCount() {
    if (random_.Chance({1, 2})) return 1;
    return static_cast<size_t>(
        random_.Uniform(2, static_cast<int64_t>(replicas_.size())));
  }

  // So that those that are back first may go on without the others.
  std::optional<Finding> StartOneByOne() {
    std::vector<size_t> order(replicas_.size());
    std::iota(order.begin(), order.end(), 0);
    random_.Shuffle(order);
    for (const size_t replica : order) {
      if (replicas_.IsRunning(replica)) continue;
      time_.Sleep(Milliseconds(random_.Uniform(0, 300)));
      const absl::Status status = replicas_.Start(replica);
      if (!status.ok()) return Failed(std::string(status.message()));
    }
    return std::nullopt;
  }

  // Soon after the last kill, what each keeps is short. Who is killed before it
  // has saved two checkpoints may leave logs behind.
  std::optional<Finding> AwaitShortStores() {
    const VirtualTime end = time_.Now() + kStoresMax;
    for (size_t i = 0; i < replicas_.size(); ++i) {
      while (replicas_.StoredBytes(i) > kMostStoredBytes) {
        if (std::optional<Finding> ended = EndedEarly(replicas_, load_))
          return ended;
        if (time_.Now() > end) {
          return Violated(
              "log-size",
              absl::StrCat("a server keeps ", replicas_.StoredBytes(i),
                           " bytes; at most ", kMostStoredBytes,
                           " are needed"));
        }
        time_.Sleep(Milliseconds(10));
      }
    }
    return std::nullopt;
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
