#include "reprise/sim/trace/trace_names.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "reprise/sim/trace/operation_content.h"
#include "reprise/text/printable.h"

namespace reprise {
namespace {

// Of a node's name that is shortened, so much of the end is kept: it often has
// a number.
constexpr size_t kNodeTail = 8;

// What is shown of a payload: its first and last characters, and how many
// characters may be shown whole.
constexpr size_t kPayloadHead = 11;
constexpr size_t kPayloadTail = 6;
constexpr size_t kPayloadMost = kPayloadHead + 3 + kPayloadTail;

bool IsText(std::string_view bytes) { return Printable(bytes) == bytes; }

// Fits into its column behind the name of a method.
void AppendPayload(std::string_view content, std::string& text) {
  if (content.empty()) return;
  const std::string_view head = FirstCharacters(content, kPayloadMost);
  const bool is_whole = head.size() == content.size();
  const std::string_view tail =
      is_whole ? std::string_view() : LastCharacters(content, kPayloadTail);
  if (!IsText(head) || !IsText(tail)) {
    absl::StrAppend(&text, " ", content.size(),
                    content.size() == 1 ? " byte" : " bytes");
  } else if (is_whole) {
    absl::StrAppend(&text, " \"", Escape(content), "\"");
  } else {
    absl::StrAppend(&text, " \"",
                    Escape(FirstCharacters(content, kPayloadHead)), "...",
                    Escape(tail), "\"");
  }
}

}  // namespace

void TraceNames::NameNode(uint64_t number, std::string_view name) {
  std::string text = FitColumns(Printable(name), kNodeColumnsMax, kNodeTail);
  node_columns_ = std::max(node_columns_, ColumnsOf(text));
  nodes_[number] = std::move(text);
}

void TraceNames::NameMethod(uint64_t number, std::string_view name) {
  methods_[number] = Printable(name);
}

void TraceNames::NameFile(const TraceEvent& event, std::string_view name) {
  files_[{event.node, event.id}] = Printable(name);
}

std::string TraceNames::NodeName(NodeId node) const {
  const auto found = nodes_.find(node.value());
  return found != nodes_.end() ? found->second
                               : absl::StrCat("node ", node.value());
}

std::string TraceNames::FileName(const TraceEvent& event) const {
  if (event.id == 0) return "the directory";
  const auto found = files_.find({event.node, event.id});
  return found != files_.end() ? found->second
                               : absl::StrCat("file ", event.id);
}

const std::string& TraceNames::Message(MessageKind kind,
                                       const TraceEvent& event,
                                       std::string_view content) {
  const auto [message, is_new] =
      messages_.try_emplace({event.id, kind}, std::string());
  std::string& text = message->second;
  if (content.empty() && !is_new) return text;
  const std::string method = MethodName(event.method);
  if (options_.describe_message && !content.empty()) {
    text = Printable(options_.describe_message(kind, method, content));
  } else {
    text = kind == MessageKind::kReply ? "reply to " + method : method;
    AppendPayload(content, text);
  }
  if (kind == MessageKind::kMessage) {
    text = absl::StrCat("message ", text, " @m", event.id);
  } else {
    absl::StrAppend(&text, " @", event.id);
  }
  return text;
}

std::string TraceNames::Call(const TraceEvent& event,
                             std::string_view content) {
  if (event.value == kNamedOperation) {
    std::string text = Whole(content);
    open_operations_[event.id] = text;
    return text;
  }
  const OperationContent operation = SplitOperation(content);
  const size_t most = options_.value_length_max;
  std::string text =
      absl::StrCat(OperationName(event.value), "(", Quote(operation.key, most));
  if (!operation.value.empty() || event.bytes > 0) {
    absl::StrAppend(&text, ", ", Quote(operation.value, most));
  }
  text += ")";
  open_operations_[event.id] = text;
  return text;
}

std::string TraceNames::Return(const TraceEvent& event,
                               std::string_view content) {
  std::string text = "an operation";
  if (auto open = open_operations_.extract(event.id); !open.empty()) {
    text = std::move(open.mapped());
  }
  if (event.value == kFailedOperation) return text + " failed";
  if (event.value == kNamedOperation) return Whole(content);
  if (event.bytes > 0) {
    absl::StrAppend(&text, " = ", Quote(content, options_.value_length_max));
  }
  return text;
}

// The text of an operation and its answer, on one line.
std::string TraceNames::Whole(std::string_view content) const {
  const size_t most = 3 * options_.value_length_max;
  return FitColumns(Printable(content), most, most / 3);
}

std::string TraceNames::MethodName(uint32_t method) const {
  const auto found = methods_.find(method);
  return found != methods_.end() ? found->second
                                 : absl::StrCat("method ", method);
}

std::string TraceNames::OperationName(uint64_t kind) const {
  if (kind < options_.operation_names.size()) {
    return options_.operation_names[kind];
  }
  return absl::StrCat("operation ", kind);
}

}  // namespace reprise
