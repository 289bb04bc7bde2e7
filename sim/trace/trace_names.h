// TraceNames: the texts behind the numbers in events.
//
// Events name nodes, methods, files, calls and operations by numbers. Some
// events bring the text that belongs to a number; this remembers it, so that
// later events can be told in words.
//
// Guarantees: each text is printable (text/printable.h); a number whose text
// never came has one too: "node 7", "file 3".

#ifndef REPRISE_SIM_TRACE_TRACE_NAMES_H_
#define REPRISE_SIM_TRACE_TRACE_NAMES_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/trace/event.h"

namespace reprise {

// A kMessage is a one-way message.
enum class MessageKind : uint8_t { kRequest, kReply, kMessage };

struct TextOptions {
  // The names of operation kinds, by TraceEvent::value.
  std::vector<std::string> operation_names = {"Get", "Put", "Append"};
  // Says what a message is: "Put seq 9". Empty: the method's name and, where it
  // is text, the content, shortened; else how many bytes it has.
  std::function<std::string(MessageKind kind, std::string_view method,
                            std::string_view content)>
      describe_message = {};
  // Values of more characters are shortened in the middle.
  size_t value_length_max = 24;
  // Also print the starts and ends of tasks.
  bool show_tasks = false;
  // For a terminal: faults in red, operations in cyan, times dim.
  bool use_colour = false;
};

class TraceNames {
 public:
  // The columns that a node's name fills at most; longer ones are shortened.
  static constexpr size_t kNodeColumnsMax = 24;

  explicit TraceNames(TextOptions options) : options_(std::move(options)) {}

  const TextOptions& options() const { return options_; }

  void NameNode(uint64_t number, std::string_view name);
  void NameMethod(uint64_t number, std::string_view name);
  void NameFile(const TraceEvent& event, std::string_view name);

  std::string NodeName(NodeId node) const;
  // Of the file that an event on a disk is about.
  std::string FileName(const TraceEvent& event) const;
  std::string MethodName(uint32_t method) const;
  // The columns of the widest name of a node so far.
  size_t node_columns() const { return node_columns_; }

  // The message that `event` is about, with the number of its call:
  // "Put seq 9 @31"; of a one-way message with its own: "message Touch @m4". An
  // event without content is told in the words of the one
  // that sent the message.
  const std::string& Message(MessageKind kind, const TraceEvent& event,
                             std::string_view content);

  // What was called, and what came back: Append("k", "b"), then
  // Append("k", "b") = "a".
  std::string Call(const TraceEvent& event, std::string_view content);
  std::string Return(const TraceEvent& event, std::string_view content);

 private:
  std::string OperationName(uint64_t kind) const;
  std::string Whole(std::string_view content) const;

  TextOptions options_;
  std::map<uint64_t, std::string> nodes_;
  size_t node_columns_ = 0;
  std::map<uint64_t, std::string> methods_;
  // By node and number.
  std::map<std::pair<NodeId, uint64_t>, std::string> files_;
  // Operations that have been called and have not returned.
  std::map<uint64_t, std::string> open_operations_;
  // By call and direction, as they were sent.
  std::map<std::pair<uint64_t, MessageKind>, std::string> messages_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_TRACE_NAMES_H_
