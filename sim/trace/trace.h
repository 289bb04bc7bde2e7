// Trace: the ordered events of a trial and their digest.
//
// Guarantees: digest() is a function of every field of every event that was
// recorded and of their order, the same on every platform. Recording without a
// sink costs a few nanoseconds and keeps nothing. A sink sees each event as it
// happens, with the message's content, and cannot change the digest; the memory
// that it requests is charged to nobody. What is only shown, such as lines of a
// log, is neither digested nor counted.
//
//   trace.Record({.time = now, .kind = EventKind::kNote});
//   absl::StrFormat("%016x", trace.digest());

#ifndef REPRISE_SIM_TRACE_TRACE_H_
#define REPRISE_SIM_TRACE_TRACE_H_

#include <cstdint>
#include <string_view>

#include "reprise/sim/core/log_level.h"
#include "reprise/sim/trace/digest.h"
#include "reprise/sim/trace/digest_trail.h"
#include "reprise/sim/trace/event.h"

namespace reprise {

// Receives events for printing, exporting or comparing.
class TraceSink {
 public:
  virtual ~TraceSink() = default;
  // `content`: the message, value or text that event.hash covers; valid during
  // the call only.
  virtual void OnEvent(const TraceEvent& event, std::string_view content) = 0;
  // As OnEvent, of an event that is only shown: it is not part of the digest.
  virtual void OnShown(const TraceEvent& /*event*/,
                       std::string_view /*content*/) {}
};

class Trace {
 public:
  // Records an event whose `bytes` and `hash` the caller has filled in.
  [[gnu::always_inline]] void Record(const TraceEvent& event,
                                     std::string_view content = {}) {
    digest_.Add(event);
    ++events_;
    if (is_watched_) [[unlikely]] {
      Tell(event, content);
    }
  }

  // As Record, after setting `bytes` and `hash` from `content`.
  void RecordContent(TraceEvent event, std::string_view content) {
    event.bytes = content.size();
    event.hash = HashContent(content);
    Record(event, content);
  }

  // Shows an event to the sink and does nothing else.
  void Show(const TraceEvent& event, std::string_view content);

  // Which lines of a log are worth a call of Show(); at first none.
  void SetLogLevel(LogLevel level) { log_level_ = level; }
  bool IsLogged(LogLevel level) const { return level >= log_level_; }

  // `sink` must outlive the trace or be replaced; null ends the watching.
  void SetSink(TraceSink* sink) {
    sink_ = sink;
    is_watched_ = sink_ != nullptr || trail_ != nullptr;
  }
  bool HasSink() const { return sink_ != nullptr; }
  // The one that is set, or null.
  TraceSink* sink() const { return sink_; }

  // `trail` keeps digests along the way; it must outlive the trace or be
  // replaced; null: none does.
  void SetTrail(DigestTrail* trail) {
    trail_ = trail;
    is_watched_ = sink_ != nullptr || trail_ != nullptr;
  }

  uint64_t digest() const { return digest_.Value(); }
  uint64_t events() const { return events_; }

 private:
  // Takes a copy, so that an event that nobody watches need not be in memory.
  void Tell(TraceEvent event, std::string_view content);

  Digest digest_;
  uint64_t events_ = 0;
  TraceSink* sink_ = nullptr;
  DigestTrail* trail_ = nullptr;
  bool is_watched_ = false;  // By either of them.
  LogLevel log_level_ = LogLevel::kOff;
};

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_TRACE_H_
