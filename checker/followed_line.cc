#include "reprise/checker/followed_line.h"

#include <string>
#include <utility>

#include "reprise/checker/formats/call_recorder.h"
#include "reprise/checker/formats/line_error.h"
#include "reprise/checker/formats/operation_lines.h"
#include "reprise/checker/formats/operation_names.h"
#include "reprise/checker/history/timed_history.h"
#include "reprise/checker/key_value/key_value_model.h"

namespace reprise::checker {
namespace {

// The operation as the model of a store has it.
JsonCall CallOf(const JsonOperation& parsed) {
  const TimedOperation& timed = parsed.operation;
  const KeyValueModel::Input input = {.kind = timed.kind,
                                      .key = std::string(timed.key),
                                      .value = std::string(timed.value),
                                      .expected = std::string(timed.expected)};
  JsonCall call = {.client = timed.client,
                   .call = KeyValueModel::Print(input),
                   .output = EdnValue::Nil(),
                   .times = {.call = timed.call},
                   .id = parsed.id,
                   .is_later = parsed.is_later};
  if (timed.answer == Answer::kPending) return call;
  call.ending = Ending::kAnswered;
  call.times.ret = timed.ret;
  call.output = KeyValueModel::PrintOutput(
      input, {.answer = timed.answer, .value = std::string(timed.output)});
  return call;
}

}  // namespace

FollowedLines::FollowedLines(const ReaderOptions& options,
                             Operations operations, ExpectKind expect)
    : options_(options),
      operations_(operations),
      expect_(std::move(expect)),
      parser_(options.aliases) {}

absl::Status FollowedLines::TakeOptions() {
  if (operations_ == Operations::kOfModel) {
    return TakeInitial(options_, calls_);
  }
  return KeyValueLines(options_).Finish().status();
}

absl::StatusOr<FollowedLine> FollowedLines::Read(std::string_view text,
                                                 uint32_t line) {
  return operations_ == Operations::kKeyValue ? ReadKeyValue(text, line)
                                              : ReadCall(text, line);
}

absl::StatusOr<FollowedLine> FollowedLines::ReadKeyValue(std::string_view text,
                                                         uint32_t line) {
  JsonOperation parsed;
  absl::Status status = parser_.Parse(text, parsed);
  if (!status.ok()) return LineError(line, status);
  if (expect_) {
    status = expect_(parsed.operation.kind, line);
    if (!status.ok()) return status;
  }
  return FollowedLine{.operation = CallOf(parsed),
                      .announced = AnnouncedBy(parsed)};
}

absl::StatusOr<FollowedLine> FollowedLines::ReadCall(std::string_view text,
                                                     uint32_t line) {
  absl::StatusOr<JsonCall> call = ParseJsonCall(text);
  if (!call.ok()) return LineError(line, call.status());
  FollowedLine read;
  read.announced = AnnouncedBy(*call);
  call->call.function =
      std::string(MeaningOf(call->call.function, options_.aliases));
  if (call->ending == Ending::kAnswered) {
    const EdnValue* const answer =
        AnswerOf(options_, calls_, call->call, call->output);
    read.is_lost = answer == nullptr;
    if (answer != nullptr && answer != &call->output) call->output = *answer;
  }
  read.operation = *std::move(call);
  return read;
}

}  // namespace reprise::checker
