#include "reprise/sim/explore/trial/replay_file.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <ios>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/file_error.h"
#include "reprise/sim/explore/trial/json_text.h"
#include "reprise/sim/explore/trial/replay_words.h"
#include "reprise/sim/explore/trial/schedule_check.h"
#include "reprise/sim/explore/trial/schedule_rows.h"

namespace reprise {
namespace {

// Programs that read files up to the first version only know no ranges.
constexpr uint64_t kVersionWithoutRanges = 2;
constexpr uint64_t kVersionWithRanges = 3;
// Of a file that is being written.
constexpr char kUnfinished[] = ".unfinished";

std::string FormatOptions(const std::vector<OptionValue>& options) {
  return absl::StrJoin(
      options, ", ", [](std::string* out, const OptionValue& option) {
        absl::StrAppend(out, QuoteForJson(option.name), ": ", option.value);
      });
}

std::string FormatDigests(const std::vector<DigestPoint>& digests) {
  if (digests.empty()) return "";
  const auto append = [](std::string* out, const DigestPoint& point) {
    absl::StrAppendFormat(out, "[%d, \"%016x\"]", point.event, point.digest);
  };
  return absl::StrCat(",\n    \"digests\": [",
                      absl::StrJoin(digests, ", ", append), "]");
}

std::string FormatTurn(const ExpectedTurn& turn) {
  return absl::StrFormat(
      ",\n    \"turning_point\": {\"event\": %d, \"virtual_nanoseconds\": %d, "
      "\"failures\": %d, \"trials\": %d}",
      turn.event, turn.instant.nanoseconds(), turn.failures, turn.trials);
}

std::string FormatExpected(const ExpectedResult& expected) {
  const std::string_view verdict = VerdictName(expected.verdict);
  return absl::StrFormat(
      ",\n  \"expected\": {\n"
      "    \"verdict\": \"%s\",\n"
      "    \"property\": %s,\n"
      "    \"message\": %s,\n"
      "    \"digest\": \"%016x\"%s\n"
      "  }",
      verdict, QuoteForJson(expected.property), QuoteForJson(expected.message),
      expected.digest,
      FormatDigests(expected.digests) +
          (expected.turning_point ? FormatTurn(*expected.turning_point) : ""));
}

std::string FormatSchedule(const Schedule& schedule) {
  if (schedule.empty()) return ",\n  \"schedule\": []";
  return absl::StrCat(",\n  \"schedule\": [\n    ",
                      absl::StrJoin(RowsOf(schedule), ",\n    "), "\n  ]");
}

// The earliest that can say it.
uint64_t VersionOf(const Schedule& schedule) {
  return RowsOf(schedule).size() == schedule.size() ? kVersionWithoutRanges
                                                    : kVersionWithRanges;
}

// A file whose seed decides all has none.
std::string FormatEdits(const Edits& edits) {
  if (edits == Edits()) return "";
  std::string text =
      absl::StrFormat(",\n  \"base\": \"%s\"",
                      edits.base == Base::kCalm ? kCalmBase : kSeedBase);
  if (!edits.reseeds.empty()) {
    absl::StrAppend(&text, ",\n  \"reseeds\": [",
                    absl::StrJoin(edits.reseeds, ", ",
                                  [](std::string* out, const Reseed& reseed) {
                                    absl::StrAppend(out, "[",
                                                    reseed.after.nanoseconds(),
                                                    ", ", reseed.seed.value(),
                                                    reseed.has_calm_delays
                                                        ? ", \"calm-delays\"]"
                                                        : "]");
                                  }),
                    "]");
  }
  return text + FormatSchedule(edits.schedule);
}

absl::StatusOr<std::string> ReadText(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    return FileError(path, "a folder, not a replay file", 0);
  }
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  if (stream) text << stream.rdbuf();
  if (!stream.is_open() || stream.bad()) {
    return FileError(path, "cannot be read", errno);
  }
  return text.str();
}

}  // namespace

