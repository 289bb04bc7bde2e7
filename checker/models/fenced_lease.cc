#include "reprise/checker/models/fenced_lease.h"

#include <algorithm>
#include <compare>
#include <vector>

#include "absl/status/status.h"
#include "reprise/checker/models/call_parts.h"
#include "reprise/checker/models/intervals.h"

namespace reprise::checker {
namespace {

using enum LeaseFunction;

constexpr FunctionName<LeaseFunction> kFunctions[] = {
    {"acquire", kAcquire}, {"lock", kAcquire},    {"renew", kRenew},
    {"extend", kRenew},    {"use", kUse},         {"write", kUse},
    {"check", kUse},       {"release", kRelease}, {"unlock", kRelease}};
constexpr std::span<const FunctionName<LeaseFunction>> kNames = kFunctions;

// The token that a value is or names.
bool AsToken(const EdnValue& value, int64_t& token) {
  if (value.AsInt64(token)) return true;
  if (value.kind != EdnValue::Kind::kMap) return false;
  for (size_t i = 0; i + 1 < value.elements.size(); i += 2) {
    if (IsSame(value.elements[i], EdnValue::Keyword("token"))) {
      return value.elements[i + 1].AsInt64(token);
    }
  }
  return false;
}

bool IsRefusal(const EdnValue& answer) {
  return SaysNo(answer) || IsSame(answer, EdnValue::Keyword("refused")) ||
         IsSame(answer, EdnValue::Keyword("expired")) ||
         IsSame(answer, EdnValue::Keyword("stale"));
}

// An operation that was granted or accepted. In a right order these ascend: by
// token, and with the grant of a token in front.
struct Accepted {
  int64_t token;
  bool is_use;  // no grant
  OperationId id;
  Interval interval;

