#include "reprise/sim/explore/isolation/isolated_trial.h"

#include <poll.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/isolation/child_process.h"
#include "reprise/sim/explore/isolation/death.h"
#include "reprise/sim/explore/isolation/process_channel.h"
#include "reprise/sim/explore/isolation/shared_page.h"
#include "reprise/sim/explore/isolation/shared_stream.h"
#include "reprise/sim/explore/isolation/trial_message.h"
#include "reprise/sim/explore/isolation/watchdog.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/trial_watch.h"
#include "reprise/sim/trace/digest.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/describe_mix.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/network_counters.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

// The first byte of a message.
enum class Kind : char {
  kOption = 'o',
  kDecision = 'd',
  kOperation = 'b',
  kMix = 'm',
  kText = 't',
  kEvent = 'e',
  kShownEvent = 's',
  kWatched = 'w',  // An event that a TrialWatch of the log needs.
  kResult = 'r',
};

// In the notes of the page: what the trial has counted so far.
struct Counts {
  NetworkCounters network;
  FaultCounts faults;
  uint64_t ordinary_delays;
};

// In the trial's process: hands out what happens as it happens.
class Reporter final : public DecisionLog,
                       public TrialLog,
                       public TraceSink,
                       public Teller {
 public:
  Reporter(const ChildSide& side, SharedStream& stream, TraceSink* next)
      : side_(side), stream_(stream), next_(next) {}

  void OnOption(const OptionValue& option) override {
    MessageWriter writer;
    writer.WritePlain(Kind::kOption);
    writer.Write(option);
    Send(writer.bytes());
  }
  void OnOperation(const BegunOperation& operation) override {
    MessageWriter writer;
    writer.WritePlain(Kind::kOperation);
    writer.Write(operation);
    Send(writer.bytes());
  }
  void OnWorld(const World& world) override {
    world_ = &world;
    MessageWriter writer;
    writer.WritePlain(Kind::kMix);
    writer.Write(DescribeMix(world.faults()));
    Send(writer.bytes());
  }
  void OnDecision(const Decision& decision) override {
    MessageWriter writer;
    writer.WritePlain(Kind::kDecision);
    writer.Write(decision);
    Send(writer.bytes());
  }
  void OnEvent(const TraceEvent& event, std::string_view content) override {
    digest_.Add(event);
    side_.page->digest = digest_.Value();
    ++side_.page->events;
    if (world_ != nullptr) {
      side_.page.notes<Counts>() = {world_->counters(), world_->fault_counts(),
                                    world_->decisions().ordinary_delays()};
    }
    if (event.kind == EventKind::kNodeNamed) SendWatched(event, content);
    if (next_ != nullptr) next_->OnEvent(event, content);
  }
  void OnShown(const TraceEvent& event, std::string_view content) override {
    SendWatched(event, content);
    if (next_ != nullptr) next_->OnShown(event, content);
  }
  void TellText(std::string_view text) const override {
    MessageWriter writer;
    writer.WritePlain(Kind::kText);
    writer.Write(text);
    Send(writer.bytes());
  }
  void TellEvent(const TraceEvent& event, std::string_view content,
                 bool is_shown) const override {
    SendEvent(is_shown ? Kind::kShownEvent : Kind::kEvent, event, content);
  }

 private:
  void SendWatched(const TraceEvent& event, std::string_view content) {
    SendEvent(Kind::kWatched, event, content);
  }
  void SendEvent(Kind kind, const TraceEvent& event,
                 std::string_view content) const {
    MessageWriter writer;
    writer.WritePlain(kind);
    writer.WritePlain(event);
    writer.Write(content);
    Send(writer.bytes());
  }
  void Send(std::string_view message) const {
    if (!side_.channel.IsOwn()) return;
    stream_.Write(message, [this] {
      // Asks the reader to make room, and waits for it.
      return side_.channel.Send("") && side_.channel.Receive().has_value();
    });
  }

  const ChildSide& side_;
  SharedStream& stream_;
  TraceSink* const next_;
  const World* world_ = nullptr;
  Digest digest_;
};

void Perform(const Scenario& scenario, TrialOptions options,
             const IsolationOptions& isolation, const ChildSide& side,
             SharedStream& stream) {
  Reporter reporter(side, stream, options.sink);
  options.sink = &reporter;
  options.log = &reporter;
  options.decision_log = &reporter;
  options.mark_counts = side.page.marks();
  side.page->seed = options.seed.value();
  ++side.page->trials_begun;
  side.page->is_in_trial = true;
  RecordedTrial trial;
  if (isolation.run) {
    trial = isolation.run(options, reporter);
  } else {
    TrialArena arena;
    trial = RunRecordedTrial(scenario, options, arena);
  }
  EndIfClosed(side);
  side.page->is_in_trial = false;
  NoteLackOfMemory(*side.page, trial.result);
  MessageWriter writer;
  writer.WritePlain(Kind::kResult);
  writer.Write(trial);
  side.channel.Send(writer.bytes());
}

// In this process: what has come from the trial's.
class Collector {
 public:
  explicit Collector(const IsolationOptions& isolation)
      : isolation_(isolation) {}

