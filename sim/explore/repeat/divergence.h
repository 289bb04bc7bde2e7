// Divergence: compares the events of a trial with those of the same trial in
// another process, while both run, and tells of the first that differs.
//
// Both ends use the same class. Every few hundred events they exchange the
// digests so far; until then each remembers what it was doing at each event, so
// that the event's text, its task and its stack are still there when the
// digests turn out to differ.
//
// Guarantees: changes nothing about the trial; needs memory for the last few
// hundred events only.
//
//   Divergence divergence(channel, catalog.text);
//   options.sink = &divergence;
//   RunTrial(scenario, options);
//   divergence.End();
//   if (divergence.event()) Print(divergence.Here());

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
  Divergence(Channel& peer, const TextOptions& text);

  void OnEvent(const TraceEvent& event, std::string_view content) override;
  // The trial has ended. To be called once.
  void End();

  // The first event that differs, from 1; nothing if all are the same.
  std::optional<uint64_t> event() const { return event_; }
  // The events before it, one line each.
  const std::string& before() const { return before_; }
  // What this process did there: the event's line, the task that was running
  // and its stack; or that the trial was over.
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

  Channel& peer_;
  std::string line_;  // What text_ printed last.
  TextTrace text_;
  Digest digest_;
  uint64_t events_ = 0;
  std::vector<uint64_t> digests_;  // Not yet exchanged.
  // At those events and at a few before them.
  std::deque<Moment> moments_;
  bool is_over_ = false;  // A difference was found, or the peer is gone.
  std::optional<uint64_t> event_;
  std::string before_;
  std::string here_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_REPEAT_DIVERGENCE_H_
