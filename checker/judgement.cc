#include "reprise/checker/judgement.h"

#include <utility>

#include "absl/status/status.h"
#include "reprise/checker/explain.h"
#include "reprise/checker/formats/call_recording.h"
#include "reprise/checker/formats/operation_lines.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/linearizability.h"

namespace reprise::checker {

absl::StatusOr<Judgement> JudgeKeyValueLines(
    const std::vector<FollowedModel::Line>& lines, const ReaderOptions& reading,
    const Budget& budget) {
  KeyValueLines reader(reading);
  for (const FollowedModel::Line& line : lines) {
    absl::Status status = reader.Add(line.text, line.number);
    if (!status.ok()) return status;
  }
  const absl::StatusOr<RecordedHistory> recorded = std::move(reader).Finish();
  if (!recorded.ok()) return recorded.status();
  Judgement found = {.verdict = CheckKeyValue(recorded->history, budget)};
  if (found.verdict.outcome != Outcome::kViolated) return found;
  found.explanation = Explain(recorded->history, found.verdict, budget);
  const OperationId illegal = found.explanation->first_illegal;
  found.illegal_line = recorded->lines[illegal];
  found.illegal_time = recorded->times[illegal].ret;
  return found;
}

absl::StatusOr<Judgement> JudgeCallLines(
    const std::vector<FollowedModel::Line>& lines, const ReaderOptions& reading,
    const std::function<absl::StatusOr<ModelVerdict>(const CallHistory&)>&
        check) {
  CallLines reader(reading);
  for (const FollowedModel::Line& line : lines) {
    absl::Status status = reader.Add(line.text, line.number);
    if (!status.ok()) return status;
  }
  const absl::StatusOr<CallRecording> recorded = std::move(reader).Finish();
  if (!recorded.ok()) return recorded.status();
  absl::StatusOr<ModelVerdict> judged = check(recorded->history);
  if (!judged.ok()) return judged.status();
  Judgement found = {.verdict = std::move(judged->verdict)};
  if (found.verdict.outcome != Outcome::kViolated) return found;
  found.explanation = std::move(judged->explanation);
  const OperationId illegal = found.explanation->first_illegal;
  found.illegal_line = recorded->history[illegal].line;
  found.illegal_time = recorded->times[illegal].ret;
  return found;
}

}  // namespace reprise::checker
