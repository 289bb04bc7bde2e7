// The drill `full-disk`: the file system of the server's folder is full for a
// while, again and again; now and then the server is killed meanwhile.
//
//   Finding finding = RunFullDisk({.program = kv, .folder = folder});

#ifndef TESTS_REAL_FULL_DISK_H_
#define TESTS_REAL_FULL_DISK_H_

#include "tests/real/drill.h"
#include "tests/real/finding.h"

namespace reprise {

// Enters a namespace of mounts (namespaces.h); kSkipped where it may not.
// Property "progress": the server goes on within seconds when there is room
// again.
Finding RunFullDisk(const DrillOptions& options);

}  // namespace reprise

#endif  // TESTS_REAL_FULL_DISK_H_
