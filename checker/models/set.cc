#include "reprise/checker/models/set.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "reprise/checker/containers/container.h"
#include "reprise/checker/containers/set.h"
#include "reprise/checker/models/call_parts.h"
#include "reprise/checker/models/container_calls.h"
#include "reprise/checker/models/container_history.h"
#include "reprise/checker/models/growing_set.h"
#include "reprise/checker/models/intervals.h"

namespace reprise::checker {
namespace {

using enum SetFunction;

constexpr FunctionName<SetFunction> kFunctions[] = {
    {"add", kAdd},       {"insert", kAdd},        {"remove", kRemove},
    {"delete", kRemove}, {"contains", kContains}, {"contains?", kContains},
    {"has", kContains},  {"read", kRead},         {"elements", kRead}};
constexpr std::span<const FunctionName<SetFunction>> kNames = kFunctions;

void SortOnce(std::vector<Element>& elements) {
  std::sort(elements.begin(), elements.end());
  elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
}

// Whether an answer may come of an operation that did or saw `is_yes`.
bool Fits(const SetModel::Output* output, bool is_yes) {
  return output == nullptr || output->answer == SetAnswer::kDone ||
         (output->answer == SetAnswer::kYes) == is_yes;
}

// An operation of which something is known, or that may have changed the set.
struct Known {
  OperationId id;
  Interval interval;
  const SetModel::Input* input;
  const SetModel::Output* output;  // null: no answer

