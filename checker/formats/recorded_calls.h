// Pairs the invocations of a recording with their responses.
//
// Guarantees: events come in the order of their :index, where all have one, and
// else in that of the text, which no :index contradicts. Each response belongs
// to the open call of its process. A call without an :ok or a :fail is pending,
// even if its process goes on. Whatever contradicts this is an error.

#ifndef REPRISE_CHECKER_FORMATS_RECORDED_CALLS_H_
#define REPRISE_CHECKER_FORMATS_RECORDED_CALLS_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/operation_names.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/formats/recorded_event.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

// An event whose values lie in a pool. Null where it names none.
struct PooledEvent {
  uint32_t line = 0;
  int32_t process = 0;
  EventType type = EventType::kInvoke;
  bool is_of_client = true;
  bool has_error = false;
  NamedFunction function;  // kUnknown where any name will do
  uint32_t name = 0;       // of the function; see NameOf()
  const EdnValue* key = nullptr;
  const EdnValue* value = nullptr;
  std::optional<int64_t> index;
};

// Places in the events.
struct RecordedCall {
  static constexpr uint32_t kNone = ~uint32_t{0};

  uint32_t invocation = kNone;
  uint32_t response = kNone;
};

// Which names of operations are taken.
enum class Functions : uint8_t {
  kKeyValue,  // those of a store or register (operation_names.h)
  kAny,
};

class RecordedCalls {
 public:
  RecordedCalls(Functions functions, std::vector<Alias> aliases)
      : functions_(functions), aliases_(std::move(aliases)) {}

  // Messages of errors begin with the line that they are about.
  absl::Status Add(RecordedEvent event);
  // Behind the last event.
  absl::Status Pair();

  const std::vector<PooledEvent>& events() const { return events_; }
  const std::vector<RecordedCall>& calls() const { return calls_; }
  // Of its operation, after aliases.
  const std::string& NameOf(const PooledEvent& event) const {
    return names_[event.name];
  }

 private:
  absl::Status TakeFunction(const RecordedEvent& event, PooledEvent& pooled);
  std::string TextOf(const PooledEvent& event) const;
  absl::StatusOr<const EdnValue*> Keep(std::optional<EdnValue> value);
  absl::Status PutInOrder();
  absl::Status Invoke(uint32_t place);
  absl::Status Respond(uint32_t place);

  const Functions functions_;
  const std::vector<Alias> aliases_;
  std::vector<std::string> names_;
  absl::flat_hash_map<std::string, uint32_t> name_ids_;
  std::deque<EdnValue> pool_;
  absl::flat_hash_map<std::string, const EdnValue*> by_text_;
  std::vector<PooledEvent> events_;
  std::vector<RecordedCall> calls_;
  absl::flat_hash_map<int32_t, uint32_t> open_;  // call of each process
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_RECORDED_CALLS_H_
