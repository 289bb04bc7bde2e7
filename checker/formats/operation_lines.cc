#include "reprise/checker/formats/operation_lines.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/line_error.h"
#include "reprise/checker/history/timed_history.h"
#include "reprise/checker/value/call.h"

namespace reprise::checker {
namespace {

// The line in which an operation was called, if it ends now, and else none: its
// call was announced.
template <typename Parsed>
absl::StatusOr<std::optional<uint32_t>> EndedIn(const Parsed& parsed,
                                                std::string_view text,
                                                uint32_t line, IdSet& ids,
                                                AnnouncedCalls& announced) {
  if (parsed.is_later) {
    absl::Status status = ExpectNewId(parsed.id, ids, line);
    if (status.ok()) {
      status = announced.Announce(AnnouncedBy(parsed), text, line);
    }
    if (!status.ok()) return status;
    return std::nullopt;
  }
  if (!announced.empty()) {
    const absl::StatusOr<uint32_t> called_in =
        announced.Answer(AnnouncedBy(parsed), line);
    if (!called_in.ok()) return called_in.status();
    if (*called_in > 0) return *called_in;
  }
  absl::Status status = ExpectNewId(parsed.id, ids, line);
  if (!status.ok()) return status;
  return line;
}

}  // namespace

AnnouncedCall AnnouncedBy(const JsonOperation& parsed) {
  const TimedOperation& operation = parsed.operation;
  AnnouncedCall call = {
      .client = operation.client, .call = operation.call, .id = parsed.id};
  for (const std::string_view part :
       {operation.key, operation.value, operation.expected}) {
    absl::StrAppend(&call.what, part.size(), ":");
    call.what += part;
  }
  absl::StrAppend(&call.what, static_cast<int>(operation.kind));
  return call;
}

AnnouncedCall AnnouncedBy(const JsonCall& parsed) {
  return {.client = parsed.client,
          .call = parsed.times.call,
          .id = parsed.id,
          .what = CallText(parsed.call)};
}

absl::Status ExpectNewId(std::optional<int64_t> id, IdSet& ids, uint32_t line) {
  if (!id || ids.Insert(*id)) return absl::OkStatus();
  return LineError(
      line, absl::StrCat("found the id ", *id, " again, expected each once"));
}

absl::Status KeyValueLines::Add(std::string_view text, uint32_t line) {
  absl::Status status = parser_.Parse(text, parsed_);
  if (!status.ok()) return LineError(line, status);
  const absl::StatusOr<std::optional<uint32_t>> called_in =
      EndedIn(parsed_, text, line, ids_, announced_);
  if (!called_in.ok()) return called_in.status();
  if (!*called_in) return absl::OkStatus();
  return recorder_.Add(parsed_.operation, **called_in);
}

absl::StatusOr<RecordedHistory> KeyValueLines::Finish() && {
  // Lines of JSON say themselves what an answer means.
  if (options_.nil || options_.failed_cas) {
    return absl::InvalidArgumentError(absl::StrCat(
        " found ",
        options_.nil ? "a meaning of nil"
                     : "a meaning of a failed"
                       " cas",
        ", expected none, as json-lines says what every answer was"));
  }
  for (const AnnouncedCalls::Open& open : announced_.Rest()) {
    absl::Status status = parser_.Parse(open.text, parsed_);
    if (status.ok()) status = recorder_.Add(parsed_.operation, open.line);
    if (!status.ok()) return status;
  }
  absl::StatusOr<RecordedHistory> recorded = std::move(recorder_).Finish();
  if (recorded.ok()) {
    recorded->history.SetInitialValue(options_.initial.value_or(""));
  }
  return recorded;
}

absl::Status CallLines::Add(std::string_view text, uint32_t line) {
  absl::StatusOr<JsonCall> call = ParseJsonCall(text);
  if (!call.ok()) return LineError(line, call.status());
  const absl::StatusOr<std::optional<uint32_t>> called_in =
      EndedIn(*call, text, line, ids_, announced_);
  if (!called_in.ok()) return called_in.status();
  if (!*called_in) return absl::OkStatus();
  return calls_.Add(*std::move(call), **called_in);
}

absl::StatusOr<CallRecording> CallLines::Finish() && {
  for (const AnnouncedCalls::Open& open : announced_.Rest()) {
    absl::StatusOr<JsonCall> call = ParseJsonCall(open.text);
    if (!call.ok()) return call.status();
    absl::Status status = calls_.Add(*std::move(call), open.line);
    if (!status.ok()) return status;
  }
  return std::move(calls_).Finish(options_);
}

}  // namespace reprise::checker
