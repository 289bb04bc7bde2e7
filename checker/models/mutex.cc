#include "reprise/checker/models/mutex.h"

#include "absl/status/status.h"
#include "reprise/checker/models/call_parts.h"

namespace reprise::checker {

absl::StatusOr<MutexModel::Input> MutexModel::Parse(const Call& call) {
  const bool acquires = call.function == "acquire" || call.function == "lock";
  const bool releases = call.function == "release" || call.function == "unlock";
  if (!acquires && !releases) {
    return UnknownFunction(call, "acquire or release");
  }
  return Input{.lock = call.key, .acquires = acquires};
}

// What comes back beside the lock itself, such as the name of its holder, tells
// nothing.
absl::StatusOr<MutexModel::Output> MutexModel::ParseOutput(
    const Input& input, const EdnValue& answer) {
  if (IsSame(answer, EdnValue::Boolean(false))) {
    return UnsuitableAnswer(Print(input), answer,
                            "an operation that was done, or one that failed");
  }
  return Output();
}

absl::StatusOr<MutexModel::State> MutexModel::ParseState(
    const EdnValue& value) {
  if (value.IsNil() || IsSame(value, EdnValue::Boolean(false))) {
    return State::kFree;
  }
  if (IsSame(value, EdnValue::Boolean(true))) return State::kHeld;
  return absl::InvalidArgumentError("found " + CanonicalText(value) +
                                    ", expected true (held) or false (free)");
}

}  // namespace reprise::checker
