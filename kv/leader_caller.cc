#include "reprise/kv/leader_caller.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/fault_site.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv {
namespace {

// Too short for most servers, so that requests and their answers cross.
constexpr Duration kImpatientAttempt = Milliseconds(10);

}  // namespace

LeaderCaller::LeaderCaller(Env& env, std::vector<NodeId> servers,
                           const LeaderCallerOptions& options)
    : env_(env),
      servers_(std::move(servers)),
      options_(options),
      server_(static_cast<size_t>(
          env.random().Uniform(0, static_cast<int64_t>(servers_.size()) - 1))),
      turn_(server_),
      rest_(options.rest_min) {}

absl::StatusOr<Bytes> LeaderCaller::Call(std::string_view method,
                                         const Bytes& request) {
  const VirtualTime end = env_.clock().Now() + options_.deadline;
  while (true) {
    ++attempts_;
    const Duration deadline = FaultSite("kv.leader-caller-impatient")
                                  ? kImpatientAttempt
                                  : options_.attempt;
    absl::StatusOr<Bytes> message = env_.network().Call(
        servers_[server_], method, request, {.deadline = deadline});
    if (absl::IsCancelled(message.status())) return message;
    if (IsFinal(message)) {
      rest_ = options_.rest_min;
      may_follow_ = true;
      return message;
    }
    if (env_.clock().Now() >= end) {
      return absl::DeadlineExceededError("no server that leads has answered");
    }
  }
}

// Where it is not, the next attempt may follow at once.
bool LeaderCaller::IsFinal(const absl::StatusOr<Bytes>& message) {
  const absl::StatusOr<Answer> answer =
      message.ok() ? DecodeAnswer(*message) : message.status();
  Sometimes(!message.ok(), "kv.leader-caller.failed-attempt"_mark);
  if (!answer.ok()) {
    GoToNext();
    Rest();
    return false;
  }
  switch (answer->outcome) {
    case Outcome::kDone:
    case Outcome::kSessionExpired:
    case Outcome::kRefused:
      return true;
    case Outcome::kNotLeader:
      if (!FollowHint(answer->leader)) GoToNext();
      break;
    case Outcome::kUnknown:
      Reached("kv.leader-caller.unknown"_mark);
      (void)FollowHint(answer->leader);
      break;
    case Outcome::kBusy:
      may_follow_ = false;
      break;
  }
  if (!std::exchange(may_follow_, false)) Rest();
  return false;
}

// Hints do not change whose turn it is: two servers that each take the other
// for the leader would keep the clerk between them.
void LeaderCaller::GoToNext() {
  turn_ = (turn_ + 1) % servers_.size();
  server_ = turn_;
  may_follow_ = false;
}

bool LeaderCaller::FollowHint(std::optional<NodeId> leader) {
  if (!leader.has_value() || *leader == servers_[server_]) return false;
  const auto found = std::find(servers_.begin(), servers_.end(), *leader);
  if (found == servers_.end()) return false;
  server_ = static_cast<size_t>(found - servers_.begin());
  return true;
}

void LeaderCaller::Rest() {
  const int64_t most = rest_.nanoseconds();
  env_.clock().SleepFor(Nanoseconds(env_.random().Uniform(most / 2, most)));
  rest_ = std::min(rest_ * 2, options_.rest_max);
  may_follow_ = true;
}

}  // namespace reprise::kv
