// A model of a lease as a user may write it: it keeps who holds it, by name,
// and the token of the last grant. It expires unseen.
//
//   CheckModel(AsNamedLease(SimulateLease({})), Budget());

#ifndef REPRISE_CHECKER_TESTING_NAMED_LEASE_H_
#define REPRISE_CHECKER_TESTING_NAMED_LEASE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "reprise/checker/history/hash.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/models/fenced_lease.h"

namespace reprise::checker {

struct NamedLeaseModel {
  struct State {
    std::optional<std::string> holder;
    int64_t token = 0;

    friend bool operator==(const State&, const State&) = default;
  };
  enum class Kind : uint8_t { kAcquire, kUse, kRelease };
  struct Input {
    Kind kind = Kind::kAcquire;
    std::string name;   // who acquires
    int64_t token = 0;  // of the others
  };
  struct Output {
    bool is_refused = false;
    int64_t token = 0;  // that was granted
  };

  static State Init() { return {}; }

  static bool Step(const Input& input, const Output* output, State& state) {
    if (output != nullptr && output->is_refused) {
      return input.kind != Kind::kAcquire || state.holder.has_value();
    }
    if (input.kind == Kind::kAcquire) {
      state = {input.name, state.token + 1};
      return output == nullptr || output->token == state.token;
    }
    const bool is_current = state.holder && input.token == state.token;
    if (is_current && input.kind == Kind::kRelease) state.holder.reset();
    return is_current || output == nullptr;
  }

  static std::string Describe(const Input& input, const Output* output) {
    std::string text = input.kind == Kind::kAcquire ? "acquire(" + input.name
                       : input.kind == Kind::kUse   ? "use("
                                                    : "release(";
    if (input.kind != Kind::kAcquire) text += std::to_string(input.token);
    text += ") = ";
    if (output == nullptr) return text + "?";
    return text +
           (output->is_refused ? "refused" : std::to_string(output->token));
  }

  static bool IsReadOnly(const Input& input, const Output* output) {
    return input.kind == Kind::kUse ||
           (output != nullptr && output->is_refused);
  }
  static uint64_t Hash(const State& state) {
    return HashBytes(state.holder.value_or("")) +
           Mix64(static_cast<uint64_t>(state.token));
  }
};

// The same calls; a renewal is a use.
inline ModelHistory<NamedLeaseModel> AsNamedLease(
    const ModelHistory<FencedLeaseModel>& history) {
  ModelHistory<NamedLeaseModel> named;
  for (const auto& each : history.operations()) {
    NamedLeaseModel::Input input = {.name = "", .token = each.input.token};
    if (each.input.function == LeaseFunction::kAcquire) {
      input.name = std::to_string(each.client);
    } else {
      input.kind = each.input.function == LeaseFunction::kRelease
                       ? NamedLeaseModel::Kind::kRelease
                       : NamedLeaseModel::Kind::kUse;
    }
    std::optional<NamedLeaseModel::Output> output;
    if (each.output) output = {each.output->is_refused, each.output->token};
    named.Add({.client = each.client,
               .input = input,
               .output = output,
               .call = each.call,
               .ret = each.ret});
  }
  return named;
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_NAMED_LEASE_H_
