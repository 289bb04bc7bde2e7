#include "reprise/checker/testing/model_sample.h"

#include <cstddef>

namespace reprise::checker {
namespace {

bool IsIn(const SetModel::State& state, const Element& element) {
  return std::binary_search(state.begin(), state.end(), element);
}

}  // namespace

SetModel::Input SetSample::RandomInput(Random& random) {
  constexpr SetFunction kFunctions[] = {
      SetFunction::kAdd, SetFunction::kAdd, SetFunction::kRemove,
      SetFunction::kContains, SetFunction::kRead};
  SetModel::Input input = {.key = RandomKey(random),
                           .function = kFunctions[random.Below(5)]};
  if (input.function == SetFunction::kRead) return input;
  input.element = RandomElement(random, 4);
  return input;
}

std::optional<SetModel::Output> SetSample::RightOutput(
    const SetModel::Input& input, const SetModel::State& state,
    Random& random) {
  if (input.function == SetFunction::kRead) {
    return SetModel::Output{.elements = state};
  }
  const bool is_question = input.function == SetFunction::kContains;
  if (!is_question && random.Chance(2, 3)) return SetModel::Output();
  return SetElementSample::RightOutput(input, state, random);
}

SetModel::Input GrowingSetSample::RandomInput(Random& random) {
  SetModel::Input input = SetSample::RandomInput(random);
  if (input.function == SetFunction::kRemove)
    input.function = SetFunction::kAdd;
  if (input.function == SetFunction::kContains && random.Chance(1, 2)) {
    input = {.function = SetFunction::kRead};
  }
  return input;
}

SetModel::Input SetElementSample::RandomInput(Random& random) {
  SetModel::Input input = SetSample::RandomInput(random);
  if (input.function != SetFunction::kRead) return input;
  return {.function = SetFunction::kContains,
          .element = RandomElement(random, 4)};
}

std::optional<SetModel::Output> SetElementSample::RightOutput(
    const SetModel::Input& input, const SetModel::State& state, Random&) {
  const bool is_in = IsIn(state, input.element);
  const bool is_yes = input.function == SetFunction::kAdd ? !is_in : is_in;
  return SetModel::Output{.answer = is_yes ? SetAnswer::kYes : SetAnswer::kNo};
}

CounterModel::Input CounterSample::RandomInput(Random& random) {
  constexpr CounterFunction kFunctions[] = {
      CounterFunction::kAdd,       CounterFunction::kSubtract,
      CounterFunction::kAddAndGet, CounterFunction::kGetAndAdd,
      CounterFunction::kRead,      CounterFunction::kRead};
  CounterModel::Input input = {.key = RandomKey(random),
                               .function = kFunctions[random.Below(6)]};
  if (input.function == CounterFunction::kRead) return input;
  input.amount = 1 + static_cast<int64_t>(random.Below(3));
  return input;
}

std::optional<CounterModel::Output> CounterSample::RightOutput(
    const CounterModel::Input& input, const CounterModel::State& state,
    Random&) {
  switch (input.function) {
    case CounterFunction::kAddAndGet:
      return CounterModel::Output{.number = state + input.amount};
    case CounterFunction::kGetAndAdd:
    case CounterFunction::kRead:
      return CounterModel::Output{.number = state};
    case CounterFunction::kAdd:
    case CounterFunction::kSubtract:
      break;
  }
  return CounterModel::Output();
}

RegisterModel::Input RegisterSample::RandomInput(Random& random) {
  constexpr RegisterFunction kFunctions[] = {
      RegisterFunction::kRead, RegisterFunction::kRead,
      RegisterFunction::kWrite, RegisterFunction::kCas};
  RegisterModel::Input input = {.key = RandomKey(random),
                                .function = kFunctions[random.Below(4)]};
  if (input.function == RegisterFunction::kRead) return input;
  input.value = RandomElement(random, 3);
  if (input.function == RegisterFunction::kCas && random.Chance(3, 4)) {
    input.expected = RandomElement(random, 3);
  }
  return input;
}

std::optional<RegisterModel::Output> RegisterSample::RightOutput(
    const RegisterModel::Input& input, const RegisterModel::State& state,
    Random&) {
  if (input.function == RegisterFunction::kRead) {
    return RegisterModel::Output{.value = state};
  }
  return RegisterModel::Output{.has_found_another =
                                   input.function == RegisterFunction::kCas &&
                                   state != input.expected};
}

LogModel::Input LogSample::RandomInput(Random& random) {
  constexpr LogFunction kFunctions[] = {
      LogFunction::kAppend, LogFunction::kAppend, LogFunction::kRead,
      LogFunction::kReadAll, LogFunction::kPoll};
  LogModel::Input input = {.key = RandomKey(random),
                           .function = kFunctions[random.Below(5)]};
  if (input.function == LogFunction::kAppend) {
    input.element = RandomElement(random, 3);
  } else if (input.function != LogFunction::kReadAll) {
    input.offset = random.Below(3);
  }
  return input;
}

std::optional<LogModel::Output> LogSample::RightOutput(
    const LogModel::Input& input, const LogModel::State& state,
    Random& random) {
  LogModel::Output output;
  if (input.function == LogFunction::kAppend) {
    if (random.Chance(1, 2)) output.offset = state.size();
    return output;
  }
  const size_t begin = std::min<size_t>(input.offset, state.size());
  size_t size = state.size() - begin;
  if (input.function == LogFunction::kPoll) size = random.Below(size + 1);
  if (input.function == LogFunction::kRead) size = std::min<size_t>(size, 1);
  const auto first = state.begin() + static_cast<ptrdiff_t>(begin);
  output.elements.assign(first, first + static_cast<ptrdiff_t>(size));
  return output;
}

MutexModel::Input MutexSample::RandomInput(Random& random) {
  MutexModel::Input input = {.key = RandomKey(random),
                             .function = random.Chance(1, 2)
                                             ? MutexFunction::kAcquire
                                             : MutexFunction::kRelease};
  if (random.Chance(1, 2)) {
    input.holder = Element::String(random.Chance(1, 3) ? "a" : "b");
  }
  return input;
}

std::optional<MutexModel::Output> MutexSample::RightOutput(
    const MutexModel::Input& input, const MutexModel::State& state, Random&) {
  MutexModel::State after = state;
  if (!MutexModel::Step(input, nullptr, after)) return std::nullopt;
  return MutexModel::Output();
}

FencedLeaseModel::Input FencedLeaseSample::RandomInput(Random& random) {
  constexpr LeaseFunction kFunctions[] = {
      LeaseFunction::kAcquire, LeaseFunction::kAcquire, LeaseFunction::kRenew,
      LeaseFunction::kUse, LeaseFunction::kRelease};
  FencedLeaseModel::Input input = {.key = RandomKey(random),
                                   .function = kFunctions[random.Below(5)]};
  if (input.function == LeaseFunction::kAcquire) {
    input.argument = Element::String("a");
  } else {
    input.token = 1 + static_cast<int64_t>(random.Below(4));
  }
  return input;
}

std::optional<FencedLeaseModel::Output> FencedLeaseSample::RightOutput(
    const FencedLeaseModel::Input& input, const FencedLeaseModel::State& state,
    Random& random) {
  const int64_t last = state.value_or(0);
  FencedLeaseModel::Output output;
  const bool is_grant = input.function == LeaseFunction::kAcquire;
  output.is_refused = random.Chance(1, 6) || (!is_grant && input.token < last);
  if (is_grant && !output.is_refused) {
    output.token = last + 1 + static_cast<int64_t>(random.Below(2));
  }
  return output;
}

UniqueIdsModel::Input UniqueIdsSample::RandomInput(Random& random) {
  return {.key = RandomKey(random)};
}

std::optional<UniqueIdsModel::Output> UniqueIdsSample::RightOutput(
    const UniqueIdsModel::Input&, const UniqueIdsModel::State& state,
    Random& random) {
  constexpr uint64_t kIdentifiers = 14;
  Element identifier = RandomElement(random, kIdentifiers);
  while (std::binary_search(state.begin(), state.end(), identifier)) {
    identifier = RandomElement(random, kIdentifiers);
  }
  return UniqueIdsModel::Output{.identifier = identifier};
}

}  // namespace reprise::checker
