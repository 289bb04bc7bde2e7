// ModelRecording: operations of one's own model, as a recorder keeps them.

#ifndef REPRISE_CHECKER_RECORDER_MODEL_RECORDING_H_
#define REPRISE_CHECKER_RECORDER_MODEL_RECORDING_H_

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/check_model.h"
#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/model/model_states.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/model/online_order.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

template <typename Model>
class ModelRecording final : public Recording {
 public:
  OperationId Invoke(int32_t client, typename Model::Input input) {
    const OperationId id = history_.Invoke(client, std::move(input));
    if (is_followed_) Followed(id).order.Invoke(id);
    return id;
  }
  // False from the first response on that is known to be illegal.
  bool Return(OperationId id, typename Model::Output output) {
    history_.Return(id, std::move(output));
    return !is_followed_ || Followed(id).order.Return(id);
  }
  bool Fail(OperationId id) {
    history_.Fail(id);
    return !is_followed_ || Followed(id).order.Fail(id);
  }
  // Requires that nothing is recorded yet.
  void Follow() { is_followed_ = true; }

  const ModelHistory<Model>& history() const { return history_; }

  // The operation in words, without and with what came back.
  std::string TextOf(OperationId id) const {
    if constexpr (Recordable<Model>) {
      return CallText(Model::Print(history_[id].input));
    } else {
      return DescriptionOf<Model>(history_[id].input, nullptr);
    }
  }
  std::string AnswerTextOf(OperationId id) const {
    if constexpr (Recordable<Model>) {
      return AnsweredText(Model::Print(history_[id].input), OutputOf(id));
    } else {
      return DescriptionOf<Model>(history_[id].input, &*history_[id].output);
    }
  }

  size_t size() const override { return history_.size(); }
  int32_t ClientOf(OperationId id) const override {
    return history_[id].client;
  }
  Ending EndingOf(OperationId id) const override {
    return history_[id].has_failed ? Ending::kFailed
           : history_[id].output   ? Ending::kAnswered
                                   : Ending::kUnknown;
  }
  Call CallOf(OperationId id) const override {
    if constexpr (Recordable<Model>) {
      return Model::Print(history_[id].input);
    } else {
      const auto& output = history_[id].output;
      return {.function = DescriptionOf<Model>(history_[id].input,
                                               output ? &*output : nullptr),
              .key = PartitionOf<Model>(history_[id].input)};
    }
  }
  EdnValue OutputOf(OperationId id) const override {
    if constexpr (Recordable<Model>) {
      const auto& output = history_[id].output;
      if (output) return Model::PrintOutput(history_[id].input, *output);
    }
    return EdnValue::Nil();
  }
  ModelVerdict Judge(const Budget& budget) const override {
    ModelVerdict found = CheckModel(history_, budget);
    if (found.verdict.outcome == Outcome::kViolated) {
      // For a trial's evidence.
      found.verdict.contradiction.sentence += "\n" + found.explanation.timeline;
    }
    return found;
  }
  ModelVerdict JudgeInFull(const Budget& budget) const override {
    return CheckModel(history_, budget);
  }
  void Clear() override {
    history_.Clear();
    followed_.clear();
    is_followed_ = false;
  }

 private:
  // One partition.
  struct FollowedObject {
    explicit FollowedObject(const ModelHistory<Model>& history)
        : states(history), order(states) {}
    ModelStates<Model> states;
    OnlineOrder order;
  };

  FollowedObject& Followed(OperationId id) {
    std::unique_ptr<FollowedObject>& object =
        followed_[PartitionOf<Model>(history_[id].input)];
    if (object == nullptr) object = std::make_unique<FollowedObject>(history_);
    return *object;
  }

  ModelHistory<Model> history_;
  bool is_followed_ = false;
  std::map<std::string, std::unique_ptr<FollowedObject>> followed_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_RECORDER_MODEL_RECORDING_H_
