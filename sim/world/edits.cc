#include "reprise/sim/world/edits.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace reprise {

std::string NameOf(const Decision& decision) {
  const std::string name =
      absl::StrCat(decision.entity, ":", decision.purpose, ":");
  return decision.packet.empty() ? absl::StrCat(name, decision.index)
                                 : absl::StrCat(name, decision.packet);
}

}  // namespace reprise
