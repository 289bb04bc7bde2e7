#include "tests/real/full_disk.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

#include "absl/status/status.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "tests/real/ballast.h"
#include "tests/real/drill.h"
#include "tests/real/finding.h"
#include "tests/real/kv_load.h"
#include "tests/real/kv_server.h"
#include "tests/real/namespaces.h"
#include "tests/real/real_time.h"

namespace reprise {
namespace {

constexpr uint64_t kDiskBytes = 512 << 10;

std::optional<Finding> FillOnce(RandomStream& random, const Ballast& ballast,
                                KvServer& server, KvLoad& load) {
  const RealTime time;
  time.Sleep(Milliseconds(random.Uniform(50, 300)));
  if (std::optional<Finding> ended = EndedEarly(server, load)) return ended;
  ballast.Fill();
  time.Sleep(Milliseconds(random.Uniform(50, 300)));
  if (random.Chance({1, 2})) {
    server.Kill();
    // It starts though it cannot write yet.
    if (std::optional<Finding> wrong = StartAgain(server)) return wrong;
    time.Sleep(Milliseconds(random.Uniform(50, 300)));
  }
  ballast.Remove();
  return EndedEarly(server, load);
}

}  // namespace

Finding RunFullDisk(const DrillOptions& options) {
  const std::filesystem::path disk = options.folder / "disk";
  std::error_code error;
  std::filesystem::create_directories(disk, error);
  absl::Status status = EnterOwnMounts();
  if (status.ok()) status = MountSmallDisk(disk, kDiskBytes);
  if (!status.ok()) return Skipped(std::string(status.message()));
  KvServerOptions server_options = ServerFor(options);
  server_options.store = disk / "store";
  KvServer server(server_options);
  KvLoad load(LoadFor(options));
  RandomStream random(StreamKey(options.seed, "full-disk", "instants"));
  const Ballast ballast(disk / "ballast");
  if (std::optional<Finding> wrong = Begin(server, load)) return *wrong;
  for (int round = 0; round < options.rounds; ++round) {
    if (std::optional<Finding> wrong =
            FillOnce(random, ballast, server, load)) {
      return *wrong;
    }
  }
  return ExpectRepeated(FinishAfterwards(server, load));
}

}  // namespace reprise
