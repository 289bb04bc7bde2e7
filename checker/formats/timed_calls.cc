#include "reprise/checker/formats/timed_calls.h"

#include <string>
#include <utility>

#include "reprise/checker/formats/call_recorder.h"
#include "reprise/checker/formats/operation_names.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/timed_history.h"

namespace reprise::checker {

absl::Status TimedCalls::Add(JsonCall call, uint32_t line) {
  const bool is_unknown = call.ending == Ending::kUnknown;
  absl::Status status =
      order_.Add({.call = call.times.call,
                  .ret = call.times.ret,
                  .client = call.client,
                  .kind = OperationKind::kPut,
                  .answer = is_unknown ? Answer::kPending : Answer::kDone},
                 line);
  by_line_[line] = calls_.size();
  calls_.push_back(std::move(call));
  return status;
}

absl::StatusOr<CallRecording> TimedCalls::Finish(
    const ReaderOptions& options) && {
  absl::StatusOr<RecordedHistory> order = std::move(order_).Finish();
  if (!order.ok()) return order.status();
  CallRecording recording;
  absl::Status status = TakeInitial(options, recording.history);
  if (!status.ok()) return status;
  recording.times = std::move(order->times);
  for (OperationId id = 0; id < order->history.size(); ++id) {
    const Operation& events = order->history[id];
    const uint32_t line = order->lines[id];
    JsonCall& call = calls_[by_line_.at(line)];
    call.call.function = MeaningOf(call.call.function, options.aliases);
    const EdnValue* const answer =
        AnswerOf(options, recording.history, call.call, call.output);
    const bool is_lost = call.ending == Ending::kAnswered && answer == nullptr;
    recording.history.Add({.call = events.call,
                           .ret = is_lost ? kNever : events.ret,
                           .client = call.client,
                           .line = line,
                           .ending = is_lost ? Ending::kUnknown : call.ending},
                          call.call,
                          answer != nullptr ? *answer : EdnValue::Nil());
  }
  return recording;
}

}  // namespace reprise::checker