ReplayFile ToReplayFile(std::string_view scenario, std::string_view bug,
                        const RecordedTrial& trial,
                        const std::vector<Reseed>& reseeds) {
  const Verdict& verdict = trial.result.verdict;
  return {.scenario = std::string(scenario),
          .bug = std::string(bug),
          .timeline = {.seed = trial.result.seed,
                       .options = trial.options,
                       .edits = {.base = Base::kCalm,
                                 .reseeds = reseeds,
                                 .schedule = trial.schedule}},
          .expected = ExpectedResult{.verdict = verdict.kind,
                                     .property = verdict.property,
                                     .message = verdict.message,
                                     .digest = trial.result.digest,
                                     .digests = trial.digests}};
}

std::string ReplayFileName(std::string_view scenario, const TrialOptions& trial,
                           Seed seed) {
  std::string name(scenario);
  if (!trial.bug.empty()) absl::StrAppend(&name, "-", trial.bug);
  for (const OptionValue& option : trial.options) {
    absl::StrAppend(&name, "-", option.name, "=", option.value);
  }
  return absl::StrCat(name, "-", seed.value(), ".json");
}

std::string FormatReplayFile(const ReplayFile& file) {
  std::string text = absl::StrFormat(
      "{\n"
      "  \"format\": \"%s\",\n"
      "  \"version\": %d,\n"
      "  \"scenario\": %s,\n"
      "  \"bug\": %s,\n"
      "  \"seed\": %d,\n"
      "  \"options\": {%s}",
      kReplayFormat, VersionOf(file.timeline.edits.schedule),
      QuoteForJson(file.scenario), QuoteForJson(file.bug),
      file.timeline.seed.value(), FormatOptions(file.timeline.options));
  if (file.expected) text += FormatExpected(*file.expected);
  text += FormatEdits(file.timeline.edits);
  return text + "\n}\n";
}

absl::StatusOr<ReplayFile> ReadReplayFile(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadText(path);
  if (!text.ok()) return text.status();
  return ParseReplayFile(path, *text);
}

absl::Status BadDecision(const std::string& path, const Decision& edit,
                         std::string_view reason) {
  std::string place;
  const absl::StatusOr<std::string> text = ReadText(path);
  const absl::StatusOr<ReplayFile> file =
      text.ok() ? ParseReplayFile(path, *text) : text.status();
  if (file.ok()) {
    const Schedule& schedule = file->timeline.edits.schedule;
    const auto found = std::find(schedule.begin(), schedule.end(), edit);
    if (found != schedule.end()) {
      const size_t number = RowOfDecision(
          *text, static_cast<size_t>(found - schedule.begin()) + 1);
      place = absl::StrFormat("line %d: decision %d of \"schedule\": ",
                              LineOfDecision(*text, number), number);
    }
  }
  return absl::InvalidArgumentError(
      absl::StrFormat("%s: %s%s %s.", Echo(path), place, Echo(NameOf(edit)),
                      Clipped(std::string(reason))));
}

absl::Status WriteReplayFile(const std::string& path, const ReplayFile& file) {
  // Renamed into place, so that nobody reads half a file.
  const std::string unfinished = path + kUnfinished;
  errno = 0;
  std::ofstream stream(unfinished, std::ios::binary | std::ios::trunc);
  stream << FormatReplayFile(file);
  stream.close();
  std::error_code error(stream ? 0 : errno, std::generic_category());
  if (stream) std::filesystem::rename(unfinished, path, error);
  if (stream && !error) return absl::OkStatus();
  std::error_code ignored;
  std::filesystem::remove(unfinished, ignored);
  return FileError(path, "cannot be written", error.value());
}

absl::Status ProbeReplayFile(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    return FileError(path, "cannot be written: it is a folder", 0);
  }
  const std::string unfinished = path + kUnfinished;
  errno = 0;
  std::ofstream stream(unfinished, std::ios::binary | std::ios::trunc);
  if (!stream) return FileError(path, "cannot be written", errno);
  stream.close();
  std::filesystem::remove(unfinished, error);
  return absl::OkStatus();
}

}  // namespace reprise
