#include "reprise/checker/formats/timed_recorder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/line_error.h"

namespace reprise::checker {
namespace {

constexpr auto kReturnsLater = [](const auto& a, const auto& b) {
  return a.ret > b.ret;
};

}  // namespace

absl::Status OverlapError(uint32_t line, int32_t client, int64_t call,
                          uint32_t last_line, int64_t last_ret) {
  return LineError(line, absl::StrCat("found a call of client ", client, " at ",
                                      call, " while its call of line ",
                                      last_line, " was open until ", last_ret,
                                      ", expected one call at a time"));
}

absl::Status TimedRecorder::Add(const TimedOperation& operation,
                                uint32_t line) {
  if (!is_unsorted_ && operation.call < now_) GiveUpOrder();
  if (!is_unsorted_) return Record(operation, line);
  KeepForSorting(operation, line);
  return absl::OkStatus();
}

absl::StatusOr<RecordedHistory> TimedRecorder::Finish() && {
  if (is_unsorted_) return std::move(*this).FinishSorted();
  RecordTouching();
  while (!returns_.empty()) ReturnFirst();
  return std::move(recorded_);
}

absl::Status TimedRecorder::Record(const TimedOperation& operation,
                                   uint32_t line) {
  if (operation.call > now_) AdvanceTo(operation.call);
  const bool is_pending = operation.answer == Answer::kPending;
  Client& client = clients_[operation.client];
  if (client.is_answered && client.last_ret > operation.call) {
    return OverlapError(line, operation.client, operation.call,
                        client.last_line, client.last_ret);
  }
  const bool touches = client.is_answered && client.last_ret == operation.call;
  const uint32_t slot = is_pending ? 0 : NewSlot(operation);
  if (touches) {
    touching_.push_back({CopyOf(operation), line, slot, client.last_slot});
  } else {
    const OperationId id = Invoke(operation, line);
    if (!is_pending) slots_[slot].id = id;
  }
  if (!is_pending) client = {true, operation.ret, line, slot};
  return absl::OkStatus();
}

// Records everything that happens before `now`.
void TimedRecorder::AdvanceTo(int64_t now) {
  RecordTouching();
  while (!returns_.empty() && returns_.front().ret < now) ReturnFirst();
  now_ = now;
}

void TimedRecorder::ReturnFirst() {
  const uint32_t slot = returns_.front().slot;
  std::pop_heap(returns_.begin(), returns_.end(), kReturnsLater);
  returns_.pop_back();
  ReturnSlot(slot);
  free_slots_.push_back(slot);
}

// At the end of an instant, before the other returns: each client that returned
// and called again at once does so. Where there are two such clients only a
// shared instant keeps their operations concurrent.
void TimedRecorder::RecordTouching() {
  if (touching_.empty()) return;
  const bool is_shared = std::any_of(
      touching_.begin(), touching_.end(), [&](const Touching& touching) {
        return touching.operation.client != touching_[0].operation.client;
      });
  bool is_first = true;
  const auto join = [&] {
    if (is_shared && !is_first) recorded_.history.JoinInstant();
    is_first = false;
  };
  for (const Touching& touching : touching_) {
    if (!slots_[touching.previous_slot].has_returned) {
      join();
      ReturnSlot(touching.previous_slot);
    }
    join();
    const OperationId id = Invoke(touching.operation, touching.line);
    if (touching.operation.answer != Answer::kPending) {
      slots_[touching.slot].id = id;
    }
  }
  touching_.clear();
  bytes_.Clear();
}

OperationId TimedRecorder::Invoke(const TimedOperation& operation,
                                  uint32_t line) {
  recorded_.lines.push_back(line);
  recorded_.times.push_back(
      {operation.call,
       operation.answer == Answer::kPending ? Times::kNever : operation.ret});
  History& history = recorded_.history;
  return operation.kind == OperationKind::kCas
             ? history.InvokeCas(operation.client, operation.key,
                                 operation.expected, operation.value)
             : history.Invoke(operation.client, operation.kind, operation.key,
                              operation.value);
}

uint32_t TimedRecorder::NewSlot(const TimedOperation& operation) {
  uint32_t slot;
  if (free_slots_.empty()) {
    slot = static_cast<uint32_t>(slots_.size());
    slots_.emplace_back();
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
  }
  Open& open = slots_[slot];
  open.answer = operation.answer;
  open.has_returned = false;
  open.output.assign(operation.output);
  returns_.push_back({operation.ret, slot});
  std::push_heap(returns_.begin(), returns_.end(), kReturnsLater);
  return slot;
}

void TimedRecorder::ReturnSlot(uint32_t slot) {
  Open& open = slots_[slot];
  if (open.has_returned) return;
  open.has_returned = true;
  switch (open.answer) {
    case Answer::kReported:
      return recorded_.history.Return(open.id, open.output);
    case Answer::kDone:
      return recorded_.history.ReturnUnobserved(open.id);
    case Answer::kFailed:
      return recorded_.history.ReturnFailed(open.id);
    case Answer::kPending:
      return;
  }
}

void TimedRecorder::KeepForSorting(const TimedOperation& operation,
                                   uint32_t line) {
  unsorted_.push_back({CopyOf(operation), line});
}

// Takes what was recorded so far apart again, into unsorted_.
void TimedRecorder::GiveUpOrder() {
  is_unsorted_ = true;
  RecordTouching();
  while (!returns_.empty()) ReturnFirst();
  const History& history = recorded_.history;
  for (OperationId id = 0; id < history.size(); ++id) {
    const Operation& operation = history[id];
    const Times& times = recorded_.times[id];
    unsorted_.push_back(
        {{.key = history.KeyName(operation.key),
          .value = operation.Argument(),
          .expected = operation.Expected(),
          .output = operation.HasOutput() ? history.Output(operation)
                                          : std::string_view(),
          .call = times.call,
          .ret = times.ret,
          .client = operation.client,
          .kind = operation.kind,
          .answer = operation.answer},
         recorded_.lines[id]});
  }
}

absl::StatusOr<RecordedHistory> TimedRecorder::FinishSorted() && {
  std::sort(unsorted_.begin(), unsorted_.end(),
            [](const Unsorted& a, const Unsorted& b) {
              return a.operation.call != b.operation.call
                         ? a.operation.call < b.operation.call
                         : a.line < b.line;
            });
  TimedRecorder sorted;
  for (const Unsorted& unsorted : unsorted_) {
    absl::Status status = sorted.Add(unsorted.operation, unsorted.line);
    if (!status.ok()) return status;
  }
  return std::move(sorted).Finish();
}

TimedOperation TimedRecorder::CopyOf(const TimedOperation& operation) {
  TimedOperation copy = operation;
  copy.key = bytes_.Copy(operation.key);
  copy.value = bytes_.Copy(operation.value);
  copy.expected = bytes_.Copy(operation.expected);
  copy.output = bytes_.Copy(operation.output);
  return copy;
}

}  // namespace reprise::checker
