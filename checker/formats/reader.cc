#include "reprise/checker/formats/reader.h"

#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/edn_events.h"
#include "reprise/checker/formats/event_recorder.h"
#include "reprise/checker/formats/id_set.h"
#include "reprise/checker/formats/json_lines.h"
#include "reprise/checker/formats/line_error.h"
#include "reprise/checker/formats/recorded_event.h"
#include "reprise/checker/formats/text_events.h"
#include "reprise/checker/formats/timed_recorder.h"

namespace reprise::checker {
namespace {

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t") == line.npos;
}

std::string MessageOf(const absl::Status& status) {
  return std::string(status.message());
}

}  // namespace

absl::StatusOr<HistoryReader> HistoryReader::Open(const std::string& path,
                                                  ReaderOptions options) {
  absl::StatusOr<LineReader> lines = LineReader::Open(path);
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
  while (SkipBlankLines()) {
    absl::Status status = Recognise();
    if (!status.ok()) return status;
    Read read = ReadHistory();
    if (!lines_.status().ok()) return lines_.status();
    if (!read.ok()) return WithName(read.status());
    if (read->has_value()) {
      has_histories_ = true;
      recorded = **std::move(read);
      return true;
    }
  }
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

HistoryReader::Read HistoryReader::ReadHistory() {
  switch (*format_) {
    case Format::kJsonLines:
      return ReadJsonLines();
    case Format::kJepsenEdn:
    case Format::kPorcupineKv:
      return ReadEvents(EdnEvents(lines_, line_));
    case Format::kEtcdLog:
      return ReadEvents(TextEvents(lines_, line_, Logger::kJepsenUtil));
    case Format::kJepsenText:
      break;
  }
  return ReadEvents(TextEvents(lines_, line_, Logger::kNone));
}

HistoryReader::Read HistoryReader::ReadJsonLines() {
  JsonLineParser parser;
  JsonOperation parsed;
  IdSet ids;
  TimedRecorder recorder;
  do {
    const auto line = static_cast<uint32_t>(lines_.line_number());
    absl::Status status = ExpectFewLines();
    if (!status.ok()) return status;
    status = parser.Parse(line_, parsed);
    if (!status.ok()) return LineError(line, MessageOf(status));
    if (parsed.id && !ids.Insert(*parsed.id)) {
      return LineError(line, absl::StrCat("found the id ", *parsed.id,
                                          " again, expected each once"));
    }
    status = recorder.Add(parsed.operation, line);
    if (!status.ok()) return status;
  } while (lines_.Next(line_) && !IsBlank(line_));
  absl::StatusOr<RecordedHistory> recorded = std::move(recorder).Finish();
  if (!recorded.ok()) return recorded.status();
  recorded->history.SetInitialValue(options_.initial.value_or(""));
  return *std::move(recorded);
}

template <typename Events>
HistoryReader::Read HistoryReader::ReadEvents(Events events) {
  ReaderOptions options = options_;
  if (!options.failed_cas && format_ == Format::kEtcdLog) {
    options.failed_cas = FailedCas::kFoundAnother;
  }
  EventRecorder recorder(options);
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
  absl::StatusOr<RecordedHistory> recorded = std::move(recorder).Finish();
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
