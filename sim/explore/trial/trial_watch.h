// TrialWatch: follows the events of a trial, keeps the last lines of its log,
// and says when a point has come at which the trial is to stop.
//
// Guarantees: keeps a bounded number of lines of each node. After the point
// nothing is handed on.
//
//   TrialWatch watch(next, {{.events = 120}}, [&](auto&) { Stop(); });
//   world.trace().SetSink(&watch);
//   watch.LastLines("node server lost ...")  // those of the server

#ifndef REPRISE_SIM_EXPLORE_TRIAL_TRIAL_WATCH_H_
#define REPRISE_SIM_EXPLORE_TRIAL_TRIAL_WATCH_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"

namespace reprise {

class TrialWatch final : public TraceSink {
 public:
  // `next`: sees all events, too; may be null. `stop` is called once, after
  // the event at which `until` is reached.
  TrialWatch(TraceSink* next, const std::optional<StopPoint>& until,
             std::function<void(const TraceEvent& event)> stop);

  void OnEvent(const TraceEvent& event, std::string_view content) override;
  void OnShown(const TraceEvent& event, std::string_view content) override;

  // How many events there have been.
  uint64_t events() const { return events_; }

  // The names of the nodes that a request or a one-way message has come to.
  std::vector<std::string> Servers() const;

  // The last lines of the log, a line each, in their order: those of the nodes
  // that `evidence` names and of the scenario, or else those of all. Empty
  // where nothing was logged.
  std::string LastLines(std::string_view evidence) const;

 private:
  static constexpr uint64_t kScenario = UINT64_MAX;  // In place of a node.

  struct Line {
    uint64_t number;  // Among all lines.
    std::string text;
  };

  void KeepLine(const TraceEvent& event, std::string_view content);
  bool IsReached(const TraceEvent& event) const;
  bool NamesALogger(std::string_view evidence) const;
  std::string NameOf(uint64_t node) const;

  TraceSink* const next_;
  const std::optional<StopPoint> until_;
  const std::function<void(const TraceEvent&)> stop_;
  uint64_t events_ = 0;
  bool has_stopped_ = false;
  std::map<uint64_t, std::string> names_;  // By node.
  std::vector<bool> is_server_;            // So is this.
  uint64_t lines_ = 0;
  std::map<uint64_t, std::deque<Line>> last_;  // By node, the oldest first.
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_TRIAL_WATCH_H_
