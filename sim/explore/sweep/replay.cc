#include "reprise/sim/explore/sweep/replay.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/explore/isolation/death.h"
#include "reprise/sim/explore/sweep/cone_trace.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/memory_properties.h"
#include "reprise/sim/trace/digest_trail.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {
namespace {

// Whether the decision is of `purpose`, or the shape of a partition that is.
bool IsOf(const Decision& decision, std::string_view purpose) {
  return decision.purpose == purpose ||
         (decision.purpose == RowOf(Purpose::kPartitionShape).name &&
          purpose == RowOf(Purpose::kPartition).name);
}

// One selector of KeepOnly().
struct Selector {
  std::string name;  // An entity or, alone, a purpose.
  std::optional<std::string> purpose = {};
  std::optional<SeedRange> indices = {};
  std::optional<std::string> packet = {};

  bool Selects(const Decision& decision) const {
    if (!purpose) return decision.entity == name || IsOf(decision, name);
    return decision.entity == name && IsOf(decision, *purpose) &&
           (!packet || decision.packet == *packet) &&
           (!indices || (decision.packet.empty() &&
                         decision.index - indices->first < indices->count));
  }
};

absl::StatusOr<Selector> ParseSelector(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, ':');
  if (parts.size() > 3) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "\"%s\" names no decision: write ENTITY:PURPOSE:INDEX.", Echo(text)));
  }
  Selector selector{.name = parts[0]};
  if (parts.size() > 1) selector.purpose = parts[1];
  if (parts.size() > 2 && parts[2].find('#') != std::string::npos) {
    selector.packet = parts[2];
  } else if (parts.size() > 2) {
    const bool is_range = parts[2].find("..") != std::string::npos;
    absl::StatusOr<SeedRange> indices =
        ParseSeeds(is_range ? parts[2] : parts[2] + ".." + parts[2]);
    if (!indices.ok()) {
      return absl::InvalidArgumentError(
          absl::StrFormat("\"%s\": \"%s\" is no index, FROM..TO or packet.",
                          Echo(text), Echo(parts[2])));
    }
    selector.indices = *indices;
  }
  return selector;
}

// "a->b:request-loss, b->a:reply-loss": what selectors can name.
std::string DescribeStreams(const Schedule& schedule) {
  std::set<std::string> streams;
  for (const Decision& decision : schedule) {
    streams.insert(absl::StrCat(decision.entity, ":", decision.purpose));
  }
  return streams.empty() ? "nothing" : absl::StrJoin(streams, ", ");
}

// Tells events and their lines, and hands them on to who watched before.
class TraceTee final : public TraceSink {
 public:
  TraceTee(TraceSink* next, const PlayOptions& options, const Teller& tell)
      : next_(next),
        options_(options),
        tell_(tell),
        text_(
            options.text,
            [this](std::string_view line) { tell_.TellText(line); },
            options.filter) {}

  void OnEvent(const TraceEvent& event, std::string_view content) override {
    if (options_.on_event) tell_.TellEvent(event, content, false);
    if (options_.on_line) text_.OnEvent(event, content);
    if (next_ != nullptr) next_->OnEvent(event, content);
  }
  void OnShown(const TraceEvent& event, std::string_view content) override {
    if (options_.on_event) tell_.TellEvent(event, content, true);
    // They are for who keeps events.
    if (IsAside(event.kind)) return;
    if (options_.on_line) text_.OnShown(event, content);
    if (next_ != nullptr) next_->OnShown(event, content);
  }

  absl::Status CheckFilter() const { return text_.CheckFilter(); }

 private:
  TraceSink* const next_;
  const PlayOptions& options_;
  const Teller& tell_;
  TextTrace text_;
};

std::string Describe(VerdictKind kind, const std::string& property,
                     const std::string& message) {
  std::string text(VerdictName(kind));
  if (!property.empty()) absl::StrAppend(&text, " ", property);
  if (!message.empty()) absl::StrAppend(&text, ": ", message);
  return text;
}

