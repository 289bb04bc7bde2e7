// Builds a history from operations that come one by one with the times of their
// calls and returns.
//
// Guarantees: where the operations come in the order of their calls, only what
// is still open is held beside the history itself; else everything is kept and
// sorted at the end, operations with the same call in the order given. An
// operation that returned before another was called precedes it; intervals that
// touch are concurrent; but the operations of one client keep their order.
// Overlapping calls of one client are an error, but a client may go on after an
// operation that was never answered.
//
// The bytes of an operation are copied.
//
//   TimedRecorder recorder;
//   for (...) RETURN_IF_ERROR(recorder.Add(operation, line));
//   absl::StatusOr<RecordedHistory> recorded = std::move(recorder).Finish();

#ifndef REPRISE_CHECKER_FORMATS_TIMED_RECORDER_H_
#define REPRISE_CHECKER_FORMATS_TIMED_RECORDER_H_

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/arena.h"
#include "reprise/checker/history/timed_history.h"

namespace reprise::checker {

// Refuses a call while an operation of its client, of another line, is open.
absl::Status OverlapError(uint32_t line, int32_t client, int64_t call,
                          uint32_t last_line, int64_t last_ret);

class TimedRecorder {
 public:
  // Requires that an answered operation does not return before its call. The
  // message of an error begins with the line that it is about.
  absl::Status Add(const TimedOperation& operation, uint32_t line);

  absl::StatusOr<RecordedHistory> Finish() &&;

 private:
  static constexpr int64_t kBeforeAll = std::numeric_limits<int64_t>::min();

  // An operation that is called and has not returned. Slots are used again.
  struct Open {
    OperationId id = 0;
    Answer answer = Answer::kPending;
    bool has_returned = false;
    std::string output = {};
  };
  struct Return {
    int64_t ret;
    uint32_t slot;
  };
  // What is known of its last operation that was answered.
  struct Client {
    bool is_answered = false;  // whether there is one
    int64_t last_ret = 0;
    uint32_t last_line = 0;
    uint32_t last_slot = 0;  // of use while it has not returned
  };
  // Called at the instant at which its client's last operation returns.
  struct Touching {
    TimedOperation operation;
    uint32_t line;
    uint32_t slot;
    uint32_t previous_slot;
  };
  struct Unsorted {
    TimedOperation operation;
    uint32_t line;
  };

  absl::Status Record(const TimedOperation& operation, uint32_t line);
  void AdvanceTo(int64_t now);
  void ReturnFirst();
  void RecordTouching();
  OperationId Invoke(const TimedOperation& operation, uint32_t line);
  uint32_t NewSlot(const TimedOperation& operation);
  void ReturnSlot(uint32_t slot);
  void KeepForSorting(const TimedOperation& operation, uint32_t line);
  void GiveUpOrder();
  absl::StatusOr<RecordedHistory> FinishSorted() &&;
  TimedOperation CopyOf(const TimedOperation& operation);

  RecordedHistory recorded_;
  int64_t now_ = kBeforeAll;
  std::vector<Open> slots_;
  std::vector<uint32_t> free_slots_;
  std::vector<Return> returns_;  // a heap, earliest first
  absl::flat_hash_map<int32_t, Client> clients_;
  std::vector<Touching> touching_;  // of the instant `now_`
  Arena bytes_;                     // of touching_, then of unsorted_
  bool is_unsorted_ = false;
  std::vector<Unsorted> unsorted_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_TIMED_RECORDER_H_
