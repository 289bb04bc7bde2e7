#include "reprise/checker/recorder/key_value_recording.h"

#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/linearizability.h"

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

void KeyValueRecording::Clear() {
  history_.Clear();
  online_.Clear();
  is_followed_ = false;
}

}  // namespace reprise::checker
