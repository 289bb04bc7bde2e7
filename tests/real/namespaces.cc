#include "tests/real/namespaces.h"

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "reprise/sim/core/time.h"
#include "tests/real/child_process.h"

namespace reprise {
namespace {

absl::Status Denied(const std::string& what) {
  return absl::PermissionDeniedError(
      absl::StrCat("this machine allows no ", what, ": ", strerror(errno)));
}

// The user that the process was is root of the new namespace.
absl::Status MapUser(uid_t user, gid_t group) {
  std::ofstream("/proc/self/setgroups") << "deny";
  std::ofstream users("/proc/self/uid_map");
  users << "0 " << user << " 1" << std::flush;
  std::ofstream groups("/proc/self/gid_map");
  groups << "0 " << group << " 1" << std::flush;
  return users && groups ? absl::OkStatus() : Denied("mapping of users");
}

absl::Status Enter(int kinds) {
  const uid_t user = geteuid();
  const gid_t group = getegid();
  if (unshare(kinds) == 0) return absl::OkStatus();
  if (unshare(kinds | CLONE_NEWUSER) != 0) return Denied("namespaces");
  return MapUser(user, group);
}

}  // namespace

absl::Status EnterOwnMounts() {
  const absl::Status status = Enter(CLONE_NEWNS);
  if (!status.ok()) return status;
  if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return Denied("mounts");
  }
  return absl::OkStatus();
}

absl::Status EnterOwnNetwork() {
  const absl::Status status = Enter(CLONE_NEWNET);
  if (!status.ok()) return status;
  return RunCommand({"ip", "link", "set", "lo", "up"});
}

absl::Status MountSmallDisk(const std::filesystem::path& folder,
                            uint64_t bytes) {
  const std::string size = absl::StrCat("size=", bytes);
  if (mount("small-disk", folder.c_str(), "tmpfs", 0, size.c_str()) != 0) {
    return Denied("file systems");
  }
  return absl::OkStatus();
}

absl::Status RunCommand(const std::vector<std::string>& command) {
  absl::StatusOr<ChildProcess> process =
      ChildProcess::Start({.command = command});
  if (!process.ok()) return process.status();
  const absl::StatusOr<int> status = process->Wait(Seconds(10));
  if (!status.ok()) return status.status();
  if (*status == 0) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat(absl::StrJoin(command, " "),
                                             " ended with status ", *status));
}

}  // namespace reprise
