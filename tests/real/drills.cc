#include "tests/real/drills.h"

#include <optional>
#include <string_view>
#include <vector>

#include "tests/real/cut_links.h"
#include "tests/real/full_disk.h"
#include "tests/real/kills.h"
#include "tests/real/kv_server.h"
#include "tests/real/leader_kills.h"
#include "tests/real/members_change.h"
#include "tests/real/signals.h"

namespace reprise {

std::vector<Drill> AllDrills() {
  return {
      {"calm", RunCalm, 2, Storage::kMemory},
      {"pauses", RunPauses, 12, Storage::kMemory},
      {"pauses-of-durable", RunPauses, 8, Storage::kUnsyncedDisk},
      {"kills", RunKills, 100, Storage::kUnsyncedDisk},
      {"kills-with-page-cache", RunKills, 50, Storage::kDisk},
      {"leader-kills", RunLeaderKills, 100, Storage::kUnsyncedDisk},
      {"members-change", RunMembersChange, 12, Storage::kUnsyncedDisk},
      {"ends", RunEnds, 10, Storage::kUnsyncedDisk},
      {"full-disk", RunFullDisk, 10, Storage::kDisk},
      {"full-unsynced-disk", RunFullDisk, 10, Storage::kUnsyncedDisk},
      {"cut-links", RunCutLinks, 7, Storage::kMemory},
      {"cut-links-of-durable", RunCutLinks, 4, Storage::kUnsyncedDisk},
  };
}

std::optional<Drill> FindDrill(std::string_view name) {
  for (const Drill& drill : AllDrills()) {
    if (drill.name == name) return drill;
  }
  return std::nullopt;
}

}  // namespace reprise
