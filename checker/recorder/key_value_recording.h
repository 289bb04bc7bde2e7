// KeyValueRecording: operations on a key/value store, as a recorder keeps them:
// compactly (history/history.h), and judged by the key/value check.

#ifndef REPRISE_CHECKER_RECORDER_KEY_VALUE_RECORDING_H_
#define REPRISE_CHECKER_RECORDER_KEY_VALUE_RECORDING_H_

#include <string_view>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/online.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

class KeyValueRecording final : public Recording {
 public:
  OperationId Invoke(int32_t client, OperationKind kind, std::string_view key,
                     std::string_view value) {
    const OperationId id = history_.Invoke(client, kind, key, value);
    if (is_followed_) online_.Invoke(id);
    return id;
  }
  // False from the first response on that is known to be illegal.
  bool Return(OperationId id, std::string_view output) {
    history_.Return(id, output);
    return !is_followed_ || online_.Return(id);
  }
  bool ReturnUnobserved(OperationId id) {
    history_.ReturnUnobserved(id);
    return !is_followed_ || online_.Return(id);
  }
  // Requires that nothing is recorded yet.
  void Follow() { is_followed_ = true; }

  const History& history() const { return history_; }

  size_t size() const override { return history_.size(); }
  bool IsOfStore() const override { return true; }
  int32_t ClientOf(OperationId id) const override {
    return history_[id].client;
  }
  Ending EndingOf(OperationId id) const override {
    return history_[id].IsPending() ? Ending::kUnknown : Ending::kAnswered;
  }
  Call CallOf(OperationId id) const override;
  EdnValue OutputOf(OperationId id) const override;
  ModelVerdict Judge(const Budget& budget) const override;
  ModelVerdict JudgeInFull(const Budget& budget) const override;
  void Clear() override;

 private:
  History history_;
  OnlineChecker online_{history_};
  bool is_followed_ = false;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_RECORDER_KEY_VALUE_RECORDING_H_
