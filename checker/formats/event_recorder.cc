#include "reprise/checker/formats/event_recorder.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/edn_reader.h"
#include "reprise/checker/formats/line_error.h"

namespace reprise::checker {
namespace {

using Kind = EdnValue::Kind;

constexpr std::string_view kOnlyKey = "register";

bool IsString(const EdnValue* value) {
  return value != nullptr && value->kind == Kind::kString;
}

bool IsEmptyString(const EdnValue* value) {
  return IsString(value) && value->text.empty();
}

std::array<const EdnValue*, 3> ValuesIn(const CallValues& values) {
  return {values.value, values.expected, values.output};
}

OperationKind KindOf(Function function) {
  switch (function) {
    case Function::kRead:
    case Function::kUnknown:
      break;
    case Function::kWrite:
    case Function::kDelete:
      return OperationKind::kPut;
    case Function::kAppend:
      return OperationKind::kAppend;
    case Function::kCas:
      return OperationKind::kCas;
  }
  return OperationKind::kGet;
}

}  // namespace

absl::StatusOr<RecordedHistory> EventRecorder::Finish() && {
  absl::Status status = ReadInitial();
  if (status.ok()) status = calls_.Pair();
  if (status.ok()) status = KeepCalls();
  if (status.ok()) status = ChooseText();
  if (!status.ok()) return status;
  RecordedHistory recorded;
  Record(recorded);
  return recorded;
}

absl::Status EventRecorder::ReadInitial() {
  if (!options_.initial) return absl::OkStatus();
  absl::StatusOr<EdnValue> initial = ReadEdn(*options_.initial);
  if (!initial.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        " the initial value ", Excerpt(*options_.initial),
        " is no value of EDN: line ", std::string(initial.status().message())));
  }
  initial_ = *std::move(initial);
  return absl::OkStatus();
}

absl::Status EventRecorder::KeepCalls() {
  const KeyPlace place = KeyPlaceOf(calls_);
  for (const RecordedCall& call : calls_.calls()) {
    const absl::StatusOr<CallValues> values = ValuesOf(calls_, call, place);
    if (!values.ok()) return values.status();
    if (IsLeftOut(call, *values)) continue;
    kept_.push_back({call, *values, AnswerOf(call)});
  }
  return absl::OkStatus();
}

// Of a call that is not left out.
Answer EventRecorder::AnswerOf(const RecordedCall& call) const {
  if (call.response == RecordedCall::kNone) return Answer::kPending;
  switch (calls_.events()[call.response].type) {
    case EventType::kOk:
      break;
    case EventType::kFail:
      return Answer::kFailed;
    case EventType::kInfo:
    case EventType::kInvoke:
      return Answer::kPending;
  }
  const Function function = calls_.events()[call.invocation].function.function;
  return function == Function::kRead ? Answer::kReported : Answer::kDone;
}

bool EventRecorder::IsLeftOut(const RecordedCall& call,
                              const CallValues& values) const {
  const Answer answer = AnswerOf(call);
  if (answer == Answer::kFailed) {
    return options_.failed_cas != FailedCas::kFoundAnother ||
           !FoundAnother(calls_, call);
  }
  // A read that saw something unknown tells nothing.
  return answer == Answer::kReported && IsNil(values.output) &&
         options_.nil == NilMeaning::kUnknown;
}

absl::Status EventRecorder::ChooseText() {
  bool has_appends = false;
  bool is_store = true;
  bool are_strings = IsNil(&initial_) || IsString(&initial_);
  bool are_string_keys = true;
  for (const Kept& kept : kept_) {
    const NamedFunction function = CallOf(kept).function;
    const Dialect dialect = function.dialect;
    has_appends |= function.function == Function::kAppend;
    is_store &= dialect != Dialect::kRegister;
    are_string_keys &= kept.values.key == nullptr || IsString(kept.values.key);
    for (const EdnValue* value : ValuesIn(kept.values)) {
      are_strings &= IsNil(value) || IsString(value);
    }
  }
  if (are_string_keys) keys_ = Text::kStrings;
  if (has_appends && !are_strings) return ExpectStrings();
  if (!has_appends && !(is_store && are_strings)) return absl::OkStatus();
  return TellNilFromEmpty(has_appends);
}

