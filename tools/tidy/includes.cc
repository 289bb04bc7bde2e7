#include "tools/tidy/includes.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"

namespace reprise::tidy {
namespace {

using Prefixes = std::vector<std::string>;

// What the files of a folder may include besides the C++ library.
struct Layer {
  std::string folder;
  Prefixes project;
  Prefixes libraries;
};

const Prefixes& ProjectFolders() {
  static const Prefixes folders = {"sim/", "kv/", "checker/", "tests/",
                                   "tools/"};
  return folders;
}

// The part of sim/core that code under test may see.
Prefixes WithVisibleCore(Prefixes prefixes) {
  for (const char* header :
       {"channel", "check", "condition", "fault_site", "future", "ids", "mutex",
        "random", "synchronization", "task_testing", "time", "wait_group"}) {
    prefixes.push_back(absl::StrCat("sim/core/", header, ".h"));
  }
  return prefixes;
}

// The first layer whose folder holds a file is the file's own.
std::vector<Layer> Layers() {
  const std::string boost = "boost/context/";
  const std::string json = "nlohmann/";
  const Prefixes above_sim = {"tests/scenarios/", "kv/", "sim/", "checker/"};
  return {
      {"checker/formats", {"checker/"}, {"absl/", json, "simdjson.h"}},
      {"checker/", {"checker/"}, {"absl/"}},
      {"kv/", WithVisibleCore({"kv/", "sim/env/"}), {"absl/", "xxhash.h"}},
      {"sim/core/", {"sim/core/"}, {"absl/", boost, "xxhash.h", "pcg_"}},
      {"sim/env/", WithVisibleCore({"sim/env/"}), {"absl/"}},
      {"sim/trace/", {"sim/trace/", "sim/core/"}, {"absl/", "xxhash.h"}},
      {"sim/world/",
       {"sim/world/", "sim/env/", "sim/trace/", "sim/core/"},
       {"absl/", "xxhash.h"}},
      {"sim/explore/", {"sim/", "checker/"}, {"absl/", json, "CLI/"}},
      {"tests/scenarios/", above_sim, {"absl/"}},
      {"tests/", ProjectFolders(), {"absl/", json, "gtest/", "gmock/"}},
      {"tools/", ProjectFolders(), {"absl/", json, "CLI/", "benchmark/"}},
  };
}

// What would be a second door out of the simulated world.
const Prefixes& OutsideWorld() {
  static const Prefixes headers = {
      "arpa/",        "chrono",     "condition_variable",
      "csignal",      "cstdio",     "ctime",
      "fcntl.h",      "filesystem", "fstream",
      "future",       "iostream",   "mutex",
      "netdb.h",      "netinet/",   "poll.h",
      "pthread.h",    "random",     "semaphore",
      "shared_mutex", "signal.h",   "stdio.h",
      "sys/",         "thread",     "time.h",
      "unistd.h"};
  return headers;
}

// Abseil's own doors to clocks, chance and hashes of one process.
const Prefixes& UnseededLibraries() {
  static const Prefixes headers = {"absl/hash/", "absl/random/",
                                   "absl/time/clock.h"};
  return headers;
}

struct Include {
  std::string target;
  bool is_quoted = false;
};

// An empty target if the line includes nothing.
Include ParseInclude(const Line& line) {
  if (!line.code.starts_with("#include ")) return {};
  const size_t open = line.raw.find_first_of("\"<");
  if (open == std::string::npos) return {};
  const bool is_quoted = line.raw[open] == '"';
  const size_t close = line.raw.find(is_quoted ? '"' : '>', open + 1);
  if (close == std::string::npos) return {};
  return {line.raw.substr(open + 1, close - open - 1), is_quoted};
}

bool IsLibrary(const Include& include) {
  return include.is_quoted ||
         IsUnder(include.target,
                 {"absl/", "boost/", "nlohmann/", "simdjson", "CLI/",
                  "xxhash.h", "pcg_", "gtest/", "gmock/", "benchmark/"});
}

std::string ProjectProblem(const Source& source, const Layer& layer,
                           const std::string& target) {
  if (!IsUnder(target, layer.project)) {
    return absl::StrCat(layer.folder, " may not include ", target);
  }
  const bool is_helper = ParseSource(target, "").IsTest();
  if (is_helper && !source.IsTest() && !IsUnder(source.path, {"tests/"})) {
    return absl::StrCat("only tests may include the helper ", target);
  }
  return "";
}

std::string LibraryProblem(const Source& source, const Layer& layer,
                           const std::string& target) {
  Prefixes libraries = layer.libraries;
  if (source.IsTest()) {
    libraries.insert(libraries.end(), {"gtest/", "gmock/"});
  }
  if (source.path.ends_with("_benchmark.cc")) {
    libraries.push_back("benchmark/");
  }
  if (!IsUnder(target, libraries)) {
    return absl::StrCat(layer.folder, " may not include ", target,
                        "; name the project's own files from its root");
  }
  const bool is_seeded = !IsUnder(source.path, {"tools/"});
  if (is_seeded && IsUnder(target, UnseededLibraries())) {
    return absl::StrCat(target, " differs from process to process");
  }
  return "";
}

std::string SystemProblem(const Source& source, const std::string& target) {
  const Prefixes& outside = OutsideWorld();
  const bool is_outside =
      std::any_of(outside.begin(), outside.end(), [&](const std::string& name) {
        return name.ends_with('/') ? target.starts_with(name) : target == name;
      });
  if (!IsUnder(source.path, {"kv/"}) || source.IsTest() || !is_outside) {
    return "";
  }
  return absl::StrCat("kv/ may not include <", target,
                      ">: it reaches the world through sim/env alone");
}

std::string Problem(const Source& source, const Layer& layer,
                    const Include& include) {
  if (include.target.empty()) return "";
  if (IsUnder(include.target, ProjectFolders())) {
    return ProjectProblem(source, layer, include.target);
  }
  if (IsLibrary(include)) return LibraryProblem(source, layer, include.target);
  return SystemProblem(source, include.target);
}

}  // namespace

void CheckIncludes(const Source& source, Findings& findings) {
  if (source.language != Language::kCpp) return;
  const std::vector<Layer> layers = Layers();
  const auto layer =
      std::find_if(layers.begin(), layers.end(), [&](const Layer& candidate) {
        return source.path.starts_with(candidate.folder);
      });
  if (layer == layers.end()) {
    findings.push_back({0, "include", "no folder of the house holds this"});
    return;
  }
  for (size_t i = 0; i < source.lines.size(); ++i) {
    std::string problem =
        Problem(source, *layer, ParseInclude(source.lines[i]));
    if (problem.empty()) continue;
    findings.push_back({static_cast<int>(i) + 1, "include", problem});
  }
}

}  // namespace reprise::tidy
