#include "reprise/checker/recorder/recorder.h"

namespace reprise::checker {

OperationId Recorder<KeyValueModel>::Invoke(const Caller& caller,
                                            OperationKind kind, TextView key,
                                            TextView value) {
  REPRISE_REQUIRE(kind != OperationKind::kCas,
                  "a recorder of a key/value store takes Get, Put and Append");
  REPRISE_REQUIRE(kind != OperationKind::kGet || value.empty(),
                  "a Get writes no value");
  OperationId id = 0;
  sink_.Write([&] {
    id = recording_->Invoke(caller.client, kind, key, value);
    callers_.push_back(caller);
    sink_.OnCalled({.recording = *recording_,
                    .id = id,
                    .caller = caller,
                    .kind = static_cast<uint32_t>(kind),
                    .key = key,
                    .text = value});
  });
  return id;
}

void Recorder<KeyValueModel>::Return(OperationId id, TextView output) {
  sink_.Write([&] {
    const Caller& caller = OpenCaller(id);
    const bool is_put = history()[id].kind == OperationKind::kPut;
    REPRISE_REQUIRE(!is_put || output.empty(), "a Put returns no value");
    const bool is_legal = is_put ? recording_->ReturnUnobserved(id)
                                 : recording_->Return(id, output);
    Returned(id, caller, output, is_legal);
  });
}

void Recorder<KeyValueModel>::ReturnUnobserved(OperationId id) {
  sink_.Write([&] {
    const Caller& caller = OpenCaller(id);
    REPRISE_REQUIRE(history()[id].kind != OperationKind::kGet,
                    "a Get returns with its value");
    Returned(id, caller, "", recording_->ReturnUnobserved(id));
  });
}

void Recorder<KeyValueModel>::Returned(OperationId id, const Caller& caller,
                                       std::string_view output, bool is_legal) {
  Note({.recording = *recording_,
        .id = id,
        .caller = caller,
        .kind = static_cast<uint32_t>(history()[id].kind),
        .text = output,
        .ending = Ending::kAnswered},
       is_legal);
}

}  // namespace reprise::checker
