#include "reprise/sim/explore/branch/timed_run.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/explore/branch/fault_decision.h"
#include "reprise/sim/explore/isolation/death.h"
#include "reprise/sim/explore/isolation/isolated_trial.h"
#include "reprise/sim/explore/shrink/decision_kind.h"
#include "reprise/sim/explore/trial/trial_arena.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_text.h"
#include "reprise/sim/trace/text.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/purpose.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

// Behind the instant of a decision, in the text that tells of it.
constexpr std::string_view kFault = " fault";

// In the trial's process: tells each event and, as a text, the instant of each
// decision, in their order, beside what is told anyway.
class RunTeller final : public DecisionLog, public TrialLog, public TraceSink {
 public:
  RunTeller(const TrialOptions& told, const Teller& tell)
      : told_(told), tell_(tell) {}

  void OnOption(const OptionValue& option) override {
    told_.log->OnOption(option);
  }
  void OnOperation(const BegunOperation& operation) override {
    told_.log->OnOperation(operation);
  }
  void OnWorld(const World& world) override {
    world_ = &world;
    told_.log->OnWorld(world);
  }
  void OnDecision(const Decision& decision) override {
    told_.decision_log->OnDecision(decision);
    // World and decisions come together.
    REPRISE_CHECK(world_ != nullptr, "a decision without a world");
    std::string told = absl::StrCat(world_->now().nanoseconds());
    if (IsFault(world_->faults(), decision)) told += kFault;
    tell_.TellText(told);
  }
  void OnEvent(const TraceEvent& event, std::string_view content) override {
    tell_.TellEvent(event, content, /*is_shown=*/false);
    told_.sink->OnEvent(event, content);
  }
  void OnShown(const TraceEvent& event, std::string_view content) override {
    tell_.TellEvent(event, content, /*is_shown=*/true);
    told_.sink->OnShown(event, content);
  }

 private:
  const TrialOptions& told_;
  const Teller& tell_;
  const World* world_ = nullptr;
};

// In this process: when each decision was made, and after which event.
struct Asking {
  VirtualTime time;
  uint64_t events_before;
  bool is_fault;
};

class RunListener {
 public:
  void TakeDecision(std::string_view told) {
    const bool is_fault = told.ends_with(kFault);
    if (is_fault) told.remove_suffix(kFault.size());
    int64_t nanoseconds = 0;
    REPRISE_CHECK(absl::SimpleAtoi(ToAbsl(told), &nanoseconds), "no instant");
    asked_.push_back(
        {VirtualTime::Nanoseconds(nanoseconds), EventCount(), is_fault});
  }
  void TakeEvent(const TraceEvent& event, std::string_view content,
                 bool is_shown) {
    if (is_shown) {
      list_.OnShown(event, content);
    } else {
      list_.OnEvent(event, content);
    }
  }

  TimedRun Finish(RecordedTrial trial) const {
    TimedRun run{.trial = std::move(trial), .events = list_.events()};
    const Schedule& schedule = run.trial.schedule;
    const std::vector<const TraceEvent*> numbered = NumberedOf(run.events);
    const size_t count = std::min(asked_.size(), schedule.size());
    for (size_t i = 0; i < count; ++i) {
      run.decisions.push_back(
          {.decision = schedule[i],
           .asked = asked_[i].time,
           .event = EventOf(schedule[i], asked_[i], numbered),
           .is_fault = asked_[i].is_fault});
    }
    PlaceScripted(run, numbered);
    PlaceDiskErrors(run);
    return run;
  }

 private:
  uint64_t EventCount() const {
    return list_.events().empty() ? 0 : list_.events().back().number;
  }
  // Those with a number, from 1 on.
  static std::vector<const TraceEvent*> NumberedOf(
      const std::vector<ListedEvent>& events) {
    std::vector<const TraceEvent*> numbered;
    for (const ListedEvent& each : events) {
      if (!each.is_shown) numbered.push_back(&each.event);
    }
    return numbered;
  }

  // The number of the event that shows the decision. A packet and its
  // duplicates are decided about before any of them is sent.
  static uint64_t EventOf(const Decision& decision, const Asking& asked,
                          const std::vector<const TraceEvent*>& numbered) {
    constexpr uint64_t kNear = 4;
    const bool is_of_duplicate =
        decision.purpose.find("-duplicate") != std::string::npos;
    const bool is_marked =
        is_of_duplicate || (asked.is_fault && !IsDelay(decision));
    std::optional<uint64_t> shown;
    for (uint64_t i = asked.events_before;
         i < numbered.size() && numbered[i]->time == asked.time; ++i) {
      if (!shown && IsPrinted(*numbered[i])) shown = i + 1;
      if (shown && (!is_marked || i >= asked.events_before + kNear)) break;
      const std::string fault = FaultOf(*numbered[i]);
      if (is_of_duplicate ? fault == "DUPLICATE" : !fault.empty()) return i + 1;
    }
    if (shown) return *shown;
    uint64_t last = asked.events_before;
    while (last > 0 && !IsPrinted(*numbered[last - 1])) --last;
    return last;
  }

