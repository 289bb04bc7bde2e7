#include "tests/real/full_disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

#include "absl/status/status.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/file_descriptor.h"
#include "tests/real/drill.h"
#include "tests/real/finding.h"
#include "tests/real/kv_load.h"
#include "tests/real/kv_server.h"
#include "tests/real/namespaces.h"
#include "tests/real/real_time.h"

namespace reprise {
namespace {

constexpr uint64_t kDiskBytes = 512 << 10;

// A file that takes all room that there is, until it is removed.
class Ballast {
 public:
  explicit Ballast(std::filesystem::path path) : path_(std::move(path)) {}

  // Writes until nothing fits any more, not even a byte.
  void Fill() const {
    const FileDescriptor file(
        open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600));
    const std::string block(4096, 'x');
    for (size_t bytes = block.size(); bytes > 0; bytes /= 2) {
      while (write(file.get(), block.data(), bytes) > 0) {
      }
    }
  }
  void Remove() const {
    std::error_code error;
    std::filesystem::remove(path_, error);
  }

 private:
  const std::filesystem::path path_;
};

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
  return FinishAfterwards(server, load);
}

}  // namespace reprise
