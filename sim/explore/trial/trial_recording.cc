// Trial as a sink of recorders.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/misuse.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_asides.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/operation_content.h"

namespace reprise {
namespace {

// The operations of a trial's second recorder are numbered from here, those of
// its third from twice as much.
constexpr uint64_t kNumbersOfRecorder = 1'000'000'000;

// For what no verdict depends on.
checker::Budget QuarterOf(checker::Budget budget) {
  budget.states /= 4;
  budget.total_states /= 4;
  return budget;
}

}  // namespace

void Trial::Within(absl::FunctionRef<void()> write) {
  const FrameworkMemoryScope scope;
  write();
}

void Trial::Write(absl::FunctionRef<void()> write) {
  if (world_ != nullptr) [[likely]] {
    if (world_->IsEnding()) return;
    if (world_->HasEnded()) {
      Misuse("an operation was recorded after the end of the world",
             "record what happens in the world, before trial.Run() or "
             "trial.End()");
    }
  }
  const FrameworkMemoryScope scope;
  write();
}

uint64_t Trial::NumberOf(const checker::OperationNote& note) const {
  if (&note.recording == recordings_.front()) [[likely]] {
    return note.id;
  }
  return FirstNumber(note.recording) + note.id;
}

uint64_t Trial::FirstNumber(const checker::Recording& recording) const {
  const auto place =
      std::find(recordings_.begin(), recordings_.end(), &recording);
  const auto number = static_cast<uint64_t>(place - recordings_.begin());
  return number * kNumbersOfRecorder;
}

void Trial::OnCalled(const checker::OperationNote& note) {
  ++operations_;
  if (note.kind == checker::OperationNote::kNamed) [[unlikely]] {
    TraceNamed(EventKind::kOperationCalled, note);
    return;
  }
  Trace& trace = world().trace();
  const TraceEvent event{.time = world_->now(),
                         .kind = EventKind::kOperationCalled,
                         .node = NodeId(note.caller.place),
                         .id = NumberOf(note),
                         .value = note.kind,
                         .bytes = note.text.size(),
                         .hash = HashOperation(note.key, note.text)};
  if (trace.HasSink()) {
    trace.Record(event, JoinOperation(note.key, note.text));
  } else {
    trace.Record(event);
  }
}

void Trial::OnReturned(const checker::OperationNote& note) {
  if (note.kind == checker::OperationNote::kNamed) [[unlikely]] {
    TraceNamed(EventKind::kOperationReturned, note);
    return;
  }
  world().trace().RecordContent({.time = world_->now(),
                                 .kind = EventKind::kOperationReturned,
                                 .node = NodeId(note.caller.place),
                                 .id = NumberOf(note),
                                 .value = note.kind},
                                note.text);
}

void Trial::TraceNamed(EventKind kind, const checker::OperationNote& note) {
  const bool has_failed = note.ending == checker::Ending::kFailed;
  world().trace().RecordContent(
      {.time = world_->now(),
       .kind = kind,
       .node = NodeId(note.caller.place),
       .id = NumberOf(note),
       .value = has_failed ? kFailedOperation : kNamedOperation},
      note.text);
}

// Why it is illegal is found after the run, where stacks are large.
void Trial::OnIllegal(const checker::Recording& recording) {
  if (illegal_ == nullptr) illegal_ = &recording;
  world().scheduler().Stop();
}

void Trial::Attach(const checker::Recording& recording) {
  const FrameworkMemoryScope scope;
  recordings_.push_back(&recording);
}

void Trial::Detach(const checker::Recording& recording) {
  const auto place =
      std::find(recordings_.begin(), recordings_.end(), &recording);
  if (illegal_ == &recording) {
    // No run will judge it any more.
    JudgeIllegal();
    illegal_ = nullptr;
  }
  if (asides_ != nullptr && recording.size() > 0) {
    const FrameworkMemoryScope scope;
    asides_->ShowOrder(recording, FirstNumber(recording), QuarterOf(budget()));
  }
  *place = nullptr;
}

void Trial::JudgeIllegal() {
  if (has_stopped_) return;
  const FrameworkMemoryScope scope;
  checker::Verdict found = illegal_->Judge(budget()).verdict;
  found.contradiction.first_number = FirstNumber(*illegal_);
  const std::string ending = absl::StrFormat(
      "\nthe trial ended at %s, at the first response that no "
      "order explains",
      FormatTime(world_->now()));
  if (found.outcome == checker::Outcome::kViolated) {
    ViolateOrder(found.contradiction, found.contradiction.sentence + ending);
    has_stopped_ = true;
    world().scheduler().Stop();
    return;
  }
  // The budget does not reach to say why.
  Undecided(found.exhaustion.sentence + ending);
  has_stopped_ = true;
}

void Trial::ViolateOrder(const checker::Contradiction& found,
                         TextView message) {
  const bool names_it = !violated() && !has_stopped_ && !IsEnding();
  Violate("linearizability", message);
  if (!names_it || !found.first_number) return;
  const FrameworkMemoryScope scope;
  for (const checker::OperationId id : found.operations) {
    verdict_.operations.push_back(*found.first_number + id);
  }
}

std::unique_ptr<checker::Recording> Trial::Reuse(const void* type) {
  auto& kept = arena_.recordings_;
  const auto found =
      std::find_if(kept.begin(), kept.end(), [&](const TrialArena::Kept& each) {
        return each.type == type && each.is_empty;
      });
  if (found == kept.end()) return nullptr;
  std::unique_ptr<checker::Recording> recording = std::move(found->recording);
  kept.erase(found);
  return recording;
}

void Trial::Recycle(const void* type,
                    std::unique_ptr<checker::Recording> recording) {
  arena_.recordings_.push_back({type, std::move(recording), false});
}

}  // namespace reprise
