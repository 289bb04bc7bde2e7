#include "reprise/sim/explore/cli/view_flags.h"

#include <cstdint>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/trace/parse_time.h"
#include "reprise/sim/trace/trace_filter.h"

namespace reprise::cli {
namespace {

// What --trace without a value means: every event.
constexpr char kAll[] = "all";

// Whether a debugger watches this process.
bool IsDebugged() {
  constexpr std::string_view kTracer = "TracerPid:";
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (!line.starts_with(kTracer)) continue;
    return line.find_first_of("123456789") != std::string::npos;
  }
  return false;
}

absl::Status ReadTrace(const Arguments& arguments, PlayOptions& options) {
  const std::string value = arguments.Value("trace");
  if (!arguments.Has("trace") || value == kAll) return absl::OkStatus();
  absl::StatusOr<TraceFilter> filter = TraceFilter::Parse(value);
  if (!filter.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--trace: ", filter.status().message()));
  }
  options.filter = *std::move(filter);
  return absl::OkStatus();
}

absl::Status ReadLogLevel(const Arguments& arguments, PlayOptions& options) {
  if (!arguments.Has("log-level")) return absl::OkStatus();
  const std::string name = arguments.Value("log-level");
  const std::optional<LogLevel> level = LogLevelNamed(name);
  if (!level) {
    const auto append = [](std::string* text, std::string_view each) {
      absl::StrAppend(text, ToAbsl(each));
    };
    return absl::InvalidArgumentError(
        absl::StrCat("--log-level is \"", Echo(name), "\", expected ",
                     absl::StrJoin(kLogLevelNames, ", ", append), "."));
  }
  options.log_level = *level;
  return absl::OkStatus();
}

absl::StatusOr<StopPoint> ParseUntil(const std::string& text) {
  uint64_t events = 0;
  if (absl::SimpleAtoi(text, &events) && events > 0) {
    return StopPoint{.events = events};
  }
  if (const std::optional<VirtualTime> time = ParseTime(text)) {
    return StopPoint{.time = *time};
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "--until is \"", Echo(text),
      "\", expected the number of an event, from 1 on, or a time with s, ms, "
      "us or ns, such as 1.2s."));
}

absl::Status ReadUntil(const Arguments& arguments, PlayOptions& options) {
  const bool breaks = arguments.Has("break");
  if (!arguments.Has("until")) {
    if (!breaks) return absl::OkStatus();
    return absl::InvalidArgumentError(
        "--break needs --until=EVENT or --until=TIME, which says where.");
  }
  const absl::StatusOr<StopPoint> until = ParseUntil(arguments.Value("until"));
  if (!until.ok()) return until.status();
  options.until = *until;
  options.until->raises_trap = breaks;
  if (!breaks || IsDebugged()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "--break stops in a debugger, but none watches this process; expected a "
      "call such as `gdb -ex run --args PROGRAM replay ...`.");
}

}  // namespace

Flag TraceFlag() {
  return {.name = "trace",
          .value_name = "FILTER",
          .about =
              "print the events; with a filter those that it names: "
              "node:NAME, method:NAME, kind:NAME, time:FROM-TO, "
              "comma-separated; cone: what happened before the violation",
          .bare_value = kAll};
}

Flag LogLevelFlag() {
  return {.name = "log-level",
          .value_name = "LEVEL",
          .about =
              "show lines of logs from this level on: debug, info, warning, "
              "error or off; by default info"};
}

Flag UntilFlag() {
  return {.name = "until",
          .value_name = "EVENT",
          .about =
              "stop after the event of that number, or after the first from a "
              "time on, such as 1.2s"};
}

Flag BreakFlag() {
  return {.name = "break",
          .about = "stop there in the debugger that watches this process"};
}

Flag InProcessFlag() {
  return {.name = "in-process",
          .about =
              "run the trial in this process, for a debugger; a crash ends it"};
}

absl::Status ReadViewFlags(const Arguments& arguments, PlayOptions& options) {
  absl::Status status = ReadTrace(arguments, options);
  if (status.ok()) status = ReadLogLevel(arguments, options);
  if (status.ok()) status = ReadUntil(arguments, options);
  options.in_process = arguments.Has("in-process") || IsDebugged();
  return status;
}

}  // namespace reprise::cli
