#include "reprise/checker/formats/call_recorder.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/call_values.h"
#include "reprise/checker/formats/edn_reader.h"
#include "reprise/checker/formats/line_error.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {
namespace {

constexpr uint32_t kNone = RecordedCall::kNone;

const EdnValue& NilValue() {
  static const EdnValue nil = EdnValue::Nil();
  return nil;
}

const EdnValue& ValueOr(const EdnValue* value) {
  return value != nullptr ? *value : NilValue();
}

// Copies the calls into a history, event by event.
class Copy {
 public:
  Copy(const RecordedCalls& calls, const ReaderOptions& options)
      : calls_(calls),
        options_(options),
        place_(TuplePlaceOf(calls, options.takes_vectors)) {
    are_keys_strings_ =
        std::all_of(calls.calls().begin(), calls.calls().end(),
                    [&](const RecordedCall& call) {
                      const KeyAndValue parts =
                          SplitTuple(calls_.events()[call.invocation], place_);
                      return parts.key == nullptr ||
                             parts.key->kind == EdnValue::Kind::kString;
                    });
  }

  absl::StatusOr<CallRecording> Run() {
    absl::Status status = TakeInitial(options_, recording_.history);
    if (!status.ok()) return status;
    // The call of each event, and whether the event begins it.
    std::vector<uint32_t> call_of(calls_.events().size(), kNone);
    for (uint32_t call = 0; call < calls_.calls().size(); ++call) {
      const RecordedCall& each = calls_.calls()[call];
      call_of[each.invocation] = call;
      if (each.response != kNone) call_of[each.response] = call;
    }
    ids_.resize(calls_.calls().size());
    for (uint32_t event = 0; status.ok() && event < call_of.size(); ++event) {
      if (call_of[event] == kNone) continue;
      const bool begins = calls_.calls()[call_of[event]].invocation == event;
      status = begins ? Invoke(call_of[event]) : Respond(call_of[event]);
    }
    if (!status.ok()) return status;
    return std::move(recording_);
  }

 private:
  absl::Status Invoke(uint32_t call) {
    const PooledEvent& event = calls_.events()[calls_.calls()[call].invocation];
    absl::Status status = ExpectPair(event, place_);
    if (!status.ok()) return status;
    const KeyAndValue parts = SplitTuple(event, place_);
    const bool is_keyed = place_ != KeyPlace::kNowhere;
    if (is_keyed && parts.key == nullptr) {
      return LineError(event.line, "found no key, expected one in each call");
    }
    ids_[call] = recording_.history.Invoke(event.process,
                                           {.function = calls_.NameOf(event),
                                            .key = KeyText(parts.key),
                                            .argument = ValueOr(parts.value)},
                                           event.line);
    return absl::OkStatus();
  }

  absl::Status Respond(uint32_t call) {
    const RecordedCall& each = calls_.calls()[call];
    const PooledEvent& invocation = calls_.events()[each.invocation];
    const PooledEvent& response = calls_.events()[each.response];
    switch (response.type) {
      case EventType::kInvoke:
      case EventType::kInfo:
        return absl::OkStatus();
      case EventType::kFail:
        recording_.history.Fail(ids_[call]);
        return absl::OkStatus();
      case EventType::kOk:
        break;
    }
    // Where a pair can only be a key and an argument, an answer may do without.
    if (place_ != KeyPlace::kTuple || options_.takes_vectors) {
      absl::Status status = ExpectPair(response, place_);
      if (!status.ok()) return status;
    }
    const KeyAndValue called = SplitTuple(invocation, place_);
    const KeyAndValue answered = SplitTuple(response, place_);
    if (answered.key != nullptr && called.key != nullptr &&
        !IsSame(*answered.key, *called.key)) {
      return LineError(
          response.line,
          absl::StrCat("found the key ", Excerpt(CanonicalText(*answered.key)),
                       ", expected ", Excerpt(KeyText(called.key)),
                       " as process ", invocation.process, " called at line ",
                       invocation.line));
    }
    const EdnValue* const answer = AnswerOf(
        options_, recording_.history, recording_.history.CallOf(ids_[call]),
        ValueOr(answered.value));
    if (answer != nullptr) recording_.history.Return(ids_[call], *answer);
    return absl::OkStatus();
  }

  std::string KeyText(const EdnValue* key) const {
    if (key == nullptr) return "";
    return are_keys_strings_ ? key->text : CanonicalText(*key);
  }

  const RecordedCalls& calls_;
  const ReaderOptions& options_;
  const KeyPlace place_;
  bool are_keys_strings_ = false;
  std::vector<OperationId> ids_;
  CallRecording recording_;
};

}  // namespace

absl::StatusOr<CallRecording> CallRecorder::Finish() && {
  absl::Status status = calls_.Pair();
  if (!status.ok()) return status;
  return Copy(calls_, options_).Run();
}

absl::Status TakeInitial(const ReaderOptions& options, CallHistory& history) {
  if (!options.initial) return absl::OkStatus();
  absl::StatusOr<EdnValue> initial = ReadEdn(*options.initial);
  if (!initial.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        " the initial value ", Excerpt(*options.initial),
        " is no value of EDN: line ", std::string(initial.status().message())));
  }
  history.SetInitial(*std::move(initial));
  return absl::OkStatus();
}

const EdnValue* AnswerOf(const ReaderOptions& options,
                         const CallHistory& history, const Call& call,
                         const EdnValue& output) {
  const bool is_read = call.function == "read" || call.function == "get";
  if (!output.IsNil() || !is_read) return &output;
  switch (options.nil.value_or(NilMeaning::kAbsent)) {
    case NilMeaning::kAbsent:
      return &output;
    case NilMeaning::kUnknown:
      return nullptr;
    case NilMeaning::kInitial:
      break;
  }
  return history.initial() ? &*history.initial() : &output;
}

}  // namespace reprise::checker
