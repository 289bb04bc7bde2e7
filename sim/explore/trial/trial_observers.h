// TrialObservers: who looks at the world of one trial, and when.
//
// Invariant: `seen_` holds the events of kinds that somebody looks after which
// happened since the last look.

#ifndef REPRISE_SIM_EXPLORE_TRIAL_TRIAL_OBSERVERS_H_
#define REPRISE_SIM_EXPLORE_TRIAL_TRIAL_OBSERVERS_H_

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/text.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/world.h"

namespace reprise {

class Trial;

class TrialObservers final : public WorldWatch, public TraceSink {
 public:
  // Watches the trial's world from now on. Who saw its events before goes on
  // seeing them.
  explicit TrialObservers(Trial& trial);

  void Every(Duration interval, std::function<void()> look);
  void AfterEach(EventKind kind, std::function<void()> look);
  // Calls `look` with each node that something happened to, or that logged
  // something, since the last look.
  void AfterAny(std::function<void(NodeId node)> look);
  void BeforeStop(std::function<void(NodeId node)> look);
  // From now on an event of these kinds violates "calm".
  void Forbid(const std::vector<EventKind>& kinds);
  const std::string& current_event() const { return current_event_; }

  VirtualTime NextLook() override;
  void Look() override;
  void OnEvent(const TraceEvent& event, std::string_view content) override;
  void OnShown(const TraceEvent& event, std::string_view content) override;

 private:
  static constexpr size_t kKinds = static_cast<size_t>(EventKind::kCount);

  struct Timer {
    Duration interval;
    VirtualTime next;
    std::function<void()> look;
  };
  struct Seen {
    EventKind kind;
    std::string line;
  };

  void LookByTime();
  void LookAfterEvents();
  void LookAtTouched();
  void Touch(const TraceEvent& event);

  Trial& trial_;
  World& world_;
  TraceSink* const next_;  // Null: nobody else sees the events.
  std::string line_;       // That the text has printed last.
  TextTrace text_;
  std::vector<Timer> timers_;
  std::vector<std::vector<std::function<void()>>> after_;  // By kind.
  std::vector<std::function<void(NodeId)>> before_stop_;
  std::vector<std::function<void(NodeId)>> after_any_;
  std::set<NodeId> touched_;        // Since the last look; empty: nobody asks.
  std::vector<bool> is_forbidden_;  // By kind.
  std::vector<Seen> seen_;
  std::string current_event_;  // After which somebody looks; or empty.
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_TRIAL_OBSERVERS_H_
