#include "reprise/checker/models/unique_ids.h"

#include <algorithm>

#include "reprise/checker/models/call_parts.h"
#include "reprise/checker/models/container_calls.h"

namespace reprise::checker {
namespace {

enum class UniqueIdsFunction : uint8_t { kGenerate };

constexpr FunctionName<UniqueIdsFunction> kFunctions[] = {
    {"generate", UniqueIdsFunction::kGenerate},
    {"next-id", UniqueIdsFunction::kGenerate},
    {"get-id", UniqueIdsFunction::kGenerate},
    {"new-id", UniqueIdsFunction::kGenerate}};

// An identifier, and who was given it.
struct Given {
  const Element* identifier;
  OperationId id;  // kNever: it was taken already
};

}  // namespace

bool UniqueIdsModel::Step(const Input&, const Output* output, State& state) {
  if (output == nullptr) return true;
  const auto at =
      std::lower_bound(state.begin(), state.end(), output->identifier);
  if (at != state.end() && *at == output->identifier) return false;
  state.insert(at, output->identifier);
  return true;
}

absl::StatusOr<UniqueIdsModel::Input> UniqueIdsModel::Parse(const Call& call) {
  const absl::StatusOr<UniqueIdsFunction> function = FunctionOf(
      call, std::span<const FunctionName<UniqueIdsFunction>>(kFunctions));
  if (!function.ok()) return function.status();
  return Input{.key = call.key};
}

absl::StatusOr<UniqueIdsModel::Output> UniqueIdsModel::ParseOutput(
    const Input& input, const EdnValue& answer) {
  if (!answer.IsNil()) return Output{.identifier = Element(answer)};
  return UnsuitableAnswer(Print(input), answer, "an identifier");
}

absl::StatusOr<UniqueIdsModel::State> UniqueIdsModel::ParseState(
    const EdnValue& value) {
  absl::StatusOr<State> state = ParseElements(value);
  if (!state.ok()) return state;
  std::sort(state->begin(), state->end());
  state->erase(std::unique(state->begin(), state->end()), state->end());
  return state;
}

DirectVerdict UniqueIdsModel::CheckDirectly(
    const ModelHistory<UniqueIdsModel>& history,
    std::span<const OperationId> ids, EventIndex end) {
  const State taken = history.initial();
  std::vector<Given> given;
  given.reserve(taken.size() + ids.size());
  for (const Element& each : taken) given.push_back({&each, kNever});
  for (const OperationId id : ids) {
    const auto& called = history[id];
    if (called.output && called.ret < end) {
      given.push_back({&called.output->identifier, id});
    }
  }
  const auto is_less = [](const Given& a, const Given& b) {
    return *a.identifier < *b.identifier;
  };
  if (!std::is_sorted(given.begin(), given.end(), is_less)) {
    std::stable_sort(given.begin(), given.end(), is_less);
  }
  const auto twice = std::adjacent_find(given.begin(), given.end(),
                                        [](const Given& a, const Given& b) {
                                          return *a.identifier == *b.identifier;
                                        });
  if (twice == given.end()) return {DirectOutcome::kHolds, {}};
  DirectVerdict found = {DirectOutcome::kViolated, {}};
  for (const Given& each : {twice[0], twice[1]}) {
    if (each.id != kNever) found.contradiction.push_back(each.id);
  }
  std::sort(found.contradiction.begin(), found.contradiction.end());
  return found;
}

}  // namespace reprise::checker
