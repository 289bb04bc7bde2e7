#include "tools/tidy/offered.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"

namespace reprise::tidy {
namespace {

constexpr std::string_view kBuildFile = "/BUILD.bazel";

// What these folders open is for everybody. Of the others, sim/core has a part
// that is, and the rest serves the project alone.
bool IsOfferedFolder(std::string_view folder) {
  static const std::vector<std::string_view> folders = {
      "checker",       "checker/formats",  "checker/history",
      "checker/model", "checker/recorder", "checker/report",
      "checker/value", "sim/core",         "sim/env",
      "sim/trace",     "sim/world",        "sim/explore/trial",
      "text"};
  return std::find(folders.begin(), folders.end(), folder) != folders.end();
}

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool IsOpen(std::string_view folder, std::string_view unit) {
  if (Has(unit, "testonly = True")) return false;
  if (Has(unit, "//:open_core_users")) return true;
  return folder != "sim/core" && !Has(unit, "visibility = ");
}

// "//sim/world:node", and "//sim/world" for the unit of the folder's name.
std::string Label(std::string_view folder, std::string_view name) {
  const bool is_main = folder.substr(folder.rfind('/') + 1) == name;
  return absl::StrCat("//", std::string(folder), is_main ? "" : ":",
                      is_main ? "" : std::string(name));
}

// Calls `visit` with the name and the text of each unit of a BUILD file.
template <typename Visit>
void ForEachUnit(std::string_view build, Visit visit) {
  constexpr std::string_view kOpening = "unit(\n    name = \"";
  for (size_t at = build.find(kOpening); at != std::string_view::npos;
       at = build.find(kOpening, at + 1)) {
    const std::string_view unit = build.substr(at, build.find("\n)", at) - at);
    const std::string_view name = unit.substr(kOpening.size());
    visit(name.substr(0, name.find('"')), unit);
  }
}

}  // namespace

std::vector<std::string> UnofferedUnits(const Tree& tree) {
  const auto offered = tree.find("reprise/BUILD.bazel");
  if (offered == tree.end()) return {};
  std::vector<std::string> missing;
  for (const auto& [path, text] : tree) {
    if (!path.ends_with(kBuildFile)) continue;
    const std::string folder = path.substr(0, path.size() - kBuildFile.size());
    if (!IsOfferedFolder(folder)) continue;
    ForEachUnit(text, [&](std::string_view name, std::string_view unit) {
      std::string label = Label(folder, name);
      const bool is_missing =
          !Has(offered->second, absl::StrCat("\"", label, "\""));
      if (IsOpen(folder, unit) && is_missing) {
        missing.push_back(std::move(label));
      }
    });
  }
  return missing;
}

}  // namespace reprise::tidy
