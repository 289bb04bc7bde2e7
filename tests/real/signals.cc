#include "tests/real/signals.h"

#include <optional>
#include <string>

#include "absl/status/statusor.h"
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

// The grace of `kv serve` is 5 s; then it unwinds.
constexpr Duration kGrace = Seconds(6);

}  // namespace

Finding RunCalm(const DrillOptions& options) {
  KvServer server(ServerFor(options));
  KvLoad load(LoadFor(options));
  if (std::optional<Finding> wrong = Begin(server, load)) return *wrong;
  for (int round = 0; round < options.rounds; ++round) {
    RealTime().Sleep(Seconds(1));
    if (std::optional<Finding> ended = EndedEarly(server, load)) return *ended;
  }
  return FinishAfterwards(server, load);
}

Finding RunPauses(const DrillOptions& options) {
  KvServer server(ServerFor(options));
  KvLoad load(LoadFor(options));
  RandomStream random(StreamKey(options.seed, "pauses", "instants"));
  const RealTime time;
  if (std::optional<Finding> wrong = Begin(server, load)) return *wrong;
  for (int round = 0; round < options.rounds; ++round) {
    time.Sleep(Milliseconds(random.Uniform(50, 300)));
    if (std::optional<Finding> ended = EndedEarly(server, load)) return *ended;
    server.Pause();
    // Up to three times the clients' deadline.
    time.Sleep(Milliseconds(random.Uniform(100, 750)));
    server.Continue();
  }
  return ExpectRepeated(FinishAfterwards(server, load));
}

Finding RunEnds(const DrillOptions& options) {
  KvServer server(ServerFor(options));
  KvLoad load(LoadFor(options));
  RandomStream random(StreamKey(options.seed, "ends", "instants"));
  if (std::optional<Finding> wrong = Begin(server, load)) return *wrong;
  for (int round = 0; round < options.rounds; ++round) {
    RealTime().Sleep(Milliseconds(random.Uniform(50, 400)));
    if (std::optional<Finding> ended = EndedEarly(server, load)) return *ended;
    const absl::StatusOr<int> status = server.Terminate(kGrace);
    if (!status.ok()) {
      return Violated("exit-status", "the server outlives its grace");
    }
    if (*status != 0) {
      return Violated("exit-status",
                      absl::StrCat("the server ended with status ", *status));
    }
    if (std::optional<Finding> wrong = StartAgain(server)) return *wrong;
  }
  return FinishAfterwards(server, load);
}

}  // namespace reprise
