#include "reprise/checker/formats/call_values.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/line_error.h"

namespace reprise::checker {
namespace {

using Kind = EdnValue::Kind;

bool IsVector(const EdnValue* value, size_t size) {
  return value != nullptr && value->kind == Kind::kVector &&
         value->elements.size() == size;
}

// #jepsen.independent/tuple [key value], whatever is in front of the name.
bool IsTagged(const EdnValue* value) {
  if (value == nullptr || value->kind != Kind::kTagged) return false;
  const std::string& tag = value->text;
  const std::string name =
      absl::AsciiStrToLower(tag.substr(tag.find_last_of("./") + 1));
  return name == "tuple" && value->elements[0].kind == Kind::kVector &&
         value->elements[0].elements.size() >= 2;
}

// What the call returned; null: not known, or nothing.
const EdnValue* ReturnedBy(const RecordedCalls& recorded,
                           const RecordedCall& call) {
  if (call.response == RecordedCall::kNone) return nullptr;
  const PooledEvent& response = recorded.events()[call.response];
  return response.type == EventType::kOk ? response.value : nullptr;
}

bool IsCas(const PooledEvent& event) {
  return event.function.function == Function::kCas;
}

bool LooksLikeATuple(const PooledEvent& call) {
  if (!IsCas(call)) return IsVector(call.value, 2);
  return IsVector(call.value, 3) ||
         (IsVector(call.value, 2) && IsVector(&call.value->elements[1], 2));
}

absl::Status Expected(const PooledEvent& event, const std::string& expected) {
  const std::string found =
      event.value == nullptr ? "no value"
                             : ":value " + Excerpt(CanonicalText(*event.value));
  return LineError(event.line, "found " + found + ", expected " + expected);
}

// The key of an event, and what else its value says.
struct Parts {
  const EdnValue* key = nullptr;
  const EdnValue* first = nullptr;   // the value, or the old one
  const EdnValue* second = nullptr;  // the new one
};

const EdnValue* TupleOf(const EdnValue* value, KeyPlace place) {
  if (IsTagged(value)) return &value->elements[0];
  const bool is_tuple = place == KeyPlace::kTuple ||
                        (place == KeyPlace::kTaggedTuple && IsVector(value, 2));
  return is_tuple && value != nullptr && value->kind == Kind::kVector &&
                 value->elements.size() >= 2
             ? value
             : nullptr;
}

// None where a tuple is due and the value is none.
std::optional<Parts> Split(const PooledEvent& event, KeyPlace place) {
  Parts parts;
  parts.key = IsNil(event.key) ? nullptr : event.key;
  parts.first = event.value;
  if (place == KeyPlace::kTuple || place == KeyPlace::kTaggedTuple) {
    const EdnValue* const tuple = TupleOf(event.value, place);
    if (tuple == nullptr) return std::nullopt;
    const size_t size = tuple->elements.size();
    parts.key = &tuple->elements[0];
    parts.first = &tuple->elements[1];
    if (size == 3 && IsCas(event)) {
      parts.second = &tuple->elements[2];
      return parts;
    }
    if (size != 2) return std::nullopt;
  }
  if (IsCas(event) && IsVector(parts.first, 2)) {
    parts.second = &parts.first->elements[1];
    parts.first = &parts.first->elements[0];
  }
  return parts;
}

std::string TupleText(const PooledEvent& event) {
  return IsCas(event) ? "[key [old new]]" : "[key value]";
}

absl::Status TakeCall(const PooledEvent& call, KeyPlace place,
                      CallValues& values) {
  const std::optional<Parts> parts = Split(call, place);
  if (!parts) return Expected(call, TupleText(call));
  values.key = parts->key;
  if (place != KeyPlace::kNowhere && IsNil(values.key)) {
    return LineError(call.line, "found no key, expected one in each call");
  }
  switch (call.function.function) {
    case Function::kWrite:
    case Function::kAppend:
      values.value = parts->first;
      if (values.value != nullptr) return absl::OkStatus();
      return LineError(call.line, "found no value to write, expected one");
    case Function::kCas:
      values.expected = parts->first;
      values.value = parts->second;
      if (values.value != nullptr) return absl::OkStatus();
      return Expected(call, "[old new] in a cas");
    case Function::kRead:
    case Function::kDelete:
    case Function::kUnknown:
      break;
  }
  return absl::OkStatus();
}

// Whether the response names another value than the call; then what it is.
absl::Status ExpectSame(const EdnValue* found, const EdnValue* called,
                        const std::string& what, const PooledEvent& response,
                        const PooledEvent& call) {
  if (IsNil(found) || (called != nullptr && IsSame(*found, *called))) {
    return absl::OkStatus();
  }
  return LineError(
      response.line,
      absl::StrCat("found the ", what, " ", Excerpt(CanonicalText(*found)),
                   ", expected ",
                   Excerpt(called == nullptr ? "" : CanonicalText(*called)),
                   " as process ", call.process, " called at line ",
                   call.line));
}

absl::Status TakeAnswer(const PooledEvent& call, const PooledEvent& response,
                        KeyPlace place, CallValues& values) {
  const std::optional<Parts> parts = Split(response, place);
  const bool is_read = call.function.function == Function::kRead;
  if (!parts && (is_read || !IsNil(response.value))) {
    return Expected(response, TupleText(response));
  }
  if (!parts) return absl::OkStatus();
  absl::Status status =
      ExpectSame(parts->key, values.key, "key", response, call);
  if (!status.ok()) return status;
  switch (call.function.function) {
    case Function::kRead:
      values.output = parts->first;
      if (values.output != nullptr) break;
      return LineError(response.line,
                       "found no value in the answer of a read, expected "
                       "what it returned, or nil");
    case Function::kWrite:
    case Function::kAppend:
      return ExpectSame(parts->first, values.value, "value", response, call);
    case Function::kCas:
      if (parts->second == nullptr && !IsNil(parts->first)) {
        return Expected(response, "[old new] in a cas");
      }
      status = ExpectSame(parts->first, values.expected, "old value", response,
                          call);
      return status.ok() ? ExpectSame(parts->second, values.value, "value",
                                      response, call)
                         : status;
    case Function::kDelete:
    case Function::kUnknown:
      break;
  }
  return absl::OkStatus();
}

}  // namespace

bool IsNil(const EdnValue* value) {
  return value == nullptr || value->kind == Kind::kNil;
}

KeyPlace KeyPlaceOf(const RecordedCalls& recorded) {
  bool has_tags = false;
  bool has_fields = false;
  bool are_tuples = true;
  for (const RecordedCall& each : recorded.calls()) {
    const PooledEvent& call = recorded.events()[each.invocation];
    has_tags |= IsTagged(call.value);
    has_fields |= !IsNil(call.key);
    are_tuples &= LooksLikeATuple(call);
  }
  return has_fields   ? KeyPlace::kField
         : has_tags   ? KeyPlace::kTaggedTuple
         : are_tuples ? KeyPlace::kTuple
                      : KeyPlace::kNowhere;
}

absl::StatusOr<CallValues> ValuesOf(const RecordedCalls& recorded,
                                    const RecordedCall& each, KeyPlace place) {
  CallValues values;
  const PooledEvent& call = recorded.events()[each.invocation];
  absl::Status status = TakeCall(call, place, values);
  if (status.ok() && each.response != RecordedCall::kNone) {
    const PooledEvent& response = recorded.events()[each.response];
    if (response.type == EventType::kOk) {
      status = TakeAnswer(call, response, place, values);
    }
  }
  if (!status.ok()) return status;
  return values;
}

KeyPlace TuplePlaceOf(const RecordedCalls& recorded, bool takes_vectors) {
  bool has_tags = false;
  bool has_fields = false;
  bool are_pairs = true;
  // A pair may as well be an argument, unless one asks for something, as
  // [key nil] does, or is answered with something else under the same key.
  bool asks = !takes_vectors;
  bool are_answered_in_pairs = true;
  bool is_answered = false;
  for (const RecordedCall& each : recorded.calls()) {
    const PooledEvent& call = recorded.events()[each.invocation];
    has_tags |= IsTagged(call.value);
    has_fields |= !IsNil(call.key);
    are_pairs &= IsVector(call.value, 2);
    if (!are_pairs) continue;
    asks |= IsNil(&call.value->elements[1]);
    const EdnValue* const answer = ReturnedBy(recorded, each);
    if (IsNil(answer)) continue;
    are_answered_in_pairs &=
        IsVector(answer, 2) &&
        IsSame(answer->elements[0], call.value->elements[0]);
    is_answered |= are_answered_in_pairs &&
                   !IsSame(answer->elements[1], call.value->elements[1]);
  }
  if (has_fields) return KeyPlace::kField;
  if (has_tags) return KeyPlace::kTaggedTuple;
  return are_pairs && (asks || (is_answered && are_answered_in_pairs))
             ? KeyPlace::kTuple
             : KeyPlace::kNowhere;
}

KeyAndValue SplitTuple(const PooledEvent& event, KeyPlace place) {
  if (place == KeyPlace::kNowhere || place == KeyPlace::kField) {
    return {IsNil(event.key) ? nullptr : event.key, event.value};
  }
  const EdnValue* const tuple = TupleOf(event.value, place);
  if (tuple == nullptr) return {nullptr, event.value};
  return {&tuple->elements[0], &tuple->elements[1]};
}

absl::Status ExpectPair(const PooledEvent& event, KeyPlace place) {
  if (place == KeyPlace::kTuple && !IsNil(event.value) &&
      !IsVector(event.value, 2)) {
    return Expected(event, "[key value], as in every call");
  }
  if (place != KeyPlace::kTaggedTuple || !IsTagged(event.value) ||
      event.value->elements[0].elements.size() == 2) {
    return absl::OkStatus();
  }
  return Expected(event, "[key value]");
}

bool FoundAnother(const RecordedCalls& recorded, const RecordedCall& each) {
  const PooledEvent& call = recorded.events()[each.invocation];
  if (!IsCas(call) || each.response == RecordedCall::kNone) return false;
  const PooledEvent& response = recorded.events()[each.response];
  // Another value than that of the call is about an error, such as :timed-out.
  return response.type == EventType::kFail && !response.has_error &&
         (IsNil(response.value) || response.value == call.value);
}

}  // namespace reprise::checker