// Ends this process, as if the scenario refused to run.
void RefuseUnless(const absl::Status& status) {
  if (!status.ok()) Refuse(std::string(status.message()));
}

// In the trial's own process. What else watches it goes on watching.
RecordedTrial PlayHere(const Scenario& scenario, TrialOptions trial,
                       const PlayOptions& options, const Teller& tell) {
  TrialArena arena;
  TraceTee tee(trial.sink, options, tell);
  const TrialOptions untold = trial;
  if (options.on_line || options.on_event) {
    trial.sink = &tee;
    trial.shows_asides = options.shows_asides;
  }
  RecordedTrial played = RunRecordedTrial(scenario, trial, arena);
  if (options.on_line) RefuseUnless(tee.CheckFilter());
  if (options.determinism != nullptr) {
    options.determinism->LeaveProcesses();
    Repetition repetition =
        options.determinism->Repeat(scenario, untold, played.result, arena);
    played.is_repeated = repetition.is_done && !repetition.difference;
    if (repetition.difference) {
      played.result.verdict = *std::move(repetition.difference);
    }
  }
  if (options.profiles_memory &&
      IsMemoryProperty(played.result.verdict.property)) {
    StartAllocationProfile();
    const bool is_repeated = played.is_repeated;
    played = RunRecordedTrial(scenario, untold, arena);
    played.is_repeated = is_repeated;
  }
  return played;
}

// Tells who asked, in the same process.
class DirectTeller final : public Teller {
 public:
  explicit DirectTeller(const PlayOptions& options) : options_(options) {}

  void TellText(std::string_view text) const override {
    options_.on_line(text);
    // A debugger stops the process at any time.
    if (options_.on_pause) options_.on_pause();
  }
  void TellEvent(const TraceEvent& event, std::string_view content,
                 bool is_shown) const override {
    options_.on_event(event, content, is_shown);
  }

 private:
  const PlayOptions& options_;
};

IsolatedTrial PlayInThisProcess(const Scenario& scenario,
                                const TrialOptions& trial,
                                const PlayOptions& options) {
  return {.recorded =
              PlayHere(scenario, trial, options, DirectTeller(options))};
}

// What came before the violation is known when the trial has ended.
absl::StatusOr<Replay> PlayAndPrintCone(const Catalog& catalog,
                                        const ReplayFile& file,
                                        const PlayOptions& options) {
  EventList list;
  PlayOptions kept = options;
  kept.on_line = {};
  KeepEvents(list, kept);
  absl::StatusOr<Replay> replay = Play(catalog, file, kept);
  if (!replay.ok()) return replay;
  const absl::Status status =
      PrintCone(replay->trial.result.verdict, list.events(), options.text,
                options.filter, options.on_line);
  if (!status.ok()) return status;
  return replay;
}

}  // namespace

bool Replay::IsAlike() const {
  if (!expected) return true;
  const TrialResult& result = trial.result;
  return result.verdict.kind == expected->verdict &&
         result.verdict.property == expected->property &&
         result.digest == expected->digest;
}

std::optional<EventRange> Replay::FirstDifference() const {
  if (!expected || is_stopped || IsAlike()) return std::nullopt;
  return FindFirstDifference(expected->digests, trial.digests);
}