  friend std::weak_ordering operator<=>(const Accepted& a, const Accepted& b) {
    const std::weak_ordering order = a.token <=> b.token;
    return order != 0 ? order : a.is_use <=> b.is_use;
  }
};

std::vector<Accepted> AcceptedOf(const ModelHistory<FencedLeaseModel>& history,
                                 std::span<const OperationId> ids,
                                 EventIndex end) {
  std::vector<Accepted> accepted;
  for (const OperationId id : ids) {
    const auto& called = history[id];
    if (!called.output || called.ret >= end ||
        FencedLeaseModel::IsReadOnly(called.input, &*called.output)) {
      continue;
    }
    const bool is_grant = called.input.function == kAcquire;
    accepted.push_back(
        {.token = is_grant ? called.output->token : called.input.token,
         .is_use = !is_grant,
         .id = id,
         .interval = {called.client, called.call, called.ret}});
  }
  return accepted;
}

// Two grants of one token, or nothing.
std::vector<OperationId> FindGrantedTwice(std::vector<Accepted> accepted) {
  std::erase_if(accepted, [](const Accepted& each) { return each.is_use; });
  std::stable_sort(
      accepted.begin(), accepted.end(),
      [](const Accepted& a, const Accepted& b) { return (a <=> b) < 0; });
  for (size_t i = 1; i < accepted.size(); ++i) {
    if (accepted[i - 1].token == accepted[i].token) {
      return {accepted[i - 1].id, accepted[i].id};
    }
  }
  return {};
}

// An operation with one that returned before its call and has to come after it,
// or nothing. `accepted` ascend by call.
//
// If there are none, an order exists: of a circle of steps "must come before"
// and "returned before the call of", take an operation that must come last; the
// circle goes on from there by steps of the second kind until one leads to an
// operation that must come before, and those two are such a pair.
std::vector<OperationId> FindOvertaken(const std::vector<Accepted>& accepted) {
  std::vector<const Accepted*> returns;
  for (const Accepted& each : accepted) returns.push_back(&each);
  std::sort(returns.begin(), returns.end(),
            [](const Accepted* a, const Accepted* b) {
              return a->interval.ret < b->interval.ret;
            });
  const Accepted* last = nullptr;  // of those that returned
  size_t returned = 0;
  for (const Accepted& each : accepted) {
    for (; returned < returns.size() &&
           returns[returned]->interval.ret < each.interval.call;
         ++returned) {
      if (last == nullptr || (*last <=> *returns[returned]) < 0) {
        last = returns[returned];
      }
    }
    if (last != nullptr && (each <=> *last) < 0) {
      return {std::min(last->id, each.id), std::max(last->id, each.id)};
    }
  }
  return {};
}

}  // namespace

bool FencedLeaseModel::Step(const Input& input, const Output* output,
                            State& state) {
  if (IsReadOnly(input, output)) return true;
  const bool is_grant = input.function == kAcquire;
  const int64_t token = is_grant ? output->token : input.token;
  if (state && (is_grant ? token <= *state : token < *state)) return false;
  state = token;
  return true;
}

Call FencedLeaseModel::Print(const Input& input) {
  const bool is_plain = input.argument.IsNil() && input.function != kAcquire;
  return {.function = NameOf(input.function, kNames),
          .key = input.key,
          .argument = is_plain ? EdnValue::Integer(input.token)
                               : input.argument.ToValue()};
}

EdnValue FencedLeaseModel::PrintOutput(const Input& input,
                                       const Output& output) {
  if (output.is_refused) return EdnValue::Boolean(false);
  return input.function == kAcquire ? EdnValue::Integer(output.token)
                                    : EdnValue::Boolean(true);
}

absl::StatusOr<FencedLeaseModel::Input> FencedLeaseModel::Parse(
    const Call& call) {
  const absl::StatusOr<LeaseFunction> function = FunctionOf(call, kNames);
  if (!function.ok()) return function.status();
  const EdnValue& argument = call.argument;
  Input input = {.key = call.key,
                 .function = *function,
                 .token = 0,
                 .argument = Element(argument)};
  if (*function == kAcquire) return input;
  if (argument.kind == EdnValue::Kind::kInteger &&
      AsToken(argument, input.token)) {
    input.argument = Element();
    return input;
  }
  const bool is_vector =
      argument.kind == EdnValue::Kind::kVector && !argument.elements.empty();
  if (AsToken(is_vector ? argument.elements[0] : argument, input.token)) {
    return input;
  }
  return UnsuitableArgument(call, "a token: an integer of 64 bits");
}

absl::StatusOr<FencedLeaseModel::Output> FencedLeaseModel::ParseOutput(
    const Input& input, const EdnValue& answer) {
  const Call call = Print(input);
  Output output;
  if (input.function != kAcquire) {
    if (SaysOnlyDone(call, answer)) return output;
    output.is_refused = true;
    if (IsRefusal(answer)) return output;
    return UnsuitableAnswer(call, answer, "true, or false: it was refused");
  }
  if (AsToken(answer, output.token)) return output;
  output.is_refused = true;
  if (answer.IsNil() || IsRefusal(answer)) return output;
  return UnsuitableAnswer(call, answer, "a token, or nil: it was refused");
}

absl::StatusOr<FencedLeaseModel::State> FencedLeaseModel::ParseState(
    const EdnValue& value) {
  int64_t token = 0;
  if (value.IsNil()) return State();
  if (AsToken(value, token)) return State(token);
  return absl::InvalidArgumentError("found " + CanonicalText(value) +
                                    ", expected the last token, or nil: none");
}

DirectVerdict FencedLeaseModel::CheckDirectly(
    const ModelHistory<FencedLeaseModel>& history,
    std::span<const OperationId> ids, EventIndex end) {
  const std::vector<Accepted> accepted = AcceptedOf(history, ids, end);
  std::vector<Interval> intervals;
  for (const Accepted& each : accepted) intervals.push_back(each.interval);
  if (HasOwnInstants(intervals)) return {};
  const State initial = history.initial();
  for (const Accepted& each : accepted) {
    State state = initial;
    const auto& called = history[each.id];
    if (!Step(called.input, &*called.output, state)) {
      return {DirectOutcome::kViolated, {each.id}};
    }
  }
  std::vector<OperationId> conflict = FindGrantedTwice(accepted);
  if (conflict.empty()) conflict = FindOvertaken(accepted);
  if (conflict.empty()) return {DirectOutcome::kHolds, {}};
  return {DirectOutcome::kViolated, std::move(conflict)};
}

}  // namespace reprise::checker
