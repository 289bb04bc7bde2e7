// Recorder: writes down what clients ask of a system and what they are
// answered, for any model (model/model.h), and tells a sink of it. A trial is a
// sink, which traces each operation; a file is one, too (recording_file.h).
// Code of clients is the same with both.
//
// Guarantees: an operation that never returns stays open: it may have taken
// effect at any time, or never. What is recorded is charged to no node.
//
// Requires: a sink that outlives the recorder, a recorder that outlives the
// clients' calls, one open call of a client at a time, and threads that take
// turns.
//
//   Recorder<QueueModel> recorder(trial);
//   ...
//   const Caller me = {.client = 3, .place = env.id().value()};
//   const OperationId id = recorder.Invoke(me, {.kind = kDequeue});
//   recorder.Return(id, client.Dequeue());
//   ...
//   trial.Expect(Linearizable(recorder));

#ifndef REPRISE_CHECKER_RECORDER_RECORDER_H_
#define REPRISE_CHECKER_RECORDER_RECORDER_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/recorder/key_value_recording.h"
#include "reprise/checker/recorder/model_recording.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/text/text_view.h"

namespace reprise::checker {

// What recorders of all models have in common.
template <typename RecordingType>
class RecorderBase {
 public:
  explicit RecorderBase(RecordingSink& sink) : sink_(sink) {
    sink_.Within([this] {
      std::unique_ptr<Recording> used = sink_.Reuse(Type());
      recording_.reset(used != nullptr
                           ? static_cast<RecordingType*>(used.release())
                           : new RecordingType());
    });
    sink_.Attach(*recording_);
  }
  ~RecorderBase() {
    sink_.Detach(*recording_);
    sink_.Within([this] {
      sink_.Recycle(Type(), std::move(recording_));
      std::vector<Caller>().swap(callers_);
    });
  }
  RecorderBase(const RecorderBase&) = delete;
  RecorderBase& operator=(const RecorderBase&) = delete;

  // From now on the history is judged while it happens, and the sink is told of
  // the first response that no order explains; a trial ends there. What can
  // only be judged as a whole still is, by Linearizable(). Requires that
  // nothing is recorded yet.
  void StopWhenIllegal() {
    REPRISE_REQUIRE(recording_->size() == 0,
                    "StopWhenIllegal() comes before the first operation");
    recording_->Follow();
  }

  const auto& history() const { return recording_->history(); }
  const RecordingType& recording() const { return *recording_; }

  // What the history is found to be, within the budget of the sink.
  ModelVerdict Judge() const {
    ModelVerdict found;
    sink_.Within([&] { found = recording_->Judge(sink_.budget()); });
    found.verdict.contradiction.first_number = sink_.FirstNumber(*recording_);
    return found;
  }

 protected:
  // Of operation `id`, which has been called and has not returned.
  const Caller& OpenCaller(OperationId id) const {
    REPRISE_REQUIRE(id < callers_.size(),
                    "an operation returns that nobody invoked");
    REPRISE_REQUIRE(recording_->EndingOf(id) == Ending::kUnknown,
                    "an operation returns a second time");
    return callers_[id];
  }

  // After a response.
  void Note(const OperationNote& note, bool is_legal) {
    sink_.OnReturned(note);
    if (!is_legal) sink_.OnIllegal(*recording_);
  }

  RecordingSink& sink_;
  std::unique_ptr<RecordingType> recording_;
  std::vector<Caller> callers_;  // by operation

 private:
  // An address that no other type of recording has.
  static const void* Type() {
    static constexpr char type = 0;
    return &type;
  }
};

template <typename Model>
class Recorder : public RecorderBase<ModelRecording<Model>> {
 public:
  using RecorderBase<ModelRecording<Model>>::RecorderBase;

  OperationId Invoke(const Caller& caller, typename Model::Input input) {
    OperationId id = 0;
    this->sink_.Write([&] {
      id = this->recording_->Invoke(caller.client, std::move(input));
      this->callers_.push_back(caller);
      const std::string text = this->recording_->TextOf(id);
      this->sink_.OnCalled({.recording = *this->recording_,
                            .id = id,
                            .caller = caller,
                            .text = text});
    });
    return id;
  }

  void Return(OperationId id, typename Model::Output output) {
    this->sink_.Write([&] {
      const Caller& caller = this->OpenCaller(id);
      const bool is_legal = this->recording_->Return(id, std::move(output));
      const std::string text = this->recording_->AnswerTextOf(id);
      this->Note({.recording = *this->recording_,
                  .id = id,
                  .caller = caller,
                  .text = text,
                  .ending = Ending::kAnswered},
                 is_legal);
    });
  }

  // The operation did not happen.
  void Fail(OperationId id) {
    this->sink_.Write([&] {
      const Caller& caller = this->OpenCaller(id);
      const bool is_legal = this->recording_->Fail(id);
      this->Note({.recording = *this->recording_,
                  .id = id,
                  .caller = caller,
                  .ending = Ending::kFailed},
                 is_legal);
    });
  }
};

// The key/value store, whose operations are recorded without a copy.
template <>
class Recorder<KeyValueModel> : public RecorderBase<KeyValueRecording> {
 public:
  using RecorderBase<KeyValueRecording>::RecorderBase;

  // A Get, a Put or an Append. `value`: what a Put or an Append writes, "" for
  // a Get.
  OperationId Invoke(const Caller& caller, OperationKind kind, TextView key,
                     TextView value);
  // `output`: a Get's value, or what an Append found; "" for a Put.
  void Return(OperationId id, TextView output);
  // For a Put, or for an Append whose old value the client did not see.
  void ReturnUnobserved(OperationId id);

 private:
  void Returned(OperationId id, const Caller& caller, std::string_view output,
                bool is_legal);
};

// Property "linearizability" of what was recorded, within the sink's budget.
template <typename Model>
Verdict Linearizable(const Recorder<Model>& recorder) {
  return recorder.Judge().verdict;
}

}  // namespace reprise::checker

namespace reprise {

using checker::Linearizable;
using checker::Recorder;

}  // namespace reprise

#endif  // REPRISE_CHECKER_RECORDER_RECORDER_H_
