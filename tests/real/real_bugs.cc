#include "tests/real/real_bugs.h"

#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/replica_options.h"
#include "reprise/kv/raft/rules.h"
#include "reprise/kv/raft/types.h"
#include "reprise/kv/replicated_server.h"
#include "reprise/kv/storage/checkpoint.h"
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

class UnsyncedFile final : public ForwardingFile {
 public:
  using ForwardingFile::ForwardingFile;

  absl::Status Sync() override { return absl::OkStatus(); }
};

// What is appended to a log is taken for synced when it is written.
class UnsyncedLogDisk final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;

  absl::StatusOr<std::unique_ptr<File>> Open(std::string_view name,
                                             OpenMode mode) override {
    absl::StatusOr<std::unique_ptr<File>> file =
        ForwardingDisk::Open(name, mode);
    if (!file.ok() || !name.starts_with(kv::kLogPrefix)) return file;
    return std::make_unique<UnsyncedFile>(*std::move(file));
  }
};

class UnsyncedLogEnv final : public ForwardingEnv {
 public:
  explicit UnsyncedLogEnv(Env& env) : ForwardingEnv(env), disk_(env.disk()) {}

  Disk& disk() override { return disk_; }

 private:
  UnsyncedLogDisk disk_;
};

std::vector<Bug> BugsOfMachines() {
  return {{.listing = {.name = "replica-log-not-synced",
                       .about = "a server of the replicated store answers when "
                                "its log is written, and never syncs it"},
           .replica_env =
               [](Env& env) { return std::make_unique<UnsyncedLogEnv>(env); }},
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
