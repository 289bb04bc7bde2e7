// An invocation or a response as it was recorded, before it is known what it
// belongs to.

#ifndef REPRISE_CHECKER_FORMATS_RECORDED_EVENT_H_
#define REPRISE_CHECKER_FORMATS_RECORDED_EVENT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

enum class EventType : uint8_t { kInvoke, kOk, kFail, kInfo };

struct RecordedEvent {
  uint32_t line = 0;
  // False for what disturbs the system: only `line` and `index` count then.
  bool is_of_client = true;
  int32_t process = 0;
  EventType type = EventType::kInvoke;
  std::string function;         // "read"
  std::optional<EdnValue> key;  // where it stands apart from the value
  std::optional<EdnValue> value;
  bool has_error = false;        // whether the reason of a failure stands there
  std::optional<int64_t> index;  // its place in the order of all events
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_RECORDED_EVENT_H_