  bool IsAnswered(SetAnswer answer) const {
    return output != nullptr && output->answer == answer;
  }
  // Whether it may have put its element in.
  bool Adds() const {
    return input->function == kAdd && !IsAnswered(SetAnswer::kNo);
  }
};

struct KnownSet {
  std::vector<Known> operations;
  bool has_removes = false;
  bool has_reads = false;
};

KnownSet KnownOf(const ModelHistory<SetModel>& history,
                 std::span<const OperationId> ids, EventIndex end) {
  KnownSet known;
  known.operations.reserve(ids.size());
  for (const OperationId id : ids) {
    const auto& called = history[id];
    if (called.call >= end) break;
    if (called.has_failed) continue;
    const bool is_answered = called.output.has_value() && called.ret < end;
    const SetFunction function = called.input.function;
    if (!is_answered && function != kAdd && function != kRemove) continue;
    known.operations.push_back(
        {.id = id,
         .interval = {.client = called.client,
                      .call = called.call,
                      .ret = is_answered ? called.ret : kNever},
         .input = &called.input,
         .output = is_answered ? &*called.output : nullptr});
    known.has_removes |= function == kRemove;
    known.has_reads |= function == kRead;
  }
  return known;
}

// How many operations may have put each element in, the first state included.
// By the element's number.
std::vector<uint32_t> CountAdds(const KnownSet& known,
                                const std::vector<Element>& initial,
                                const std::vector<uint32_t>& numbers) {
  std::vector<uint32_t> adds(
      numbers.empty() ? 0
                      : 1 + *std::max_element(numbers.begin(), numbers.end()));
  const size_t size = known.operations.size();
  for (size_t i = 0; i < size; ++i) {
    adds[numbers[i]] += known.operations[i].Adds();
  }
  for (size_t i = 0; i < initial.size(); ++i) ++adds[numbers[size + i]];
  return adds;
}

// Nothing where it is not known what the operation did.
std::optional<ContainerKind> KindOf(const Known& known, uint32_t adds) {
  const bool is_done = known.IsAnswered(SetAnswer::kDone);
  const bool is_yes = !known.IsAnswered(SetAnswer::kNo);
  switch (known.input->function) {
    case kAdd:
      if (is_done && adds > 1) return std::nullopt;
      return is_yes ? ContainerKind::kInsert : ContainerKind::kInsertFailed;
    case kRemove:
      if (is_done && adds > 0) return std::nullopt;
      if (is_done) return ContainerKind::kRemoveFailed;
      return is_yes ? ContainerKind::kRemove : ContainerKind::kRemoveFailed;
    case kContains:
      return is_yes ? ContainerKind::kFound : ContainerKind::kNotFound;
    case kRead:
      break;
  }
  return std::nullopt;
}

// Numbers of the elements of operations, then of the first state, then of those
// that were read.
std::vector<uint32_t> Numbers(const KnownSet& known,
                              const std::vector<Element>& initial) {
  std::vector<const Element*> elements;
  elements.reserve(known.operations.size() + initial.size());
  for (const Known& each : known.operations) {
    const bool is_read = each.input->function == kRead;
    elements.push_back(is_read ? nullptr : &each.input->element);
  }
  for (const Element& element : initial) elements.push_back(&element);
  for (const Known& each : known.operations) {
    if (each.input->function != kRead) continue;
    for (const Element& element : each.output->elements) {
      elements.push_back(&element);
    }
  }
  return NumbersOf(elements);
}

// Each element alone.
DirectVerdict JudgeElements(const KnownSet& known,
                            const std::vector<Element>& initial) {
  const std::vector<uint32_t> numbers = Numbers(known, initial);
  const std::vector<uint32_t> adds = CountAdds(known, initial, numbers);
  ContainerBuilder builder(numbers.size());
  builder.PutInFirst(initial);
  for (size_t i = 0; i < known.operations.size(); ++i) {
    const Known& each = known.operations[i];
    const std::optional<ContainerKind> kind = KindOf(each, adds[numbers[i]]);
    if (!kind) return {};
    builder.Add(each.id, each.interval, *kind, &each.input->element);
  }
  return builder.Judge(CheckSet, ElementBond::kAlone);
}

GrowingSetKind GrowingKindOf(const Known& known) {
  const bool is_no = known.IsAnswered(SetAnswer::kNo);
  switch (known.input->function) {
    case kAdd:
      return is_no ? GrowingSetKind::kFound : GrowingSetKind::kAdd;
    case kContains:
      return is_no ? GrowingSetKind::kMissing : GrowingSetKind::kFound;
    case kRemove:
    case kRead:
      break;
  }
  return GrowingSetKind::kRead;
}

// Without removes.
DirectVerdict JudgeGrowing(const KnownSet& known,
                           const std::vector<Element>& initial) {
  const std::vector<uint32_t> numbers = Numbers(known, initial);
  const std::vector<uint32_t> adds = CountAdds(known, initial, numbers);
  std::vector<Interval> intervals;
  std::vector<GrowingSetOperation> operations;
  const size_t size = known.operations.size();
  const std::span<const uint32_t> all = numbers;
  size_t read = size + initial.size();  // where its elements begin
  for (size_t i = 0; i < size; ++i) {
    const Known& each = known.operations[i];
    const bool is_add = each.input->function == kAdd;
    // An add that was the first one is no add like the others.
    if (is_add && each.IsAnswered(SetAnswer::kYes) && adds[numbers[i]] > 1) {
      return {};
    }
    const size_t elements =
        each.input->function == kRead ? each.output->elements.size() : 0;
    intervals.push_back(each.interval);
    operations.push_back({.interval = each.interval,
                          .kind = GrowingKindOf(each),
                          .element = numbers[i],
                          .read = all.subspan(read, elements)});
    read += elements;
  }
  if (HasOwnInstants(intervals)) return {};
  const std::vector<uint32_t> wrong =
      FindWrong(operations, all.subspan(size, initial.size()), adds.size());
  if (wrong.empty()) return {DirectOutcome::kHolds, {}};
  DirectVerdict found = {DirectOutcome::kViolated, {}};
  for (const uint32_t place : wrong) {
    found.contradiction.push_back(known.operations[place].id);
  }
  return found;
}

}  // namespace

bool SetModel::Step(const Input& input, const Output* output, State& state) {
  if (input.function == kRead) {
    return output == nullptr || output->elements == state;
  }
  const auto at = std::lower_bound(state.begin(), state.end(), input.element);
  const bool is_in = at != state.end() && *at == input.element;
  if (!Fits(output, input.function == kAdd ? !is_in : is_in)) return false;
  if (input.function == kAdd && !is_in) state.insert(at, input.element);
  if (input.function == kRemove && is_in) state.erase(at);
  return true;
}

Call SetModel::Print(const Input& input) {
  return {.function = NameOf(input.function, kNames),
          .key = input.key,
          .argument = input.element.ToValue()};
}

EdnValue SetModel::PrintOutput(const Input& input, const Output& output) {
  if (input.function == kRead) {
    EdnValue elements = VectorOf(output.elements);
    elements.kind = EdnValue::Kind::kSet;
    return elements;
  }
  return output.answer == SetAnswer::kDone
             ? EdnValue::Nil()
             : EdnValue::Boolean(output.answer == SetAnswer::kYes);
}

absl::StatusOr<SetModel::Input> SetModel::Parse(const Call& call) {
  const absl::StatusOr<SetFunction> function = FunctionOf(call, kNames);
  if (!function.ok()) return function.status();
  Input input = {.key = call.key, .function = *function};
  if (*function == kRead) return input;
  if (call.argument.IsNil()) {
    return UnsuitableArgument(call, "an argument: the element");
  }
  input.element = Element(call.argument);
  return input;
}

absl::StatusOr<SetModel::Output> SetModel::ParseOutput(const Input& input,
                                                       const EdnValue& answer) {
  const Call call = Print(input);
  Output output;
  if (input.function == kRead) {
    if (!answer.IsCollection()) {
      return UnsuitableAnswer(call, answer, "the elements, as #{..} or [..]");
    }
    output.elements = ElementsOf(answer);
    SortOnce(output.elements);
    return output;
  }
  const bool is_question = input.function == kContains;
  if (!is_question && IsSame(answer, call.argument)) return output;
  if (SaysNo(answer)) {
    output.answer = SetAnswer::kNo;
  } else if (IsSame(answer, EdnValue::Boolean(true))) {
    output.answer = SetAnswer::kYes;
  } else if (is_question) {
    return UnsuitableAnswer(call, answer, "true or false");
  } else if (!SaysOnlyDone(call, answer)) {
    return UnsuitableAnswer(call, answer,
                            "nil, :ok or the element: it was done; or true or "
                            "false: whether it changed anything");
  }
  return output;
}

absl::StatusOr<SetModel::State> SetModel::ParseState(const EdnValue& value) {
  absl::StatusOr<std::vector<Element>> elements = ParseElements(value);
  if (elements.ok()) SortOnce(*elements);
  return elements;
}

DirectVerdict SetModel::CheckDirectly(const ModelHistory<SetModel>& history,
                                      std::span<const OperationId> ids,
                                      EventIndex end) {
  const State initial = history.initial();
  const KnownSet known = KnownOf(history, ids, end);
  DirectVerdict found;
  if (!known.has_removes) found = JudgeGrowing(known, initial);
  if (found.outcome != DirectOutcome::kUnsuitable || known.has_reads) {
    return found;
  }
  return JudgeElements(known, initial);
}

}  // namespace reprise::checker
