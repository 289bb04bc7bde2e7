// Builds a history from invocations and responses that come in the order in
// which they happened, as Jepsen and Porcupine write them.
//
// Guarantees: each response belongs to the open invocation of its process; a
// response without one, a call while another is open, and a response that does
// not fit its call are errors. What ended in "info" may have taken effect at
// any later time or never, and its process may not come back. What ended in
// "fail" did not happen and is left out, but for a Cas that found something
// else than it expected.
//
// The bytes of an event are copied.

#ifndef REPRISE_CHECKER_FORMATS_EVENT_RECORDER_H_
#define REPRISE_CHECKER_FORMATS_EVENT_RECORDER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/history.h"

namespace reprise::checker {

enum class EventType : uint8_t { kInvoke, kOk, kFail, kInfo };

struct RecordedEvent {
  int32_t process = 0;
  EventType type = EventType::kInvoke;
  OperationKind kind = OperationKind::kGet;
  std::string_view key = {};
  // What is written or was read; none where the line names no value.
  std::optional<std::string_view> value = {};
  std::optional<std::string_view> expected = {};  // by a Cas
  // A failure for another reason than that a Cas found something else.
  bool has_error = false;
};

class EventRecorder {
 public:
  // The message of an error begins with the line that it is about.
  absl::Status Add(const RecordedEvent& event, uint32_t line);

  RecordedHistory Finish() &&;

 private:
  enum class State : uint8_t { kIdle, kOpen, kEnded };

  struct Process {
    State state = State::kIdle;
    uint32_t line = 0;  // of the call, or of the "info" that ended it
    OperationId id = 0;
  };

  absl::Status Invoke(const RecordedEvent& event, uint32_t line,
                      Process& process);
  absl::Status Respond(const RecordedEvent& event, uint32_t line,
                       Process& process);
  absl::Status ExpectSameCall(const RecordedEvent& event, uint32_t line,
                              const Process& process) const;
  absl::Status Succeed(const RecordedEvent& event, uint32_t line,
                       OperationId id);

  RecordedHistory recorded_;
  absl::flat_hash_map<int32_t, Process> processes_;
  std::vector<OperationId> not_happened_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_EVENT_RECORDER_H_
