#include "reprise/checker/formats/reader.h"

#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/call_recorder.h"
#include "reprise/checker/formats/edn_events.h"
#include "reprise/checker/formats/event_recorder.h"
#include "reprise/checker/formats/line_error.h"
#include "reprise/checker/formats/operation_lines.h"
#include "reprise/checker/formats/recorded_event.h"
#include "reprise/checker/formats/text_events.h"

namespace reprise::checker {
namespace {

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t") == line.npos;
}

std::string MessageOf(const absl::Status& status) {
  return std::string(status.message());
}

struct KeyValueReading {
  using Recorded = RecordedHistory;
  using Lines = KeyValueLines;
  using Recorder = EventRecorder;
};

struct CallReading {
  using Recorded = CallRecording;
  using Lines = CallLines;
  using Recorder = CallRecorder;
};

}  // namespace

absl::StatusOr<HistoryReader> HistoryReader::Open(const std::string& path,
                                                  ReaderOptions options,
                                                  AwaitMore await_more) {
  absl::StatusOr<LineReader> lines =
      LineReader::Open(path, std::move(await_more));
  if (!lines.ok()) return lines.status();
  return HistoryReader(*std::move(lines), path == "-" ? "standard input" : path,
                       std::move(options));
}

HistoryReader HistoryReader::OfText(std::string_view text,
                                    const std::string& name,
                                    ReaderOptions options) {
  return HistoryReader(LineReader::OfText(text), name, std::move(options));
}

absl::StatusOr<bool> HistoryReader::Next(RecordedHistory& recorded) {
  return NextOf<KeyValueReading>(recorded);
}

absl::StatusOr<bool> HistoryReader::NextLines(
    absl::FunctionRef<absl::StatusOr<bool>(std::string_view, uint32_t)> take) {
  if (!SkipBlankLines()) return NoMore();
  absl::Status status = Recognise();
  if (status.ok() && *format_ != Format::kJsonLines) {
    status = WithName(LineError(
        lines_.line_number(),
        absl::StrCat("found a history in the format ",
                     std::string(FormatName(*format_)),
                     ", expected json-lines, as no other can be followed")));
  }
  if (!status.ok()) return status;
  has_histories_ = true;
  do {
    status = ExpectFewLines();
    if (!status.ok()) return WithName(status);
    const absl::StatusOr<bool> goes_on =
        take(line_, static_cast<uint32_t>(lines_.line_number()));
    if (!goes_on.ok()) return WithName(goes_on.status());
    if (!*goes_on) return true;
  } while (lines_.Next(line_) && !IsBlank(line_));
  if (!lines_.status().ok()) return lines_.status();
  return true;
}

absl::StatusOr<bool> HistoryReader::NextCalls(CallRecording& recorded) {
  return NextOf<CallReading>(recorded);
}

template <typename Reading>
absl::StatusOr<bool> HistoryReader::NextOf(
    typename Reading::Recorded& recorded) {
  while (SkipBlankLines()) {
    absl::Status status = Recognise();
    if (!status.ok()) return status;
    auto read = ReadHistory<Reading>();
    if (!lines_.status().ok()) return lines_.status();
    if (!read.ok()) return WithName(read.status());
    if (read->has_value()) {
      has_histories_ = true;
      recorded = **std::move(read);
      return true;
    }
  }
  return NoMore();
}

absl::StatusOr<bool> HistoryReader::NoMore() const {
  if (!lines_.status().ok()) return lines_.status();
  if (has_histories_) return false;
  return absl::InvalidArgumentError(name_ +
                                    ": found no operation, expected a history");
}

bool HistoryReader::SkipBlankLines() {
  static constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  while (lines_.Next(line_)) {
    if (lines_.line_number() == 1 && line_.starts_with(kByteOrderMark)) {
      line_.remove_prefix(kByteOrderMark.size());
    }
    if (!IsBlank(line_)) return true;
  }
  return false;
}

absl::Status HistoryReader::Recognise() {
  if (!format_) format_ = RecogniseFormat(line_);
  if (format_) return absl::OkStatus();
  return WithName(LineError(lines_.line_number(),
                            "found " + Excerpt(line_) +
                                ", expected a line in one of the formats " +
                                FormatNames()));
}

template <typename Reading>
absl::StatusOr<std::optional<typename Reading::Recorded>>
HistoryReader::ReadHistory() {
  switch (*format_) {
    case Format::kJsonLines:
      return ReadJsonLines<Reading>();
    case Format::kJepsenEdn:
    case Format::kPorcupineKv:
      return ReadEvents<Reading>(EdnEvents(lines_, line_));
    case Format::kEtcdLog:
      return ReadEvents<Reading>(
          TextEvents(lines_, line_, Logger::kJepsenUtil));
    case Format::kJepsenText:
      break;
  }
  return ReadEvents<Reading>(TextEvents(lines_, line_, Logger::kNone));
}

template <typename Reading>
absl::StatusOr<std::optional<typename Reading::Recorded>>
HistoryReader::ReadJsonLines() {
  typename Reading::Lines lines(options_);
  do {
    absl::Status status = ExpectFewLines();
    if (status.ok()) {
      status = lines.Add(line_, static_cast<uint32_t>(lines_.line_number()));
    }
    if (!status.ok()) return status;
  } while (lines_.Next(line_) && !IsBlank(line_));
  auto recorded = std::move(lines).Finish();
  if (!recorded.ok()) return recorded.status();
  return *std::move(recorded);
}

template <typename Reading, typename Events>
absl::StatusOr<std::optional<typename Reading::Recorded>>
HistoryReader::ReadEvents(Events events) {
  ReaderOptions options = options_;
  if (!options.failed_cas && format_ == Format::kEtcdLog) {
    options.failed_cas = FailedCas::kFoundAnother;
  }
  typename Reading::Recorder recorder(options);
  RecordedEvent event;
  bool is_empty = true;
  for (;; is_empty = false) {
    const absl::StatusOr<bool> more = events.Next(event);
    if (!more.ok()) return more.status();
    if (!*more) break;
    absl::Status status = ExpectFewLines();
    if (status.ok()) status = recorder.Add(std::move(event));
    if (!status.ok()) return status;
  }
  if (is_empty) return std::nullopt;
  auto recorded = std::move(recorder).Finish();
  if (!recorded.ok()) return recorded.status();
  return *std::move(recorded);
}

absl::Status HistoryReader::ExpectFewLines() const {
  if (lines_.line_number() <= UINT32_MAX) return absl::OkStatus();
  return absl::InvalidArgumentError(
      " found more than 2^32 lines, expected"
      " fewer");
}

absl::Status HistoryReader::WithName(const absl::Status& status) const {
  return absl::InvalidArgumentError(name_ + ":" + MessageOf(status));
}

}  // namespace reprise::checker
