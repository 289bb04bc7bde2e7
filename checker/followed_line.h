// FollowedLines: the lines of a history that is judged while it comes
// (followed_history.h), read one by one, of a key/value store or of any model.
//
//   FollowedLines lines(reading, Operations::kKeyValue);
//   absl::StatusOr<FollowedLine> line = lines.Read(text, /*line=*/1);

#ifndef REPRISE_CHECKER_FOLLOWED_LINE_H_
#define REPRISE_CHECKER_FOLLOWED_LINE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/announced_calls.h"
#include "reprise/checker/formats/json_calls.h"
#include "reprise/checker/formats/json_lines.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

// Refuses operations of a store that a model of it does not have. The message
// begins with the line.
using ExpectKind = std::function<absl::Status(OperationKind, uint32_t line)>;

struct FollowedLine {
  JsonCall operation = {};
  // Whether its answer counts as unknown, although it returned.
  bool is_lost = false;
  AnnouncedCall announced = {};
};

class FollowedLines {
 public:
  enum class Operations : uint8_t { kKeyValue, kOfModel };

  // `options` must outlive it. `expect` may be null.
  FollowedLines(const ReaderOptions& options, Operations operations,
                ExpectKind expect);

  // What the options say of the history. The message begins with a blank.
  absl::Status TakeOptions();
  const std::optional<EdnValue>& initial() const { return calls_.initial(); }

  // The message of an error begins with the line.
  absl::StatusOr<FollowedLine> Read(std::string_view text, uint32_t line);

 private:
  absl::StatusOr<FollowedLine> ReadKeyValue(std::string_view text,
                                            uint32_t line);
  absl::StatusOr<FollowedLine> ReadCall(std::string_view text, uint32_t line);

  const ReaderOptions& options_;
  const Operations operations_;
  const ExpectKind expect_;
  JsonLineParser parser_;
  CallHistory calls_;  // without operations: it has the initial state
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FOLLOWED_LINE_H_