absl::StatusOr<Replay> Play(const Catalog& catalog, const ReplayFile& file,
                            const PlayOptions& options) {
  if (options.on_line && options.filter.IsOfCone()) {
    return PlayAndPrintCone(catalog, file, options);
  }
  const absl::StatusOr<const Scenario*> scenario =
      FindScenario(catalog, file.scenario);
  if (!scenario.ok()) return scenario.status();
  if (!file.bug.empty()) {
    const absl::StatusOr<const PlantedBug*> bug = FindBug(catalog, file.bug);
    if (!bug.ok()) return bug.status();
  }
  const TrialOptions trial{.seed = file.timeline.seed,
                           .bug = file.bug,
                           .options = file.timeline.options,
                           .edits = &file.timeline.edits,
                           .log_level = options.log_level,
                           .until = options.until,
                           .max_steps = options.max_steps,
                           .max_time = options.max_time};
  std::optional<IsolatedTrial> played =
      options.in_process
          ? PlayInThisProcess(**scenario, trial, options)
          : RunIsolated(
                **scenario, trial,
                {.watch = options.watch,
                 .should_stop = options.should_stop,
                 .run =
                     [&](const TrialOptions& watched, const Teller& tell) {
                       return PlayHere(**scenario, watched, options, tell);
                     },
                 .on_text = options.on_line,
                 .on_event = options.on_event,
                 .on_pause = options.on_pause});
  if (!played) return absl::CancelledError("interrupted");
  if (played->is_refusal) return RefusalError(played->printed);
  Replay replay{.trial = std::move(played->recorded),
                .expected = file.expected};
  replay.is_stopped = options.until && replay.trial.result.verdict.kind ==
                                           VerdictKind::kUndecided;
  if (!played->has_died) replay.printed = std::move(played->printed);
  for (const OptionValue& option : file.timeline.options) {
    const auto is_asked = [&](const OptionValue& asked) {
      return asked.name == option.name;
    };
    if (std::none_of(replay.trial.options.begin(), replay.trial.options.end(),
                     is_asked)) {
      replay.unused_options.push_back(option.name);
    }
  }
  return replay;
}

void KeepEvents(EventList& list, PlayOptions& options) {
  options.on_event = [&list, next = std::move(options.on_event)](
                         const TraceEvent& event, std::string_view content,
                         bool is_shown) {
    if (next) next(event, content, is_shown);
    if (is_shown) {
      list.OnShown(event, content);
    } else {
      list.OnEvent(event, content);
    }
  };
}

absl::StatusOr<Schedule> KeepOnly(const Schedule& schedule,
                                  std::string_view selectors) {
  std::vector<bool> is_kept(schedule.size(), false);
  for (const absl::string_view text :
       absl::StrSplit(ToAbsl(selectors), ',', absl::SkipWhitespace())) {
    const absl::StatusOr<Selector> selector =
        ParseSelector(std::string(absl::StripAsciiWhitespace(text)));
    if (!selector.ok()) return selector.status();
    bool selects_any = false;
    for (size_t i = 0; i < schedule.size(); ++i) {
      if (!selector->Selects(schedule[i])) continue;
      is_kept[i] = true;
      selects_any = true;
    }
    if (!selects_any) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "\"%s\" names no decision of this run. There are: %s.",
          Echo(ToStd(text)), Clipped(DescribeStreams(schedule))));
    }
  }
  Schedule kept;
  for (size_t i = 0; i < schedule.size(); ++i) {
    if (is_kept[i]) kept.push_back(schedule[i]);
  }
  return kept;
}

absl::Status CheckSavedFailure(const Catalog& catalog,
                               const std::string& path) {
  const absl::StatusOr<ReplayFile> file = ReadReplayFile(path);
  if (!file.ok()) return file.status();
  const absl::StatusOr<Replay> replay = Play(catalog, *file);
  if (!replay.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": ", replay.status().message()));
  }
  const Verdict& verdict = replay->trial.result.verdict;
  const std::string ended =
      Describe(verdict.kind, verdict.property, verdict.message);
  if (file->bug.empty()) {
    if (verdict.kind == VerdictKind::kHolds) return absl::OkStatus();
    return absl::FailedPreconditionError(
        absl::StrCat(path, ": must hold, but ended ", ended));
  }
  if (!file->expected || file->expected->verdict != VerdictKind::kViolated) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, ": names a bug but expects no property to be violated"));
  }
  if (verdict.kind == VerdictKind::kViolated &&
      verdict.property == file->expected->property) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      absl::StrCat(path, ": the bug ", file->bug, " must violate ",
                   file->expected->property, ", but the trial ended ", ended));
}

}  // namespace reprise