// Of strings: chooses the text under each key, by whether nil and the empty
// string are two there.
absl::Status EventRecorder::TellNilFromEmpty(bool has_appends) {
  struct Seen {
    uint32_t nil_line = 0;  // Where a client read it; 0: nowhere.
    bool has_empty = false;
    bool has_appends = false;
  };
  const bool begins_empty = IsEmptyString(&initial_);
  std::map<std::string, Seen> seen;
  for (const Kept& kept : kept_) {
    const bool read_nil = options_.nil != NilMeaning::kInitial &&
                          kept.answer == Answer::kReported &&
                          IsNil(kept.values.output);
    const bool wrote_empty = begins_empty || IsEmptyString(kept.values.value);
    const bool is_append = CallOf(kept).function.function == Function::kAppend;
    if (!read_nil && !wrote_empty && !is_append) continue;
    Seen& key = seen[KeyBytes(kept.values.key)];
    if (read_nil && key.nil_line == 0) {
      key.nil_line = calls_.events()[kept.call.response].line;
    }
    key.has_empty |= wrote_empty;
    key.has_appends |= is_append;
  }
  const auto are_two = [](const Seen& key) {
    return key.nil_line != 0 && key.has_empty;
  };
  bool is_all_plain = true;
  for (const auto& [name, key] : seen) {
    if (!are_two(key)) continue;
    is_all_plain = false;
    // One initial value is not both.
    if (key.has_appends || (has_appends && !IsNil(&initial_))) {
      return LineError(key.nil_line,
                       "found that nil was read under a key with \"\", in a "
                       "history with appends, which cannot tell them apart, "
                       "expected one of the two");
    }
  }
  if (!has_appends && !is_all_plain) return absl::OkStatus();
  initial_text_ = Text::kStrings;
  for (Kept& kept : kept_) {
    const bool is_canonical =
        !is_all_plain && are_two(seen[KeyBytes(kept.values.key)]);
    kept.text = is_canonical ? Text::kCanonical : Text::kStrings;
  }
  return absl::OkStatus();
}

// Says which value cannot be in a history with appends.
absl::Status EventRecorder::ExpectStrings() const {
  for (const Kept& kept : kept_) {
    for (const EdnValue* value : ValuesIn(kept.values)) {
      if (IsNil(value) || IsString(value)) continue;
      return LineError(CallOf(kept).line,
                       "found the value " + Excerpt(CanonicalText(*value)) +
                           " in a history with appends, expected a string");
    }
  }
  return absl::InvalidArgumentError(
      " the initial value of a history with appends is no string");
}

void EventRecorder::Record(RecordedHistory& recorded) {
  // The kept call of each event, one more than its place; 0 is none.
  std::vector<uint32_t> kept_of(calls_.events().size(), 0);
  for (uint32_t place = 0; place < kept_.size(); ++place) {
    const RecordedCall& call = kept_[place].call;
    kept_of[call.invocation] = place + 1;
    if (call.response != RecordedCall::kNone) {
      kept_of[call.response] = place + 1;
    }
  }
  recorded.history.SetInitialValue(ValueBytes(&initial_, initial_text_));
  for (uint32_t event = 0; event < kept_of.size(); ++event) {
    if (kept_of[event] == 0) continue;
    Kept& kept = kept_[kept_of[event] - 1];
    if (event == kept.call.invocation) {
      kept.id = Invoke(kept, recorded.history);
      recorded.lines.push_back(CallOf(kept).line);
    } else {
      Return(kept, recorded.history);
    }
  }
}

OperationId EventRecorder::Invoke(const Kept& kept, History& history) const {
  const PooledEvent& call = CallOf(kept);
  const CallValues& values = kept.values;
  const OperationKind kind = KindOf(call.function.function);
  const std::string key = KeyBytes(values.key);
  switch (kind) {
    case OperationKind::kGet:
      return history.Invoke(call.process, kind, key, "");
    case OperationKind::kPut:
    case OperationKind::kAppend:
      break;
    case OperationKind::kCas:
      return history.InvokeCas(call.process, key,
                               ValueBytes(values.expected, kept.text),
                               ValueBytes(values.value, kept.text));
  }
  return history.Invoke(call.process, kind, key,
                        ValueBytes(values.value, kept.text));
}

void EventRecorder::Return(const Kept& kept, History& history) const {
  switch (kept.answer) {
    case Answer::kReported:
      return history.Return(kept.id, ValueBytes(kept.values.output, kept.text));
    case Answer::kDone:
      return history.ReturnUnobserved(kept.id);
    case Answer::kFailed:
      return history.ReturnFailed(kept.id);
    case Answer::kPending:
      return;
  }
}

std::string EventRecorder::KeyBytes(const EdnValue* key) const {
  if (key == nullptr) return std::string(kOnlyKey);
  return keys_ == Text::kStrings ? key->text : CanonicalText(*key);
}

std::string EventRecorder::ValueBytes(const EdnValue* value, Text text) const {
  if (IsNil(value) && options_.nil == NilMeaning::kInitial) value = &initial_;
  if (IsNil(value)) return "";
  return text == Text::kStrings ? value->text : CanonicalText(*value);
}

}  // namespace reprise::checker
