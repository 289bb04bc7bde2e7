// Judgement: the verdict on the lines of a history, and why.
//
//   absl::StatusOr<Judgement> found =
//       JudgeKeyValueLines(lines, reading, Budget());

#ifndef REPRISE_CHECKER_JUDGEMENT_H_
#define REPRISE_CHECKER_JUDGEMENT_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/history/explanation.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/followed_model.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/value/call_history.h"

namespace reprise::checker {

struct Judgement {
  Verdict verdict;
  std::optional<Explanation> explanation = {};  // where violated
  // Of the first illegal response: the line of its operation, and its time.
  uint32_t illegal_line = 0;
  int64_t illegal_time = 0;
};

// Judges operations of a key/value store. The message of an error begins with
// the line.
absl::StatusOr<Judgement> JudgeKeyValueLines(
    const std::vector<FollowedModel::Line>& lines, const ReaderOptions& reading,
    const Budget& budget);

// Judges operations of a model, by `check`.
absl::StatusOr<Judgement> JudgeCallLines(
    const std::vector<FollowedModel::Line>& lines, const ReaderOptions& reading,
    const std::function<absl::StatusOr<ModelVerdict>(const CallHistory&)>&
        check);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_JUDGEMENT_H_
