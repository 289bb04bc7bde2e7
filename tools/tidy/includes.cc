#include "tools/tidy/includes.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace reprise::tidy {
namespace {

using Prefixes = std::vector<std::string>;

// What the files of a folder may include besides the C++ library.
struct Room {
  std::string folder;
  Prefixes project;
  Prefixes libraries;
  Prefixes tests = {};  // What its tests may include beside that.
};

// Their headers are included as "reprise/sim/core/time.h"; those of the folder
// reprise/, which include others of them, as "reprise/env.h".
constexpr std::string_view kPublicPrefix = "reprise/";

const Prefixes& PublicFolders() {
  static const Prefixes folders = {"sim/", "kv/", "checker/", "text/"};
  return folders;
}

const Prefixes& ProjectFolders() {
  static const Prefixes folders = {"sim/",   "kv/",    "checker/", "text/",
                                   "tests/", "tools/", "reprise/"};
  return folders;
}

Prefixes Join(Prefixes prefixes, const Prefixes& more) {
  prefixes.insert(prefixes.end(), more.begin(), more.end());
  return prefixes;
}

// The part of sim/core that code under test may see.
Prefixes OpenCore() {
  Prefixes headers;
  for (const char* header :
       {"channel", "check", "chrono", "condition", "fault_site", "future",
        "ids", "log_level", "mark", "mutex", "offers", "random",
        "synchronization", "task_handle", "task_testing", "time", "wait_group",
        "wait_queue"}) {
    headers.push_back(absl::StrCat("sim/core/", header, ".h"));
  }
  return headers;
}

// It knows nothing of what the texts are about, so everybody may include it.
const Prefixes& OpenToAll() {
  static const Prefixes folders = {"text/"};
  return folders;
}

std::vector<Room> CheckerRooms() {
  const std::string json = "nlohmann/";
  const Prefixes history = {"checker/history/"};
  return {
      {"checker/history/", history, {"absl/"}, {"checker/"}},
      {"checker/containers/",
       Join({"checker/containers/"}, history),
       {},
       {"checker/"}},
      {"checker/key_value/",
       Join({"checker/key_value/", "checker/value/"}, history),
       {"absl/"},
       {"checker/"}},
      {"checker/value/",
       Join({"checker/value/"}, history),
       {"absl/"},
       {"checker/"}},
      {"checker/model/",
       Join({"checker/model/", "checker/value/"}, history),
       {"absl/"},
       {"checker/"}},
      {"checker/models/",
       Join({"checker/models/", "checker/model/", "checker/value/",
             "checker/containers/"},
            history),
       {"absl/"},
       {"checker/"}},
      {"checker/formats/",
       Join({"checker/formats/", "checker/value/"}, history),
       {"absl/", json},
       {"checker/"}},
      {"checker/recorder/", {"checker/"}, {"absl/"}},
      {"checker/", {"checker/"}, {"absl/"}},
  };
}

std::vector<Room> SimRooms() {
  const Prefixes trace = {"sim/trace/", "sim/core/"};
  const Prefixes world = Join({"sim/world/", "sim/env/"}, trace);
  return {
      {"sim/core/",
       {"sim/core/"},
       {"absl/", "boost/context/", "xxhash.h", "pcg_"}},
      {"sim/env/", Join({"sim/env/"}, OpenCore()), {"absl/"}},
      {"sim/real/",
       {"sim/real/", "sim/env/", "sim/core/"},
       {"absl/", "asio/", "xxhash.h"}},
      {"sim/trace/", trace, {"absl/", "xxhash.h"}},
      {"sim/world/", world, {"absl/", "xxhash.h"}},
  };
}

// Each may include those before it.
std::vector<Room> ExploreRooms() {
  Prefixes below = {"sim/world/", "sim/env/", "sim/trace/", "sim/core/",
                    "checker/"};
  std::vector<Room> rooms;
  for (const char* name : {"trial", "isolation", "repeat", "shrink", "sweep",
                           "report", "branch", "page", "cli", "testing"}) {
    const std::string folder = absl::StrCat("sim/explore/", name, "/");
    below.push_back(folder);
    rooms.push_back({folder,
                     below,
                     {"absl/", "nlohmann/", "CLI/"},
                     {"sim/explore/testing/"}});
  }
  return rooms;
}

// The first whose folder holds a file is the file's own.
std::vector<Room> Rooms() {
  const std::string json = "nlohmann/";
  std::vector<Room> rooms = CheckerRooms();
  for (const std::vector<Room>& more : {SimRooms(), ExploreRooms()}) {
    rooms.insert(rooms.end(), more.begin(), more.end());
  }
  // What makes changes durable, and consensus, know no keys.
  const Prefixes env = Join({"sim/env/"}, OpenCore());
  for (const Prefixes& room :
       {Prefixes{"kv/storage/"}, Prefixes{"kv/raft/", "kv/storage/"}}) {
    rooms.push_back({room.front(),
                     Join(room, env),
                     {"absl/", "xxhash.h"},
                     {"kv/testing/"}});
  }
  rooms.push_back({"kv/", Join({"kv/"}, env), {"absl/", "xxhash.h"}});
  // As a user of the consensus writes it: it knows no keys, either.
  rooms.push_back({"tests/lock_service/",
                   Join({"tests/lock_service/", "kv/raft/", "kv/storage/",
                         "kv/failed_answer.h", "kv/leader_caller.h",
                         "kv/replicated_wire.h"},
                        env),
                   {"absl/"},
                   {"sim/"}});
  rooms.push_back(
      {"tests/scenarios/",
       {"tests/scenarios/", "tests/lock_service/", "kv/", "sim/", "checker/"},
       {"absl/"}});
  rooms.push_back({"text/", {"text/"}, {"absl/strings/"}});
  rooms.push_back({"reprise/env.h", Join({"sim/env/"}, OpenCore()), {}});
  rooms.push_back({"reprise/", {"sim/", "checker/", "reprise/"}, {}});
  rooms.push_back(
      {"tests/", ProjectFolders(), {"absl/", json, "gtest/", "gmock/"}});
  rooms.push_back(
      {"tools/", ProjectFolders(), {"absl/", json, "CLI/", "benchmark/"}});
  return rooms;
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

// Where the project has the header; empty if it is not the project's.
std::string ProjectPath(const Include& include) {
  if (include.target.starts_with(kPublicPrefix)) {
    std::string path = include.target.substr(kPublicPrefix.size());
    return path.find('/') == std::string::npos ? include.target : path;
  }
  return IsUnder(include.target, ProjectFolders()) ? include.target : "";
}

bool IsLibrary(const Include& include) {
  return include.is_quoted ||
         IsUnder(include.target,
                 {"absl/", "boost/", "nlohmann/", "simdjson", "CLI/",
                  "xxhash.h", "pcg_", "gtest/", "gmock/", "benchmark/"});
}

std::string ProjectProblem(const Source& source, const Room& room,
                           const std::string& target) {
  const bool is_open = IsUnder(target, OpenToAll()) ||
                       IsUnder(target, room.project) ||
                       (source.IsTest() && IsUnder(target, room.tests));
  if (!is_open) {
    return absl::StrCat(room.folder, " may not include ", target);
  }
  const bool is_helper = ParseSource(target, "").IsTest();
  if (is_helper && !source.IsTest() && !IsUnder(source.path, {"tests/"})) {
    return absl::StrCat("only tests may include the helper ", target);
  }
  return "";
}

std::string LibraryProblem(const Source& source, const Room& room,
                           const std::string& target) {
  Prefixes libraries = room.libraries;
  if (source.IsTest()) {
    libraries.insert(libraries.end(), {"gtest/", "gmock/"});
  }
  if (source.path.ends_with("_benchmark.cc")) {
    libraries.push_back("benchmark/");
  }
  if (!IsUnder(target, libraries)) {
    return absl::StrCat(room.folder, " may not include ", target,
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

std::string Problem(const Source& source, const Room& room,
                    const Include& include) {
  if (include.target.empty()) return "";
  if (IsUnder(include.target, PublicFolders())) {
    return absl::StrCat("include it as \"reprise/", include.target, "\"");
  }
  const std::string path = ProjectPath(include);
  if (!path.empty()) return ProjectProblem(source, room, path);
  if (IsLibrary(include)) return LibraryProblem(source, room, include.target);
  return SystemProblem(source, include.target);
}

}  // namespace

void CheckIncludes(const Source& source, Findings& findings) {
  if (source.language != Language::kCpp) return;
  // Projects of their own, which have folders of the same names.
  if (IsUnder(source.path, {"tests/consumers/"})) return;
  const std::vector<Room> rooms = Rooms();
  const auto room =
      std::find_if(rooms.begin(), rooms.end(), [&](const Room& candidate) {
        return source.path.starts_with(candidate.folder);
      });
  if (room == rooms.end()) {
    findings.push_back({0, "include", "no folder of the house holds this"});
    return;
  }
  for (size_t i = 0; i < source.lines.size(); ++i) {
    std::string problem = Problem(source, *room, ParseInclude(source.lines[i]));
    if (problem.empty()) continue;
    findings.push_back({static_cast<int>(i) + 1, "include", problem});
  }
}

std::vector<std::string> ProjectIncludes(const Source& source) {
  std::vector<std::string> paths;
  for (const Line& line : source.lines) {
    std::string path = ProjectPath(ParseInclude(line));
    if (!path.empty()) paths.push_back(std::move(path));
  }
  return paths;
}

}  // namespace reprise::tidy
