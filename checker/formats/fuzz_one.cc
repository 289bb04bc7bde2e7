#include "reprise/checker/formats/fuzz_one.h"

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/reader.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/formats/writer.h"
#include "reprise/checker/history/precedence.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/history/text.h"

namespace reprise::checker {
namespace {

std::string Name() { return "text"; }

void RequireExplained(const absl::Status& status) {
  REPRISE_REQUIRE(absl::IsInvalidArgument(status), "another kind of error");
  const std::string message(status.message());
  REPRISE_REQUIRE(message.starts_with(Name() + ":"), "an error without place");
  REPRISE_REQUIRE(message.find("expected") != message.npos,
                  "an error that does not say what was expected");
}

// The same operations, answers and order, as far as the first few show it.
void RequireSame(const RecordedHistory& a, const RecordedHistory& b) {
  constexpr OperationId kCompared = 50;
  REPRISE_REQUIRE(a.history.size() == b.history.size(), "operations are lost");
  const auto size = static_cast<OperationId>(a.history.size());
  for (OperationId id = 0; id < size; ++id) {
    REPRISE_REQUIRE(CallText(a.history, id) == CallText(b.history, id) &&
                        a.history[id].client == b.history[id].client &&
                        a.history[id].answer == b.history[id].answer,
                    "an operation has changed");
  }
  for (OperationId first = 0; first < std::min(size, kCompared); ++first) {
    for (OperationId second = 0; second < std::min(size, kCompared); ++second) {
      REPRISE_REQUIRE(Precedes(a.history, first, second) ==
                          Precedes(b.history, first, second),
                      "the order has changed");
    }
  }
}

void RequireRereads(const RecordedHistory& recorded) {
  std::string text;
  const absl::Status written =
      AppendHistory(recorded, Format::kJsonLines, text);
  REPRISE_REQUIRE(written.ok(), "what was read cannot be written");
  HistoryReader reader =
      HistoryReader::OfText(text, Name(), {.format = Format::kJsonLines});
  RecordedHistory again;
  const absl::StatusOr<bool> more = reader.Next(again);
  if (recorded.history.empty()) return;
  REPRISE_REQUIRE(more.ok() && *more, "what was written cannot be read");
  RequireSame(recorded, again);
}

}  // namespace

FuzzResult FuzzOne(std::string_view text, Format format) {
  RecogniseFormat(text);
  HistoryReader reader =
      HistoryReader::OfText(text, Name(), {.format = format});
  RecordedHistory recorded;
  for (;;) {
    const absl::StatusOr<bool> more = reader.Next(recorded);
    if (!more.ok()) {
      RequireExplained(more.status());
      return FuzzResult::kRefused;
    }
    if (!*more) return FuzzResult::kAccepted;
    REPRISE_REQUIRE(recorded.lines.size() == recorded.history.size(),
                    "an operation without a line");
    RequireRereads(recorded);
  }
}

}  // namespace reprise::checker
