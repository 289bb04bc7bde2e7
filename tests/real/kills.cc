#include "tests/real/kills.h"

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
#include "tests/real/kv_server.h"
#include "tests/real/real_time.h"

namespace reprise {
namespace {

// Of checkpoint and log, where both stay as short as the options of a
// KvServer say.
constexpr uint64_t kMostStoredBytes = 30'000;

std::optional<Finding> KillOnce(RandomStream& random, KvServer& server,
                                KvLoad& load) {
  const RealTime time;
  time.Sleep(Milliseconds(random.Uniform(1, 250)));
  if (std::optional<Finding> ended = EndedEarly(server, load)) return ended;
  server.Kill();
  // Now and then again while it is starting.
  while (random.Chance({1, 8})) {
    const absl::Status status = server.Start();
    if (!status.ok()) return Failed(std::string(status.message()));
    time.Sleep(Milliseconds(random.Uniform(0, 30)));
    server.Kill();
  }
  return StartAgain(server);
}

}  // namespace

Finding RunKills(const DrillOptions& options) {
  KvServer server(ServerFor(options));
  KvLoad load(LoadFor(options));
  RandomStream random(StreamKey(options.seed, "kills", "instants"));
  if (std::optional<Finding> wrong = Begin(server, load)) return *wrong;
  for (int round = 0; round < options.rounds; ++round) {
    if (std::optional<Finding> wrong = KillOnce(random, server, load)) {
      return *wrong;
    }
  }
  const Finding finding = FinishAfterwards(server, load);
  const uint64_t bytes = server.StoredBytes();
  if (finding.result == DrillResult::kHolds && bytes > kMostStoredBytes) {
    return Violated("log-size",
                    absl::StrCat("the server keeps ", bytes, " bytes; at most ",
                                 kMostStoredBytes, " are needed"));
  }
  return finding;
}

}  // namespace reprise
