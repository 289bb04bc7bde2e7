#include "reprise/checker/formats/reader.h"

#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/edn_events.h"
#include "reprise/checker/formats/etcd_log.h"
#include "reprise/checker/formats/event_recorder.h"
#include "reprise/checker/formats/id_set.h"
#include "reprise/checker/formats/json_lines.h"
#include "reprise/checker/formats/line_error.h"
#include "reprise/checker/formats/timed_recorder.h"

namespace reprise::checker {
namespace {

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t") == line.npos;
}

std::string MessageOf(const absl::Status& status) {
  return std::string(status.message());
}

absl::Status ExpectNewId(std::optional<int64_t> id, const char* name,
                         IdSet& ids, uint32_t line) {
  if (!id || ids.Insert(*id)) return absl::OkStatus();
  return LineError(line, absl::StrCat("found the ", name, " ", *id,
                                      " again, expected each once"));
}

// How the lines of each kind of file become a history.

class JsonRecords {
 public:
  absl::Status Add(std::string_view text, uint32_t line) {
    const absl::Status status = parser_.Parse(text, parsed_);
    if (!status.ok()) return LineError(line, MessageOf(status));
    absl::Status is_new = ExpectNewId(parsed_.id, "id", ids_, line);
    return is_new.ok() ? recorder_.Add(parsed_.operation, line) : is_new;
  }
  absl::StatusOr<RecordedHistory> Finish() {
    return std::move(recorder_).Finish();
  }

 private:
  JsonLineParser parser_;
  JsonOperation parsed_;
  IdSet ids_;
  TimedRecorder recorder_;
};

class EdnRecords {
 public:
  absl::Status Add(std::string_view text, uint32_t line) {
    const absl::Status status = parser_.Parse(text, parsed_);
    if (!status.ok()) return LineError(line, MessageOf(status));
    absl::Status is_new = ExpectNewId(parsed_.index, ":index", ids_, line);
    if (!is_new.ok() || !parsed_.is_of_client) return is_new;
    return recorder_.Add(parsed_.event, line);
  }
  absl::StatusOr<RecordedHistory> Finish() {
    return std::move(recorder_).Finish();
  }

 private:
  EdnEventParser parser_;
  EdnEvent parsed_;
  IdSet ids_;
  EventRecorder recorder_;
};

class EtcdRecords {
 public:
  absl::Status Add(std::string_view text, uint32_t line) {
    const absl::Status status = ParseEtcdLine(text, parsed_);
    if (!status.ok()) return LineError(line, MessageOf(status));
    if (!parsed_.is_of_client) return absl::OkStatus();
    return recorder_.Add(parsed_.event, line);
  }
  absl::StatusOr<RecordedHistory> Finish() {
    return std::move(recorder_).Finish();
  }

 private:
  EtcdEvent parsed_;
  EventRecorder recorder_;
};

}  // namespace

absl::StatusOr<HistoryReader> HistoryReader::Open(
    const std::string& path, std::optional<Format> format) {
  absl::StatusOr<LineReader> lines = LineReader::Open(path);
  if (!lines.ok()) return lines.status();
  return HistoryReader(*std::move(lines), path == "-" ? "standard input" : path,
                       format);
}

HistoryReader HistoryReader::OfText(std::string_view text,
                                    const std::string& name,
                                    std::optional<Format> format) {
  return HistoryReader(LineReader::OfText(text), name, format);
}

absl::StatusOr<bool> HistoryReader::Next(RecordedHistory& recorded) {
  if (!SkipBlankLines()) {
    if (!lines_.status().ok()) return lines_.status();
    if (has_histories_) return false;
    return absl::InvalidArgumentError(
        name_ + ": found no operation, expected a history");
  }
  has_histories_ = true;
  absl::Status status = Recognise();
  if (!status.ok()) return status;
  absl::StatusOr<RecordedHistory> read;
  switch (*format_) {
    case Format::kJsonLines:
      read = ReadRecords<JsonRecords>();
      break;
    case Format::kJepsenEdn:
    case Format::kPorcupineKv:
      read = ReadRecords<EdnRecords>();
      break;
    case Format::kEtcdLog:
      read = ReadRecords<EtcdRecords>();
      break;
  }
  if (!read.ok()) return read.status();
  recorded = *std::move(read);
  return true;
}

bool HistoryReader::SkipBlankLines() {
  while (lines_.Next(line_)) {
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

template <typename Records>
absl::StatusOr<RecordedHistory> HistoryReader::ReadRecords() {
  Records records;
  do {
    if (lines_.line_number() > UINT32_MAX) {
      return absl::InvalidArgumentError(name_ + ": found more than 2^32 lines");
    }
    const auto line = static_cast<uint32_t>(lines_.line_number());
    absl::Status status = records.Add(line_, line);
    if (!status.ok()) return WithName(status);
  } while (lines_.Next(line_) && !IsBlank(line_));
  if (!lines_.status().ok()) return lines_.status();
  absl::StatusOr<RecordedHistory> recorded = records.Finish();
  return recorded.ok() ? std::move(recorded) : WithName(recorded.status());
}

absl::Status HistoryReader::WithName(const absl::Status& status) const {
  return absl::InvalidArgumentError(name_ + ":" + MessageOf(status));
}

}  // namespace reprise::checker