  void Take(std::string_view message) {
    MessageReader reader(message);
    const Kind kind = reader.ReadPlain<Kind>();
    switch (kind) {
      case Kind::kOption:
        trial.options.push_back(reader.ReadOption());
        break;
      case Kind::kDecision:
        trial.schedule.push_back(reader.ReadDecision());
        break;
      case Kind::kOperation:
        trial.operations.push_back(reader.ReadOperation());
        break;
      case Kind::kMix:
        trial.result.mix = reader.ReadText();
        break;
      case Kind::kText:
        if (isolation_.on_text) isolation_.on_text(reader.ReadText());
        break;
      case Kind::kEvent:
      case Kind::kShownEvent:
        TakeEvent(reader, kind == Kind::kShownEvent);
        break;
      case Kind::kWatched:
        Watch(reader);
        break;
      case Kind::kResult:
        trial = reader.ReadTrial();
        is_whole = true;
        break;
    }
  }

  // What was logged, of a trial that could not say so itself.
  std::string LastLines(std::string_view evidence) const {
    return watch_.LastLines(evidence);
  }

  RecordedTrial trial;
  bool is_whole = false;

 private:
  void TakeEvent(MessageReader& reader, bool is_shown) {
    const auto event = reader.ReadPlain<TraceEvent>();
    const std::string content = reader.ReadText();
    if (isolation_.on_event) isolation_.on_event(event, content, is_shown);
  }
  void Watch(MessageReader& reader) {
    const auto event = reader.ReadPlain<TraceEvent>();
    const std::string content = reader.ReadText();
    if (event.kind == EventKind::kNodeNamed) {
      watch_.OnEvent(event, content);
    } else {
      watch_.OnShown(event, content);
    }
  }

  const IsolationOptions& isolation_;
  TrialWatch watch_{nullptr, {}, {}};
};

// False: it was told to stop.
bool Collect(const IsolationOptions& isolation, ChildProcess& child,
             SharedStream& stream, Collector& collector) {
  Watchdog watchdog(child, isolation.watch);
  const auto read = [&] {
    const bool has_any =
        stream.Read([&](std::string_view message) { collector.Take(message); });
    if (has_any && isolation.on_pause) isolation.on_pause();
    return has_any;
  };
  pollfd end = {
      .fd = child.channel().descriptor(), .events = POLLIN, .revents = 0};
  for (;;) {
    read();
    if (isolation.should_stop && isolation.should_stop()) return false;
    watchdog.Look();
    if (poll(&end, 1, kPollMilliseconds) <= 0) continue;
    const std::optional<std::string> message = child.channel().Receive();
    const bool is_full = message && message->empty();
    if (is_full) {
      read();
      child.channel().Send("");
      continue;
    }
    while (read()) {
    }
    if (!message) return true;
    collector.Take(*message);
  }
}

// What is known of a trial that ended its process, beside its mix.
void CompleteTrial(const TrialOptions& options, SharedPage& page,
                   RecordedTrial& trial) {
  const Counts& counts = page.notes<Counts>();
  trial.ordinary_delays = counts.ordinary_delays;
  TrialResult& result = trial.result;
  result.seed = options.seed;
  result.digest = page->digest;
  result.events = page->events;
  result.virtual_time = VirtualTime::Nanoseconds(page->nanoseconds);
  result.network = counts.network;
  result.faults = counts.faults;
  result.marks.assign(page.marks().begin(), page.marks().end());
}

}  // namespace

std::optional<IsolatedTrial> RunIsolated(const Scenario& scenario,
                                         const TrialOptions& options,
                                         const IsolationOptions& isolation) {
  IsolatedTrial trial;
  SharedStream stream;
  const absl::StatusOr<std::unique_ptr<ChildProcess>> child =
      ChildProcess::Start(isolation.watch, [&](const ChildSide& side) {
        Perform(scenario, options, isolation, side, stream);
      });
  if (!child.ok()) {
    trial.recorded.result = {
        .seed = options.seed,
        .verdict = {.kind = VerdictKind::kUndecided,
                    .message = std::string(child.status().message()),
                    .depends_on_machine = true}};
    return trial;
  }
  Collector collector(isolation);
  if (!Collect(isolation, **child, stream, collector)) return std::nullopt;
  const ChildEnd end = (*child)->Wait();
  trial.printed = (*child)->TakeErrors();
  trial.recorded = std::move(collector.trial);
  if (collector.is_whole) return trial;
  const SharedWords& words = *(*child)->page();
  Death death = DescribeDeath(words, end, trial.printed);
  trial.has_died = !death.is_refusal;
  trial.is_refusal = death.is_refusal;
  CompleteTrial(options, (*child)->page(), trial.recorded);
  trial.recorded.result.verdict = std::move(death.verdict);
  trial.recorded.result.log =
      collector.LastLines(trial.recorded.result.verdict.message);
  return trial;
}

absl::Status CheckOptionNames(const Scenario& scenario,
                              const TrialOptions& options,
                              const IsolationOptions& isolation) {
  return CheckOptionNames(scenario, options, options.options, isolation);
}

absl::Status CheckOptionNames(const Scenario& scenario,
                              const TrialOptions& options,
                              const std::vector<OptionValue>& given,
                              const IsolationOptions& isolation) {
  if (given.empty()) return absl::OkStatus();
  const std::optional<IsolatedTrial> trial =
      RunIsolated(scenario, options, isolation);
  if (!trial) return absl::CancelledError("interrupted");
  if (trial->is_refusal) return RefusalError(trial->printed);
  return CheckOptions(scenario, given, trial->recorded.options);
}

}  // namespace reprise
