#include "reprise/sim/explore/trial/verdict.h"

#include <optional>
#include <string_view>

namespace reprise {

std::string_view VerdictName(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::kHolds:
      return "holds";
    case VerdictKind::kViolated:
      return "violated";
    case VerdictKind::kUndecided:
      return "undecided";
  }
  return "unknown";
}

std::optional<VerdictKind> VerdictNamed(std::string_view name) {
  for (const VerdictKind kind :
       {VerdictKind::kHolds, VerdictKind::kViolated, VerdictKind::kUndecided}) {
    if (VerdictName(kind) == name) return kind;
  }
  return std::nullopt;
}

}  // namespace reprise
