// TextTrace: the events of a trial as text for people, one line an event.
//
// Guarantees: columns align; whatever network, disks and nodes did wrong ends
// its line in
// capital letters; values are shortened and made printable; the calls and
// returns of the history stand beside the messages. Lines appear as the events
// happen, so that a trial that never ends can be watched.
//
//      1.120 340 s  clerk-1  calls     Put("2", "x 1 4 y")              #31
//      1.120 340 s  clerk-1  sends     kv.Put                -> server  call 9
//      1.131 012 s  server   sends     reply to kv.Put       -> clerk-1 LOST
//
//   TextTrace text(TextOptions(), [](std::string_view line) { Print(line); });
//   world.trace().SetSink(&text);

#ifndef REPRISE_SIM_TRACE_TEXT_H_
#define REPRISE_SIM_TRACE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/trace/trace.h"

namespace reprise {

enum class MessageKind : uint8_t { kRequest, kReply };

struct TextOptions {
  // The names of operation kinds, by TraceEvent::value.
  std::vector<std::string> operation_names = {};
  // Says what a message is: "Put seq 9". Empty: the method's name.
  std::function<std::string(MessageKind kind, std::string_view method,
                            std::string_view content)>
      describe_message = {};
  // Longer values are shortened in the middle.
  size_t value_length_max = 24;
  // Also print the starts and ends of tasks.
  bool show_tasks = false;
  // Faults in bold, for a terminal.
  bool use_colour = false;
};

class TextTrace : public TraceSink {
 public:
  // `print` receives each line without its line break.
  TextTrace(TextOptions options, std::function<void(std::string_view)> print);

  void OnEvent(const TraceEvent& event, std::string_view content) override;

 private:
  // One line: who does what, with whom, and what is remarkable about it.
  struct Line {
    std::string verb;
    std::string what;
    std::string peer;
    std::string remark;
    bool is_fault = false;
  };

  void Print(const TraceEvent& event, const Line& line);
  Line Describe(const TraceEvent& event, std::string_view content);
  Line DescribeMessage(const TraceEvent& event, std::string_view content);
  Line DescribeCall(const TraceEvent& event, std::string_view content);
  Line DescribeReturn(const TraceEvent& event, std::string_view content);
  Line DescribeNode(const TraceEvent& event, std::string_view content);
  Line DescribeDisk(const TraceEvent& event, std::string_view content);
  Line DescribeDiskFault(const TraceEvent& event, std::string_view content);
  std::string MessageText(const TraceEvent& event, std::string_view content);
  std::string MethodName(uint32_t method) const;
  std::string NodeName(NodeId node) const;
  std::string FileName(const TraceEvent& event) const;
  std::string OperationName(uint64_t kind) const;

  TextOptions options_;
  std::function<void(std::string_view)> print_;
  std::map<uint64_t, std::string> nodes_;
  std::map<uint64_t, std::string> methods_;
  // By node, then by number.
  std::map<NodeId, std::map<uint64_t, std::string>> files_;
  // Operations that have been called and have not returned, as printed.
  std::map<uint64_t, std::string> open_operations_;
  // Messages as printed when they were sent, by call and direction.
  std::map<uint64_t, std::string> messages_;
  size_t node_width_ = 8;
};

// A value between quotation marks, at most `length_max` characters of it, with
// unprintable bytes as \x00: "x 0 1 y...".
std::string ShortenValue(std::string_view value, size_t length_max);

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_TEXT_H_