  // What the script says is asked for when the script is written; it counts
  // from the event on by which it begins.
  static void PlaceScripted(TimedRun& run,
                            const std::vector<const TraceEvent*>& numbered) {
    std::set<uint64_t> taken;
    for (const TimedDecision& each : run.decisions) {
      if (each.decision.entity != kScriptEntity) taken.insert(each.event);
    }
    for (TimedDecision& each : run.decisions) {
      if (each.decision.entity != kScriptEntity) continue;
      for (uint64_t number = each.event; number <= numbered.size(); ++number) {
        if (number == 0 || taken.contains(number)) continue;
        const TraceEvent& event = *numbered[number - 1];
        const std::string fault = absl::AsciiStrToLower(FaultOf(event));
        // "CLOCK" is the word of a "clock-jump".
        if (fault.empty() || !each.decision.purpose.starts_with(fault))
          continue;
        each.asked = event.time;
        each.event = number;
        taken.insert(number);
        break;
      }
    }
  }

  // An error of a disk is told when what it befell has ended.
  static void PlaceDiskErrors(TimedRun& run) {
    if (std::none_of(run.decisions.begin(), run.decisions.end(), IsDiskError)) {
      return;
    }
    constexpr std::string_view kDirectory = "the directory";
    std::map<std::string, std::vector<uint64_t>> failures;  // By file.
    TraceNames names({});
    for (const ListedEvent& each : run.events) {
      const std::string file = EventTextOf(each.event.kind)
                                   .describe(names, each.event, each.content);
      if (each.event.kind != EventKind::kDiskFailed || each.is_shown) continue;
      failures[absl::StrCat(names.NodeName(each.event.node), "/",
                            file == kDirectory ? "" : file)]
          .push_back(each.number);
    }
    for (TimedDecision& each : run.decisions) {
      if (!IsDiskError(each)) continue;
      const std::vector<uint64_t>& of_file =
          failures[std::string(FileOf(each.decision.entity))];
      const auto shown =
          std::upper_bound(of_file.begin(), of_file.end(), each.event);
      if (shown != of_file.end()) each.event = *shown;
    }
  }
  // "server/log" of "server/log/2", the second file of that name.
  static std::string_view FileOf(std::string_view entity) {
    const size_t last = entity.rfind('/');
    const bool has_number =
        last != entity.find('/') && last + 1 < entity.size() &&
        entity.find_first_not_of("0123456789", last + 1) == entity.npos;
    return has_number ? entity.substr(0, last) : entity;
  }
  static bool IsDiskError(const TimedDecision& timed) {
    const Decision& decision = timed.decision;
    const PurposeRow* row = FindPurpose(decision.entity, decision.purpose);
    return row != nullptr && (row->purpose == Purpose::kReadError ||
                              row->purpose == Purpose::kWriteError ||
                              row->purpose == Purpose::kSyncError);
  }

  EventList list_;
  std::vector<Asking> asked_;
};

using Place =
    std::tuple<std::string_view, std::string_view, uint64_t, std::string_view>;
Place PlaceOf(const Decision& decision) {
  return {decision.entity, decision.purpose, decision.index, decision.packet};
}

}  // namespace

absl::StatusOr<TimedRun> RecordTimedRun(const Scenario& scenario,
                                        const std::string& bug,
                                        const Timeline& timeline,
                                        const TimedRunOptions& options) {
  const TrialOptions trial{.seed = timeline.seed,
                           .bug = bug,
                           .options = timeline.options,
                           .edits = &timeline.edits};
  RunListener listener;
  std::optional<IsolatedTrial> played = RunIsolated(
      scenario, trial,
      {.watch = options.watch,
       .should_stop = options.should_stop,
       .run =
           [&](const TrialOptions& watched, const Teller& tell) {
             RunTeller teller(watched, tell);
             TrialOptions told = watched;
             told.log = &teller;
             told.decision_log = &teller;
             told.sink = &teller;
             TrialArena arena;
             return RunRecordedTrial(scenario, told, arena);
           },
       .on_text = [&](std::string_view text) { listener.TakeDecision(text); },
       .on_event =
           [&](const TraceEvent& event, std::string_view content,
               bool is_shown) {
             listener.TakeEvent(event, content, is_shown);
           }});
  if (!played) return absl::CancelledError("interrupted");
  if (played->is_refusal) return RefusalError(played->printed);
  TimedRun run = listener.Finish(std::move(played->recorded));
  run.timeline = timeline;
  return run;
}

