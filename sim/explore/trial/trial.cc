#include "reprise/sim/explore/trial/trial.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/mark_list.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/misuse.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/describe_mix.h"
#include "reprise/sim/world/edits.h"

namespace reprise {
namespace {

// Later violations of one trial beyond these say nothing new.
constexpr size_t kAlsoMax = 20;

// Tells workload streams from all others; client numbers are added to it.
constexpr uint64_t kWorkloadEntity = 0x6b2f9f1c8a54d7e3;

std::span<uint64_t> RoomForMarks(const TrialOptions& options,
                                 MarkCounts& kept) {
  if (!options.mark_counts.empty()) return options.mark_counts;
  kept.resize(MarkCount());
  return kept;
}

// Adds why the trial could not be judged `before` to the evidence of what was
// violated all the same.
void KeepReason(const Verdict& before, Verdict* verdict) {
  if (before.kind != VerdictKind::kUndecided) return;
  absl::StrAppend(&verdict->message,
                  "\nbefore that, the trial was undecided: ", before.message);
}

}  // namespace

Trial::Trial(const TrialOptions& options, TrialArena& arena,
             std::string_view scenario)
    : TrialObservation(*this),
      options_(options),
      arena_(arena),
      marks_(*this, RoomForMarks(options, arena.marks_)),
      scenario_(scenario) {
  arena_.asked_.clear();
  for (TrialArena::Kept& kept : arena_.recordings_) {
    kept.recording->Clear();
    kept.is_empty = true;
  }
}

Trial::~Trial() {
  if (is_abandoned_) static_cast<void>(world_.release());
}

int64_t Trial::Option(TextView name, int64_t default_value,
                      const OptionRange& range) {
  const FrameworkMemoryScope scope;
  for (const OptionValue& asked : arena_.asked_) {
    if (asked.name == name) return asked.value;
  }
  int64_t value = default_value;
  for (const OptionValue& replaced : options_.options) {
    if (replaced.name == name) value = replaced.value;
  }
  if (value < range.first || value > range.last) {
    Refuse(absl::StrCat("option ", ToAbsl(name), " is ", value, ", expected ",
                        range.first, "..", range.last));
  }
  arena_.asked_.push_back({std::string(name), value});
  if (options_.log != nullptr) options_.log->OnOption(arena_.asked_.back());
  return value;
}

World& Trial::NewWorld(const FaultMix& faults) {
  if (world_ != nullptr) {
    Misuse("trial.NewWorld() was called a second time",
           "a trial has one world: add more nodes to trial.world()");
  }
  WorldOptions world{
      .seed = options_.seed, .faults = faults, .scenario = scenario_};
  world.max_steps = options_.max_steps.value_or(world.max_steps);
  world.max_time = options_.max_time.value_or(world.max_time);
  world_ = std::make_unique<World>(world);
  // Where there is something to follow, each decision is looked for in it.
  if (options_.edits != nullptr && *options_.edits != Edits()) {
    world_->Follow(*options_.edits);
  }
  if (options_.record_decisions) {
    world_->decisions().Record(options_.decision_log);
  }
  Watch(*world_);
  world_->trace().SetTrail(options_.trail);
  world_->scheduler().SetForbiddenCalls(&forbidden_calls_);
  if (options_.log != nullptr) options_.log->OnWorld(*world_);
  return *world_;
}

World& Trial::world() {
  if (world_ == nullptr) {
    Misuse("the trial has no world yet",
           "call trial.NewWorld(faults) before trial.world() and the runs");
  }
  return *world_;
}

RandomStream Trial::Workload(int client, uint64_t operation_index) const {
  const auto entity = kWorkloadEntity + static_cast<uint64_t>(client);
  return RandomStream(StreamKey(options_.seed, entity, operation_index));
}

ClientOperations Trial::Operations(int client, int64_t count, int64_t first) {
  OperationLog* log = options_.record_decisions ? this : nullptr;
  return ClientOperations(world(), log, client, count, first);
}

void Trial::OnOperation(const BegunOperation& operation) {
  const FrameworkMemoryScope scope;
  begun_.push_back(operation);
  if (options_.log != nullptr) options_.log->OnOperation(operation);
}

void Trial::Expect(const checker::Verdict& verdict) {
  if (IsEnding()) return;
  has_properties_ = true;
  switch (verdict.outcome) {
    case checker::Outcome::kHolds:
      return;
    case checker::Outcome::kViolated:
      return ViolateOrder(verdict.contradiction,
                          verdict.contradiction.sentence);
    case checker::Outcome::kUndecided:
      return Undecided(verdict.exhaustion.sentence);
  }
}

void Trial::Expect(bool holds, TextView property, TextView message) {
  if (IsEnding()) return;
  has_properties_ = true;
  if (!holds) Violate(property, message);
}

void Trial::Violate(TextView property, TextView message) {
  if (IsEnding()) return;
  const FrameworkMemoryScope scope;
  REPRISE_CHECK(!property.empty(), "a violated property has a name");
  has_properties_ = true;
  if (has_stopped_) return;
  Finding finding{.property = std::string(property),
                  .message = message.empty() ? "the property does not hold"
                                             : std::string(message)};
  finding.message += DescribeEvent();
  if (violated()) {
    if (verdict_.also.size() < kAlsoMax) {
      verdict_.also.push_back(std::move(finding));
    }
    return;
  }
  const Verdict before = std::exchange(verdict_, Verdict());
  verdict_.kind = VerdictKind::kViolated;
  verdict_.property = std::move(finding.property);
  verdict_.message = std::move(finding.message);
  KeepReason(before, &verdict_);
  if (options_.record_decisions && world_ != nullptr) ShowNodesOfViolation();
}

void Trial::ViolateAndStop(TextView property, TextView message) {
  if (IsEnding()) return;
  Violate(property, message);
  has_stopped_ = true;
  if (world_ != nullptr) world_->scheduler().Stop();
}

void Trial::Undecided(TextView reason) {
  if (IsEnding()) return;
  const FrameworkMemoryScope scope;
  has_properties_ = true;
  if (has_stopped_ || verdict_.kind != VerdictKind::kHolds) return;
  verdict_.kind = VerdictKind::kUndecided;
  verdict_.message = reason;
}

void Trial::Fail(const TaskFailure& failure) {
  const FrameworkMemoryScope scope;
  const std::string when =
      world_ != nullptr ? absl::StrCat(" at ", FormatTime(world_->now())) : "";
  if (failure.is_out_of_memory) {
    Undecided(absl::StrCat(failure.who, " ", failure.what, when));
    verdict_.depends_on_machine |= verdict_.kind == VerdictKind::kUndecided;
    has_stopped_ = true;
    return;
  }
  ViolateAndStop(kNoCrashProperty,
                 absl::StrCat(failure.who, " ", failure.what, when, "\n",
                              failure.DescribeStack()));
}

// What a call to the outside returned explains whatever went wrong after it, so
// this comes before other properties, those that tasks have violated included.
void Trial::JudgeForbiddenCalls() {
  if (has_judged_calls_ || forbidden_calls_.count() == 0) return;
  has_judged_calls_ = true;
  const FrameworkMemoryScope scope;
  const bool has_stopped = std::exchange(has_stopped_, false);
  const Verdict before = std::exchange(verdict_, Verdict());
  for (const ForbiddenCall& call : forbidden_calls_.kept()) {
    Violate(kSandboxProperty, call.ToString());
  }
  KeepReason(before, &verdict_);
  if (before.kind == VerdictKind::kViolated) {
    Violate(before.property, before.message);
  }
  for (const Finding& finding : before.also) {
    Violate(finding.property, finding.message);
  }
  has_stopped_ = has_stopped;
}

void Trial::ReportMemory(uint64_t held_bytes, uint64_t limit_bytes) {
  if (IsEnding()) return;
  held_bytes_ = held_bytes;
  limit_bytes_ = limit_bytes;
}

TrialResult Trial::Finish() {
  JudgeForbiddenCalls();
  if (!has_properties_) Undecided("the scenario stated no property");
  TrialResult result{.seed = options_.seed, .verdict = std::move(verdict_)};
  result.operations = operations_;
  result.held_bytes = held_bytes_;
  result.limit_bytes = limit_bytes_;
  result.marks.assign(marks_.counts().begin(), marks_.counts().end());
  if (world_ != nullptr) {
    result.digest = world_->trace().digest();
    result.events = world_->trace().events();
    result.virtual_time = world_->now();
    result.network = world_->counters();
    result.faults = world_->fault_counts();
    if (result.verdict.kind != VerdictKind::kHolds && watch_ != nullptr) {
      result.log = watch_->LastLines(result.verdict.message);
    }
    if (result.verdict.kind != VerdictKind::kHolds ||
        options_.record_decisions) {
      result.mix = DescribeMix(world_->faults());
    }
    if (watch_ != nullptr) result.servers = watch_->Servers();
    if (result.verdict.kind == VerdictKind::kViolated) {
      result.nodes = TakeNotedNodes();
    }
  }
  return result;
}

}  // namespace reprise
