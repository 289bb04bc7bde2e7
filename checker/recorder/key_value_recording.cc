#include "reprise/checker/recorder/key_value_recording.h"

#include "reprise/checker/explain.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/order.h"

namespace reprise::checker {

Call KeyValueRecording::CallOf(OperationId id) const {
  return KeyValueModel::Print(KeyValueModel::InputOf(history_, history_[id]));
}

EdnValue KeyValueRecording::OutputOf(OperationId id) const {
  const Operation& operation = history_[id];
  return operation.HasOutput() ? EdnValue::String(history_.Output(operation))
                               : EdnValue::Nil();
}

ModelVerdict KeyValueRecording::Judge(const Budget& budget) const {
  ModelVerdict found;
  found.verdict =
      is_followed_ ? online_.Finish(budget) : CheckKeyValue(history_, budget);
  return found;
}

ModelVerdict KeyValueRecording::JudgeInFull(const Budget& budget) const {
  ModelVerdict found = Judge(budget);
  const bool is_violated = found.verdict.outcome == Outcome::kViolated;
  if (is_violated) found.explanation = Explain(history_, found.verdict, budget);
  found.order =
      OrderFound(history_, is_violated ? &found.explanation : nullptr, budget);
  return found;
}

void KeyValueRecording::Clear() {
  history_.Clear();
  online_.Clear();
  is_followed_ = false;
}

}  // namespace reprise::checker
