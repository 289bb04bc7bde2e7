// Which server of which list a folder belongs to.
//
// A replica's number is its place in --replicas, and its data are of that
// number: where two servers changed places, or one took the folder of another,
// what is on the disks would be taken for somebody else's. So a folder keeps
// the names and the own one, and is refused to all others.
//
//   absl::Status status = ClaimFolder(env.disk(), {"a", "b", "c"}, "b");

#ifndef TOOLS_KV_PROGRAM_FOLDER_OWNER_H_
#define TOOLS_KV_PROGRAM_FOLDER_OWNER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/env/disk.h"

namespace reprise::kv {

// The file that says so.
inline constexpr std::string_view kOwnerName = "owner";

// Returns when it is durable that the disk is `own`'s, one of `names`. The list
// may have grown at its end. Errors: FailedPrecondition, with what was
// expected, where the disk belongs to another name, or the list was another
// one; DataLoss where that cannot be read; those of the disk.
absl::Status ClaimFolder(Disk& disk, const std::vector<std::string>& names,
                         const std::string& own);

}  // namespace reprise::kv

#endif  // TOOLS_KV_PROGRAM_FOLDER_OWNER_H_
