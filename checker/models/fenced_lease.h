// FencedLeaseModel: leases, each grant of which comes with a token greater than
// all before it, so that whoever held the lease before can be told apart.
//
//   acquire(holder), lock        the token, or refused
//   renew(token), extend         done, or refused
//   use(token), write, check     done, or refused: what the lease guards
//   release(token), unlock       done, or refused
//
// An acquire is refused with nil or false; the others with false. :refused,
// :expired and :stale are refusals, too. A token is an integer of 64 bits, or
// the :token of a map; in an argument it may be the first of a vector, as in
// write([token value]).
//
// When a lease expires no client sees, so that a lease may be granted although
// nobody released it, and whatever is refused says nothing: the service may
// have had its reasons. Nor does a release: it may come too late and be taken
// all the same. What must hold is
// - a token that is granted is greater than all that were granted or accepted
//   before, so that none is granted twice;
// - renew and use are accepted only if no greater token was granted or accepted
//   before.
// A grant that was never answered is as if it had not been: its token may be
// that of nobody. So a service that is right is never called wrong, while two
// bugs are: a token that is granted twice, and an old token that is accepted
// beside a newer one. That two clients hold the lease at one time is seen in
// what they do with it, not here.
//
// The lease and what it guards are one object: its key. Storage that learns of
// a token only when it is used may accept an old one after a newer one was
// granted: give its uses a key of their own, under which nothing is granted.
//
// The first state is the last token that was granted, or nil: none. A history
// of n operations is judged in O(n log n).
//
// Source of the fencing: Gray and Cheriton, "Leases: an efficient
// fault-tolerant mechanism", 1989; Burrows, "The Chubby lock service", 2006,
// section 2.4 (sequencers).

#ifndef REPRISE_CHECKER_MODELS_FENCED_LEASE_H_
#define REPRISE_CHECKER_MODELS_FENCED_LEASE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/checker/history/hash.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/model/direct_verdict.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/models/element.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

enum class LeaseFunction : uint8_t { kAcquire, kRenew, kUse, kRelease };

struct FencedLeaseModel {
  static constexpr bool kTakesVectors = false;

  // The greatest token that was granted or accepted.
  using State = std::optional<int64_t>;
  struct Input {
    std::string key = {};  // "": there is one lease
    LeaseFunction function = LeaseFunction::kAcquire;
    int64_t token = 0;      // of all but an acquire
    Element argument = {};  // as it was called; nil: the token alone
  };
  struct Output {
    bool is_refused = false;
    int64_t token = 0;  // that an acquire was granted
  };

  static State Init() { return std::nullopt; }
  static bool Step(const Input& input, const Output* output, State& state);

  static Call Print(const Input& input);
  static EdnValue PrintOutput(const Input& input, const Output& output);
  static absl::StatusOr<Input> Parse(const Call& call);
  static absl::StatusOr<Output> ParseOutput(const Input& input,
                                            const EdnValue& answer);
  static absl::StatusOr<State> ParseState(const EdnValue& value);

  static const std::string& Partition(const Input& input) { return input.key; }
  static bool IsReadOnly(const Input& input, const Output* output) {
    return output == nullptr || output->is_refused ||
           input.function == LeaseFunction::kRelease;
  }
  static uint64_t Hash(const State& state) {
    return Mix64(static_cast<uint64_t>(state.value_or(INT64_MIN)));
  }

  static DirectVerdict CheckDirectly(
      const ModelHistory<FencedLeaseModel>& history,
      std::span<const OperationId> ids, EventIndex end);
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_FENCED_LEASE_H_
