#include "tests/real/drill.h"

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "reprise/sim/core/time.h"
#include "tests/real/finding.h"
#include "tests/real/kv_load.h"
#include "tests/real/kv_server.h"
#include "tests/real/real_time.h"

namespace reprise {

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
  if (const std::optional<std::string> how = server.EndedAs()) {
    return Violated("recovery", *how);
  }
  return load.EndedAs();
}

std::optional<Finding> AwaitAnswers(KvServer& server, KvLoad& load) {
  constexpr uint64_t kAFewHundredLines = 24 << 10;
  const RealTime time;
  const uint64_t before = load.HistoryBytes();
  while (load.HistoryBytes() < before + kAFewHundredLines) {
    if (std::optional<Finding> ended = EndedEarly(server, load)) return ended;
    time.Sleep(Milliseconds(10));
  }
  return EndedEarly(server, load);
}

Finding FinishAfterwards(KvServer& server, KvLoad& load) {
  if (std::optional<Finding> wrong = AwaitAnswers(server, load)) return *wrong;
  return load.Finish();
}

Finding ExpectRepeated(Finding finding) {
  if (finding.result == DrillResult::kHolds && finding.repeated == 0) {
    return Failed("no request was sent again");
  }
  return finding;
}

}  // namespace reprise
