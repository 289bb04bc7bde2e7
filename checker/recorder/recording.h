// Recording: what a recorder has recorded, whatever its model; and
// RecordingSink, which is told of each operation as it happens, such as a trial
// that traces it or a file that keeps it.

#ifndef REPRISE_CHECKER_RECORDER_RECORDING_H_
#define REPRISE_CHECKER_RECORDER_RECORDING_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

// Who does an operation: a client, by number, and where it runs, such as the
// number of its node.
struct Caller {
  int32_t client = 0;
  uint32_t place = 0;
};

class Recording {
 public:
  virtual ~Recording() = default;

  virtual size_t size() const = 0;
  // Whether the operations are those of a key/value store.
  virtual bool IsOfStore() const { return false; }
  virtual int32_t ClientOf(OperationId id) const = 0;
  virtual Ending EndingOf(OperationId id) const = 0;
  // The operation and its answer as recordings name them; the answer is nil
  // unless there is one. Of a model that only describes its operations, the
  // description is the function.
  virtual Call CallOf(OperationId id) const = 0;
  virtual EdnValue OutputOf(OperationId id) const = 0;

  // The verdict on the whole; of a store quick if it was judged on the way. Its
  // sentence is all the evidence that there is.
  virtual ModelVerdict Judge(const Budget& budget) const = 0;
  // As Judge(), with the explanation and the order that was found, partition
  // after partition: of a store as OrderFound() (checker/order.h), of a model
  // as ModelVerdict says. Takes the time of some twenty checks where it is
  // violated.
  virtual ModelVerdict JudgeInFull(const Budget& budget) const = 0;

  // Forgets everything and keeps the memory.
  virtual void Clear() = 0;
};

// An operation that was called, or that returned.
struct OperationNote {
  const Recording& recording;
  OperationId id;
  Caller caller;
  // The number of its kind, for a model that numbers them; kNamed: the text
  // says everything.
  uint32_t kind = kNamed;
  std::string_view key = {};
  // What was written, or came back. With kNamed, the whole operation, as far as
  // it is known.
  std::string_view text = {};
  Ending ending = Ending::kUnknown;  // of one that returned

  static constexpr uint32_t kNamed = UINT32_MAX;
};

class RecordingSink {
 public:
  virtual ~RecordingSink() = default;

  // Runs `write`, which writes down an operation, wherever memory is not
  // charged to the code that is recorded.
  virtual void Within(absl::FunctionRef<void()> write) { write(); }

  // As Within(), for what adds to the recording. A sink that hears no more,
  // such as a trial whose world ends, leaves `write` out.
  virtual void Write(absl::FunctionRef<void()> write) { Within(write); }

  virtual void OnCalled(const OperationNote& note) = 0;
  virtual void OnReturned(const OperationNote& note) = 0;
  // No order explains the last response. Asked for by StopWhenIllegal().
  virtual void OnIllegal(const Recording&) {}

  // What the sink calls operation 0 of a recording that is attached, and
  // counts on from.
  virtual uint64_t FirstNumber(const Recording&) const { return 0; }

  // What judging a recording may use.
  virtual Budget budget() const { return Budget(); }

  // A recorder begins and ends to use a recording.
  virtual void Attach(const Recording&) {}
  virtual void Detach(const Recording&) {}

  // Recordings that are done with, so that their memory is used again. `type`
  // tells kinds of them apart. What Reuse() gives is empty; null: there is
  // none.
  virtual std::unique_ptr<Recording> Reuse(const void* /*type*/) {
    return nullptr;
  }
  virtual void Recycle(const void* /*type*/, std::unique_ptr<Recording>) {}
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_RECORDER_RECORDING_H_
