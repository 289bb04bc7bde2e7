#include "tests/real/real_bugs.h"

#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/replica_options.h"
#include "reprise/kv/raft/rules.h"
#include "reprise/kv/raft/types.h"
#include "reprise/kv/replicated_server.h"
#include "reprise/sim/env/env.h"
#include "tests/scenarios/bugs/bug.h"
#include "tests/scenarios/bugs/bugs.h"
#include "tests/scenarios/bugs/disks.h"
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

absl::Status FullDiskIgnored(Env& env) {
  WithDisk<DiskOfFiles<UnlimitedFile>> unlimited(env);
  return RightDurableServer(unlimited);
}

// What is written is taken for synced.
class UnsyncedFile final : public ForwardingFile {
 public:
  using ForwardingFile::ForwardingFile;

  absl::Status Sync() override { return absl::OkStatus(); }
};

std::vector<Bug> BugsOfMachines() {
  return {{.listing = {.name = "replica-log-not-synced",
                       .about = "a server of the replicated store answers when "
                                "its log is written, and never syncs it"},
           .replica_env = MakeEnv<WithDisk<DiskOfLogs<UnsyncedFile>>>},
          {.listing = {.name = "replica-never-changes-members",
                       .about = "a leader takes each change of members for one "
                                "that has to wait"},
           .replica =
               [](kv::ReplicatedServerOptions& options) {
                 options.replica.rules.may_change_membership =
                     [](const kv::raft::Membership&, kv::raft::Index,
                        kv::raft::Index, kv::raft::Term,
                        kv::raft::Term) { return false; };
               }},
          {.listing = {.name = "full-disk-ignored",
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
