#include "reprise/sim/explore/cli/version.h"

#include <string>
#include <string_view>

#include "absl/strings/str_format.h"

namespace reprise::cli {
namespace {

std::string Compiler() {
#if defined(__clang__)
  return absl::StrFormat("Clang %d.%d.%d", __clang_major__, __clang_minor__,
                         __clang_patchlevel__);
#elif defined(__GNUC__)
  return absl::StrFormat("GCC %d.%d.%d", __GNUC__, __GNUC_MINOR__,
                         __GNUC_PATCHLEVEL__);
#else
  return "an unknown compiler";
#endif
}

}  // namespace

std::string DescribeVersion(std::string_view commit) {
  return absl::StrFormat("reprise %s (commit %s, %s)\n", REPRISE_VERSION,
                         commit, Compiler());
}

}  // namespace reprise::cli