bool HasFault(const TimedRun& run) {
  return std::any_of(run.decisions.begin(), run.decisions.end(),
                     [](const TimedDecision& each) { return each.is_fault; });
}

bool HasCalmDelays(const TimedRun& run) {
  uint64_t packets = 0;
  for (const ListedEvent& each : run.events) {
    const EventText& row = EventTextOf(each.event.kind);
    if (IsAboutMessage(row) && row.words.verb == "sends") ++packets;
  }
  return run.trial.ordinary_delays < packets / 2;
}

StayingDecisions::StayingDecisions(const TimedRun& run)
    : keeps_faults_(run.keeps_faults),
      keeps_delays_(HasCalmDelays(run) && HasFault(run) && !run.keeps_faults) {}

bool StayingDecisions::Has(const TimedDecision& decision) const {
  if (IsOfWorkload(decision.decision)) return true;
  const bool is_ordinary_delay =
      !decision.is_fault && IsDelay(decision.decision);
  return is_ordinary_delay ? keeps_delays_ : keeps_faults_;
}

Timeline BranchAfter(const TimedRun& run, VirtualTime instant, Seed seed) {
  return BranchWithCalm(run, {}, instant, seed);
}

Timeline WithCalm(const TimedRun& run, std::span<const size_t> calm) {
  Timeline timeline =
      BranchWithCalm(run, calm, VirtualTime::Infinite(), Seed());
  timeline.edits.reseeds = run.timeline.edits.reseeds;
  return timeline;
}

// What was asked for until then is answered as it was, and nothing else was
// there that is not calm. Where the run itself was re-seeded, what its edits
// call calm has to be said, too.
Timeline BranchWithCalm(const TimedRun& run, std::span<const size_t> calm,
                        VirtualTime instant, Seed seed) {
  const Edits& own = run.timeline.edits;
  Timeline branch{.seed = run.timeline.seed,
                  .options = run.timeline.options,
                  .edits = {.base = Base::kCalm}};
  for (const Reseed& reseed : own.reseeds) {
    if (reseed.after < instant) branch.edits.reseeds.push_back(reseed);
  }
  branch.edits.reseeds.push_back({instant, seed, HasCalmDelays(run)});
  Schedule& schedule = branch.edits.schedule;
  std::set<Place> unused;  // Places of edits that stay and nobody asked for.
  for (const Decision& edit : own.schedule) {
    const bool stays = IsOfWorkload(edit) || !own.reseeds.empty();
    if (stays) unused.insert(PlaceOf(edit));
  }
  const StayingDecisions staying(run);
  for (size_t i = 0; i < run.decisions.size(); ++i) {
    const TimedDecision& timed = run.decisions[i];
    if (!unused.empty()) unused.erase(PlaceOf(timed.decision));
    if (timed.asked > instant && !staying.Has(timed)) continue;
    Decision decision = timed.decision;
    if (std::find(calm.begin(), calm.end(), i) != calm.end()) {
      // Left out, a delay gets its calm value, which is not 0.
      if (!timed.is_fault || own.reseeds.empty()) continue;
      decision.value = 0;
      decision.words.clear();
    }
    schedule.push_back(std::move(decision));
  }
  for (const Decision& edit : own.schedule) {
    if (unused.contains(PlaceOf(edit))) schedule.push_back(edit);
  }
  return branch;
}

std::string TextOfEvent(const TimedRun& run, uint64_t number,
                        const TextOptions& text) {
  if (number == 0) return "the start";
  std::string line;
  TextOptions all = text;
  all.show_tasks = true;
  all.use_colour = false;
  bool is_wanted = false;
  TextTrace trace(std::move(all), [&](std::string_view printed) {
    if (is_wanted) line = printed;
  });
  for (const ListedEvent& each : run.events) {
    is_wanted = each.number == number && !each.is_shown;
    trace.OnEvent(each.event, each.content);
    if (is_wanted) break;
  }
  return absl::StrJoin(absl::StrSplit(line, ' ', absl::SkipEmpty()), " ");
}

}  // namespace reprise
