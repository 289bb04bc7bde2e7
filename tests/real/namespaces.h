// Namespaces of this process: file systems and networks of its own, which end
// with it and its children.
//
// Needs root, or a system that lets everybody make namespaces of users.
//
//   absl::Status status = EnterOwnMounts();
//   if (status.ok()) status = MountSmallDisk(folder, 1 << 20);

#ifndef TESTS_REAL_NAMESPACES_H_
#define TESTS_REAL_NAMESPACES_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace reprise {

// From now on the mounts of this process are its own. Requires that the process
// has one thread. Errors: PermissionDenied.
absl::Status EnterOwnMounts();

// From now on this process has a network of its own, with nothing but loopback.
// Requires that the process has one thread. Errors: PermissionDenied;
// Unavailable where there is no `ip`.
absl::Status EnterOwnNetwork();

// A file system of `bytes` at `folder`, which exists. Requires that
// EnterOwnMounts() succeeded. Errors: PermissionDenied.
absl::Status MountSmallDisk(const std::filesystem::path& folder,
                            uint64_t bytes);

// Runs a command to its end. Errors: Unavailable, with the command and its
// status, 127 where there is no such program.
absl::Status RunCommand(const std::vector<std::string>& command);

}  // namespace reprise

#endif  // TESTS_REAL_NAMESPACES_H_
