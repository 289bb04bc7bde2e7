#include "reprise/checker/formats/writer.h"

#include "reprise/checker/formats/event_writer.h"
#include "reprise/checker/formats/json_lines.h"

namespace reprise::checker {

absl::Status AppendHistory(const RecordedHistory& recorded, Format format,
                           std::string& text) {
  if (!text.empty()) text.push_back('\n');
  switch (format) {
    case Format::kJsonLines:
      return AppendJsonLines(recorded, text);
    case Format::kJepsenEdn:
      return AppendJepsenEdn(recorded.history, text);
    case Format::kEtcdLog:
      return AppendEtcdLog(recorded.history, text);
    case Format::kPorcupineKv:
      return AppendPorcupineKv(recorded.history, text);
    case Format::kJepsenText:
      return AppendJepsenText(recorded.history, text);
  }
  return absl::OkStatus();
}

}  // namespace reprise::checker
