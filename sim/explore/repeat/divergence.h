// Divergence: compares the events of a trial with those of the same trial in
// another process, while both run, and finds the first that differs.
//
// Both processes use this class. Every few hundred events they exchange the
// digests after each of these events. Until then each process remembers the
// text, the task and the stack of every event, because any of them may turn out
// to be the first that differs.
//
// Guarantees: changes nothing about the trial; needs memory for the last few
// hundred events only.
//
//   Divergence divergence(channel, catalog.text);
//   options.sink = &divergence;
//   RunTrial(scenario, options);
//   divergence.End();
//   if (divergence.event()) Print(divergence.here());

#ifndef REPRISE_SIM_EXPLORE_REPEAT_DIVERGENCE_H_
#define REPRISE_SIM_EXPLORE_REPEAT_DIVERGENCE_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/call_stack.h"
#include "reprise/sim/explore/repeat/second_process.h"
#include "reprise/sim/trace/digest.h"
#include "reprise/sim/trace/text.h"
#include "reprise/sim/trace/trace.h"

namespace reprise {

class Divergence : public TraceSink {
 public:
  // `peer` must outlive this.
  Divergence(ProcessChannel& peer, const TextOptions& text);

  void OnEvent(const TraceEvent& event, std::string_view content) override;
  // To be called once, when the trial has ended.
  void End();

  // The number of the first event that differs, from 1; none if all are equal.
  std::optional<uint64_t> event() const { return event_; }
  // The events before it, one line each.
  const std::string& before() const { return before_; }
  // What this process did at that event: the event's line, the task that was
  // running and its stack; or that the trial was over.
  const std::string& here() const { return here_; }

 private:
  // Where the trial was at one event.
  struct Moment {
    std::string line;
    std::string where;
    int depth = 0;
    void* frames[kFramesMax];
  };

  Moment MomentOf(const TraceEvent& event, std::string_view content);
  void Exchange();
  void Find(size_t index);

  ProcessChannel& peer_;
  std::string line_;  // What text_ printed last.
  TextTrace text_;
  Digest digest_;
  uint64_t events_ = 0;
  // After each event since the last exchange.
  std::vector<uint64_t> digests_;
  // At these events and at a few before them.
  std::deque<Moment> moments_;
  // Nothing is compared any more: the trial has ended, a difference was found,
  // or the peer is gone.
  bool is_over_ = false;
  std::optional<uint64_t> event_;
  std::string before_;
  std::string here_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_REPEAT_DIVERGENCE_H_
