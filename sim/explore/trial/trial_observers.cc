#include "reprise/sim/explore/trial/trial_observers.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_asides.h"
#include "reprise/sim/world/node.h"

namespace reprise {
namespace {

size_t IndexOf(EventKind kind) { return static_cast<size_t>(kind); }

// Whether later events need what this one says, to be told in words.
bool BringsNames(EventKind kind) {
  return kind == EventKind::kNodeNamed || kind == EventKind::kMethodNamed ||
         kind == EventKind::kFileOpened || kind == EventKind::kOperationCalled;
}

}  // namespace

TrialObservers::TrialObservers(Trial& trial)
    : trial_(trial),
      world_(trial.world()),
      next_(world_.trace().sink()),
      text_({.show_tasks = true},
            [this](std::string_view line) { line_ = line; }),
      after_(kKinds),
      is_forbidden_(kKinds) {
  for (size_t i = 0; i < world_.node_count(); ++i) {
    const Node& node = world_.node(NodeId(static_cast<uint32_t>(i)));
    text_.OnEvent({.kind = EventKind::kNodeNamed, .node = node.id(), .id = i},
                  node.name());
  }
  world_.trace().SetSink(this);
  world_.SetWatch(this);
}

void TrialObservers::OnShown(const TraceEvent& event,
                             std::string_view content) {
  if (next_ != nullptr) next_->OnShown(event, content);
  if (!after_any_.empty()) Touch(event);
}

void TrialObservers::Every(Duration interval, std::function<void()> look) {
  timers_.push_back({interval, world_.now() + interval, std::move(look)});
}

void TrialObservers::AfterEach(EventKind kind, std::function<void()> look) {
  after_[IndexOf(kind)].push_back(std::move(look));
}

void TrialObservers::AfterAny(std::function<void(NodeId)> look) {
  after_any_.push_back(std::move(look));
}

void TrialObservers::BeforeStop(std::function<void(NodeId)> look) {
  before_stop_.push_back(std::move(look));
}

void TrialObservers::Forbid(const std::vector<EventKind>& kinds) {
  std::fill(is_forbidden_.begin(), is_forbidden_.end(), false);
  for (const EventKind kind : kinds) is_forbidden_[IndexOf(kind)] = true;
}

VirtualTime TrialObservers::NextLook() {
  VirtualTime next = VirtualTime::Infinite();
  for (const Timer& timer : timers_) next = std::min(next, timer.next);
  return next;
}

void TrialObservers::Look() {
  if (seen_.empty() && touched_.empty()) return LookByTime();
  LookAfterEvents();
  LookAtTouched();
}

void TrialObservers::LookAtTouched() {
  for (const NodeId node : std::exchange(touched_, {})) {
    for (const std::function<void(NodeId)>& look : after_any_) look(node);
  }
}

void TrialObservers::LookByTime() {
  const VirtualTime now = world_.now();
  for (size_t i = 0; i < timers_.size(); ++i) {
    if (timers_[i].next > now) continue;
    timers_[i].next = now + timers_[i].interval;
    timers_[i].look();
  }
}

void TrialObservers::LookAfterEvents() {
  for (Seen& seen : std::exchange(seen_, {})) {
    current_event_ = std::move(seen.line);
    for (const std::function<void()>& look : after_[IndexOf(seen.kind)]) {
      look();
    }
  }
  current_event_.clear();
}

void TrialObservers::OnEvent(const TraceEvent& event,
                             std::string_view content) {
  if (next_ != nullptr) next_->OnEvent(event, content);
  const size_t index = IndexOf(event.kind);
  const bool is_watched = !after_[index].empty();
  const bool is_forbidden = is_forbidden_[index];
  if (is_watched || is_forbidden || BringsNames(event.kind)) {
    text_.OnEvent(event, content);
  }
  if (event.kind == EventKind::kNodeStopped) {
    for (const auto& look : before_stop_) look(event.node);
  }
  if (is_forbidden) {
    trial_.Violate(kCalmProperty,
                   absl::StrCat("this must not happen in calm:\n", line_));
  }
  if (is_watched) {
    seen_.push_back({event.kind, line_});
    world_.scheduler().StopToLook();
  }
  if (!after_any_.empty()) Touch(event);
}

void TrialObservers::Touch(const TraceEvent& event) {
  if (!IsOfNodeIn(world_, event)) return;
  touched_.insert(event.node);
  world_.scheduler().StopToLook();
}

}  // namespace reprise
