#include "reprise/sim/explore/cli/replay_views.h"

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/report/whole_file.h"
#include "reprise/sim/explore/page/event_lines.h"
#include "reprise/sim/explore/page/failure_page.h"
#include "reprise/sim/explore/page/perfetto_trace.h"
#include "reprise/sim/explore/page/run_page.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/trial/catalog.h"

namespace reprise::cli {
namespace {

constexpr char kHtml[] = "html";
constexpr char kPerfetto[] = "perfetto";
constexpr char kEvents[] = "events";

// The flags that are given.
std::vector<std::string> AskedFlags(const Arguments& arguments) {
  std::vector<std::string> asked;
  for (const char* flag : {kHtml, kPerfetto, kEvents}) {
    if (arguments.Has(flag)) asked.emplace_back(flag);
  }
  return asked;
}

// The origin of what was played, whose scenario is `scenario`, with the flags
// that change what is played.
TrialOrigin OriginOf(const Arguments& arguments, const Catalog& catalog,
                     const ReplayFile& file, const Scenario& scenario) {
  const std::vector<std::string>& files = arguments.positionals();
  TrialOrigin origin{
      .scenario = scenario,
      .program = catalog.program,
      .bug = file.bug,
      .options = file.timeline.options,
      .replay_file = files.empty() ? std::string() : files.front(),
      .debugged_program = catalog.debugged_program};
  for (const char* flag :
       {"calm-except", "max-steps", "max-time", "watchdog"}) {
    if (!arguments.Has(flag)) continue;
    absl::StrAppend(&origin.flags, origin.flags.empty() ? "--" : " --", flag,
                    "=", ShellWord(arguments.Value(flag)));
  }
  return origin;
}

}  // namespace

Flag HtmlFlag() {
  return {.name = kHtml,
          .value_name = "FILE",
          .about = "write a page that draws the run, for a browser"};
}

Flag PerfettoFlag() {
  return {.name = kPerfetto,
          .value_name = "FILE",
          .about = "write the run as a trace that Perfetto opens"};
}

Flag EventsFlag() {
  return {.name = kEvents,
          .value_name = "FILE",
          .about = "write the events of the run as JSON Lines"};
}

std::vector<OutputFile> ReplayViews::Files() const {
  std::vector<OutputFile> files;
  for (const std::string& flag : AskedFlags(arguments_)) {
    files.push_back(FileOfFlag(arguments_, flag));
  }
  return files;
}

absl::Status ReplayViews::Check() const {
  for (const OutputFile& file : Files()) {
    const absl::Status status = checker::ProbeWholeFile(file.path);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

void ReplayViews::Watch(PlayOptions& options) {
  if (AskedFlags(arguments_).empty()) return;
  options.shows_asides = arguments_.Has(kHtml);
  KeepEvents(list_, options);
}

absl::Status ReplayViews::Write(const ReplayFile& file, const Replay& replay,
                                std::ostream& told) const {
  for (const std::string& flag : AskedFlags(arguments_)) {
    std::ostringstream content;
    if (flag == kHtml) {
      const absl::StatusOr<const Scenario*> scenario =
          FindScenario(catalog_, file.scenario);
      if (!scenario.ok()) return scenario.status();
      WriteRunPage(
          content,
          PageOf({.origin = OriginOf(arguments_, catalog_, file, **scenario),
                  .seed = file.timeline.seed,
                  .original = {list_.events(), replay.trial.result.verdict,
                               list_.asides()},
                  .text = catalog_.text}));
    } else if (flag == kPerfetto) {
      WritePerfettoTrace(content, list_.events(), catalog_.text);
    } else {
      WriteEventLines(content, list_.events(), catalog_.text);
    }
    const std::string path = arguments_.Value(flag);
    const absl::Status status = checker::WriteWholeFile(path, content.view());
    if (!status.ok()) return status;
    told << "report: " << path << "\n";
  }
  return absl::OkStatus();
}

}  // namespace reprise::cli
