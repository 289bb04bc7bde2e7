#include "reprise/checker/models/mutex.h"

#include <span>

#include "absl/status/status.h"
#include "reprise/checker/models/call_parts.h"

namespace reprise::checker {
namespace {

constexpr FunctionName<MutexFunction> kFunctions[] = {
    {"acquire", MutexFunction::kAcquire},
    {"lock", MutexFunction::kAcquire},
    {"release", MutexFunction::kRelease},
    {"unlock", MutexFunction::kRelease}};
constexpr std::span<const FunctionName<MutexFunction>> kNames = kFunctions;

bool IsName(const EdnValue& value) {
  return value.kind == EdnValue::Kind::kString ||
         value.kind == EdnValue::Kind::kKeyword ||
         value.kind == EdnValue::Kind::kSymbol;
}

}  // namespace

bool MutexModel::Step(const Input& input, const Output*, State& state) {
  const bool acquires = input.function == MutexFunction::kAcquire;
  if (acquires == state.is_held) return false;
  const bool is_other = !acquires && !input.holder.IsNil() &&
                        !state.holder.IsNil() && input.holder != state.holder;
  if (is_other) return false;
  state = {.is_held = acquires, .holder = acquires ? input.holder : Element()};
  return true;
}

Call MutexModel::Print(const Input& input) {
  return {.function = NameOf(input.function, kNames),
          .key = input.key,
          .argument = input.holder.ToValue()};
}

absl::StatusOr<MutexModel::Input> MutexModel::Parse(const Call& call) {
  const absl::StatusOr<MutexFunction> function = FunctionOf(call, kNames);
  if (!function.ok()) return function.status();
  return Input{
      .key = call.key,
      .function = *function,
      .holder = IsName(call.argument) ? Element(call.argument) : Element()};
}

// What comes back beside the lock itself tells nothing.
absl::StatusOr<MutexModel::Output> MutexModel::ParseOutput(
    const Input& input, const EdnValue& answer) {
  if (SaysNo(answer)) {
    return UnsuitableAnswer(Print(input), answer,
                            "an operation that was done, or one that failed");
  }
  return Output();
}

absl::StatusOr<MutexModel::State> MutexModel::ParseState(
    const EdnValue& value) {
  if (value.IsNil() || SaysNo(value)) return State();
  if (IsSame(value, EdnValue::Boolean(true))) return State{.is_held = true};
  if (IsName(value)) return State{.is_held = true, .holder = Element(value)};
  return absl::InvalidArgumentError(
      "found " + CanonicalText(value) +
      ", expected true (held), the name of the holder, or false (free)");
}

}  // namespace reprise::checker
