// TextTrace: the events of a trial as text for people, one line an event.
//
// Guarantees:
// - Columns align, whatever nodes, messages and files are called: texts that
//   are too wide for their column are shortened in the middle. The columns move
//   once where a node with a longer name enters the world.
// - Whatever network, disks and nodes did wrong ends its line in capitals.
// - Text of any language is printed as itself; other bytes, and characters that
//   would deceive the reader, are escaped (text/printable.h).
// - The calls and returns of the history, and the lines of logs, stand beside
//   the messages.
// - Lines appear as the events happen, so that a trial that never ends can be
//   watched.
//
//      1.120 340 s  clerk-1  calls     Put("2", "x 1 4 y")              #31
//      1.120 340 s  clerk-1  sends     kv.Put @9             -> server  +61 us
//      1.131 012 s  server   sends     reply to kv.Put @9    -> clerk-1 LOST
//
//   TextTrace text({}, [](std::string_view line) { Print(line); }, filter);
//   world.trace().SetSink(&text);

#ifndef REPRISE_SIM_TRACE_TEXT_H_
#define REPRISE_SIM_TRACE_TEXT_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "reprise/sim/trace/event_text.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/trace/trace_filter.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {

class TextTrace : public TraceSink {
 public:
  // `print` receives each line without its line break.
  TextTrace(TextOptions options, std::function<void(std::string_view)> print,
            TraceFilter filter = {});

  void OnEvent(const TraceEvent& event, std::string_view content) override;
  void OnShown(const TraceEvent& event, std::string_view content) override {
    OnEvent(event, content);
  }

  // InvalidArgument for a name in the filter that the trace has not.
  absl::Status CheckFilter() const { return filter_.CheckNames(); }

 private:
  void MakeLine(const TraceEvent& event, const EventText& row,
                const std::string& what);
  // What stands at the end of the line, in colour where it is a fault.
  std::string Remark(const TraceEvent& event, const EventText& row) const;

  TraceNames names_;
  std::function<void(std::string_view)> print_;
  TraceFilter filter_;
  std::string line_;  // Its memory is used again.
};

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_TEXT_H_
