#include "reprise/sim/explore/testing/replay_corpus.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <iostream>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/sim/explore/sweep/replay.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/digest_trail.h"
#include "reprise/sim/world/edits.h"

namespace reprise {
namespace {

namespace fs = std::filesystem;

absl::Status Refusal(const fs::path& path, const std::string& problem) {
  return absl::InvalidArgumentError(
      absl::StrCat(Echo(path.string()), ": ", problem));
}

absl::Status ExpectReplayFile(const fs::path& path) {
  std::error_code error;
  if (fs::is_regular_file(path, error) && path.extension() == ".json") {
    return absl::OkStatus();
  }
  return Refusal(path,
                 "found no replay file; expected files NAME.json and nothing "
                 "else among saved replay files");
}

absl::Status AddFolder(const fs::path& folder,
                       std::vector<std::string>& files) {
  std::error_code error;
  const size_t size_before = files.size();
  for (fs::directory_iterator entry(folder, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const absl::Status status = ExpectReplayFile(entry->path());
    if (!status.ok()) return status;
    files.push_back(entry->path());
  }
  if (error) return Refusal(folder, error.message());
  if (files.size() == size_before) {
    return Refusal(folder, "the folder is empty; expected replay files");
  }
  return absl::OkStatus();
}

// "violated nothing-lost, digest 0123456789abcdef".
std::string Ending(VerdictKind verdict, const std::string& property,
                   uint64_t digest) {
  return absl::StrFormat("%s%s%s, digest %016x", VerdictName(verdict),
                         property.empty() ? "" : " ", Echo(property), digest);
}

std::string DescribeUnused(const ReplayFile& file, const Replay& replay) {
  std::string text;
  for (const std::string& option : replay.unused_options) {
    absl::StrAppend(&text, "  the scenario no longer asks for the option ",
                    Echo(option), "\n");
  }
  for (const UnfitEdit& unfit : replay.trial.unfit) {
    absl::StrAppend(&text, "  ", Echo(NameOf(unfit.edit)), " ",
                    Clipped(unfit.misfit.reason), "\n");
  }
  const Schedule& unused = replay.trial.unused;
  if (unused.empty()) return text;
  return absl::StrCat(
      text, "  no longer asked for: ", WithThousands(unused.size()), " of ",
      Count(file.timeline.edits.schedule.size(), "decision"),
      "; the first: ", Echo(NameOf(unused[0])), "\n");
}

std::string DescribeDifference(const Replay& replay) {
  const std::optional<EventRange> events = replay.FirstDifference();
  if (!events) return "";
  return absl::StrFormat("  differs: first in one of the events %d to %d\n",
                         events->first, events->last);
}

// What has changed since the file was saved, and the command that plays it.
// Empty where it does not play at all.
std::string DescribeChange(const Catalog& catalog, const std::string& path) {
  const absl::StatusOr<ReplayFile> file = ReadReplayFile(path);
  if (!file.ok()) return "";
  const absl::StatusOr<Replay> replay = Play(catalog, *file);
  if (!replay.ok()) return "";
  const TrialResult& result = replay->trial.result;
  std::string text;
  if (file->expected) {
    absl::StrAppend(&text, "  saved:   ",
                    Ending(file->expected->verdict, file->expected->property,
                           file->expected->digest),
                    "\n");
  }
  const TrialOrigin origin{.scenario = **FindScenario(catalog, file->scenario),
                           .program = catalog.program,
                           .replay_file = path};
  absl::StrAppend(
      &text, "  now:     ",
      Ending(result.verdict.kind, result.verdict.property, result.digest), "\n",
      DescribeDifference(*replay), DescribeUnused(*file, *replay),
      "  again:   ", ReplayCommand(origin, file->timeline.seed), "\n");
  return text;
}

// The name of a file's test, which no other one in `taken` has.
std::string NameOfTest(const std::string& path, std::set<std::string>& taken) {
  const std::string stem = TestName(fs::path(path).stem().string());
  std::string name = stem;
  for (int number = 2; !taken.insert(name).second; ++number) {
    name = absl::StrCat(stem, "_", number);
  }
  return name;
}

class Replays : public testing::Test {
 public:
  Replays(const Catalog& catalog, std::string path)
      : catalog_(catalog), path_(std::move(path)) {}
  void TestBody() override { EXPECT_TRUE(PlaysAsItShould(catalog_, path_)); }

 private:
  const Catalog& catalog_;
  const std::string path_;
};

void RegisterTests(const Catalog& catalog,
                   const std::vector<std::string>& files) {
  std::set<std::string> taken;
  for (const std::string& path : files) {
    testing::RegisterTest("Replays", NameOfTest(path, taken).c_str(), nullptr,
                          path.c_str(), path.c_str(), 1,
                          [&catalog, path]() -> testing::Test* {
                            return new Replays(catalog, path);
                          });
  }
}

}  // namespace

absl::StatusOr<std::vector<std::string>> FindReplayFiles(
    const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::exists(path, error)) {
      return Refusal(path,
                     "is not there; expected a folder of replay files, or one");
    }
    absl::Status status;
    if (fs::is_directory(path, error)) {
      status = AddFolder(path, files);
    } else {
      status = ExpectReplayFile(path);
      files.push_back(path);
    }
    if (!status.ok()) return status;
  }
  if (files.empty()) {
    return absl::InvalidArgumentError(
        "found no replay file; expected a folder of them, or some");
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

testing::AssertionResult PlaysAsItShould(const Catalog& catalog,
                                         const std::string& path) {
  const absl::Status status = CheckSavedFailure(catalog, path);
  if (status.ok()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "\n"
                                     << std::string(status.message()) << "\n"
                                     << DescribeChange(catalog, path);
}

int ReplayTestMain(int argc, char** argv, const Catalog& catalog,
                   std::vector<std::string> paths) {
  testing::InitGoogleTest(&argc, argv);
  if (argc > 1) paths.assign(argv + 1, argv + argc);
  const absl::StatusOr<std::vector<std::string>> files = FindReplayFiles(paths);
  if (!files.ok()) {
    std::cerr << files.status().message() << "\n";
    return 2;
  }
  RegisterTests(catalog, *files);
  return RUN_ALL_TESTS();
}

}  // namespace reprise
