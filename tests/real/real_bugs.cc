#include "tests/real/real_bugs.h"

#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "tests/scenarios/bugs/bug.h"
#include "tests/scenarios/bugs/bugs.h"
#include "tests/scenarios/bugs/durable_servers.h"
#include "tests/scenarios/bugs/forwarding_env.h"

namespace reprise {
namespace {

absl::Status Ignored(const absl::Status& status) {
  return absl::IsResourceExhausted(status) ? absl::OkStatus() : status;
}

// Takes a full disk for one that has written.
class UnlimitedFile final : public ForwardingFile {
 public:
  using ForwardingFile::ForwardingFile;

  absl::Status Append(std::string_view bytes) override {
    return Ignored(ForwardingFile::Append(bytes));
  }
  absl::Status Sync() override { return Ignored(ForwardingFile::Sync()); }
};

class UnlimitedEnv final : public ForwardingEnv {
 public:
  explicit UnlimitedEnv(Env& env) : ForwardingEnv(env), disk_(env.disk()) {}

  Disk& disk() override { return disk_; }

 private:
  DiskOfFiles<UnlimitedFile> disk_;
};

absl::Status FullDiskIgnored(Env& env) {
  UnlimitedEnv unlimited(env);
  return RightDurableServer(unlimited);
}

std::vector<Bug> BugsOfMachines() {
  return {{.listing = {.name = "full-disk-ignored",
                       .about = "the server takes a full disk for one that has "
                                "written"},
           .durable_server = FullDiskIgnored}};
}

}  // namespace

std::optional<Bug> FindRealBug(std::string_view name) {
  for (const std::vector<Bug>& bugs : {BugsOfMachines(), AllBugs()}) {
    for (const Bug& bug : bugs) {
      if (bug.listing.name == name) return bug;
    }
  }
  return std::nullopt;
}

}  // namespace reprise
