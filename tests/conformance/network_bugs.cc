#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/call_future.h"
#include "reprise/sim/env/network.h"
#include "tests/conformance/planted_bug.h"
#include "tests/scenarios/bugs/forwarding_env.h"

namespace reprise {
namespace {

class DeadlineIsIgnored final : public ForwardingNetwork {
 public:
  using ForwardingNetwork::ForwardingNetwork;
  absl::StatusOr<Bytes> Call(NodeId to, std::string_view method, Bytes request,
                             const CallOptions&) override {
    return ForwardingNetwork::Call(to, method, std::move(request), {});
  }
};

class DeadlineComesEarly final : public ForwardingNetwork {
 public:
  using ForwardingNetwork::ForwardingNetwork;
  absl::StatusOr<Bytes> Call(NodeId to, std::string_view method, Bytes request,
                             const CallOptions& options) override {
    return ForwardingNetwork::Call(
        to, method, std::move(request),
        {.deadline = options.deadline - Milliseconds(1)});
  }
};

class ReplyOfAnotherCall final : public ForwardingNetwork {
 public:
  using ForwardingNetwork::ForwardingNetwork;
  absl::StatusOr<Bytes> Call(NodeId to, std::string_view method, Bytes request,
                             const CallOptions& options) override {
    absl::StatusOr<Bytes> reply =
        ForwardingNetwork::Call(to, method, std::move(request), options);
    if (reply.ok()) std::swap(*reply, last_);
    return reply;
  }

 private:
  Bytes last_;
};

// Changes what a call that failed is said to be.
template <absl::StatusCode kFrom, absl::StatusCode kTo>
class ErrorBecomes final : public ForwardingNetwork {
 public:
  using ForwardingNetwork::ForwardingNetwork;
  absl::StatusOr<Bytes> Call(NodeId to, std::string_view method, Bytes request,
                             const CallOptions& options) override {
    absl::StatusOr<Bytes> reply =
        ForwardingNetwork::Call(to, method, std::move(request), options);
    if (reply.status().code() != kFrom) return reply;
    if (kTo == absl::StatusCode::kOk) return Bytes();
    return absl::Status(kTo, reply.status().message());
  }
};

class StartCallWaits final : public ForwardingNetwork {
 public:
  using ForwardingNetwork::ForwardingNetwork;
  CallFuture StartCall(NodeId to, std::string_view method, Bytes request,
                       const CallOptions& options) override {
    return CallFuture::Ended(Call(to, method, std::move(request), options));
  }
};

class SendWaits final : public ForwardingNetwork {
 public:
  using ForwardingNetwork::ForwardingNetwork;
  void Send(NodeId to, std::string_view method, Bytes message) override {
    (void)Call(to, method, std::move(message), {});
  }
};

class ResolveIsOffByOne final : public ForwardingNetwork {
 public:
  using ForwardingNetwork::ForwardingNetwork;
  absl::StatusOr<NodeId> Resolve(std::string_view name) override {
    const absl::StatusOr<NodeId> id = ForwardingNetwork::Resolve(name);
    if (!id.ok()) return id;
    return NodeId(id->value() + 1);
  }
};

}  // namespace

std::vector<PlantedBug> BugsOfNetworks() {
  using absl::StatusCode;
  return {
      {"DeadlineIsIgnored",
       "NetworkTest.ACallWithoutAReplyFailsWhenItsDeadlineHasPassed",
       MakeEnv<WithNetwork<DeadlineIsIgnored>>},
      {"DeadlineComesEarly",
       "NetworkTest.ACallWithoutAReplyFailsWhenItsDeadlineHasPassed",
       MakeEnv<WithNetwork<DeadlineComesEarly>>},
      {"ReplyOfAnotherCall", "NetworkTest.RepliesBelongToTheirCalls",
       MakeEnv<WithNetwork<ReplyOfAnotherCall>>},
      {"ErrorsLoseTheirCode",
       "NetworkTest.AnErrorOfTheHandlerIsTheResultOfTheCall",
       MakeEnv<WithNetwork<
           ErrorBecomes<StatusCode::kNotFound, StatusCode::kUnknown>>>},
      {"WhatIsNotServedIsUnavailable",
       "NetworkTest.WhatNothingServesIsUnimplemented",
       MakeEnv<WithNetwork<ErrorBecomes<StatusCode::kUnimplemented,
                                        StatusCode::kUnavailable>>>},
      {"AnswersWhileItUnwinds",
       "StopTest.CallsAndLookupsAnswerCancelledAndSendDoesNothing",
       MakeEnv<
           WithNetwork<ErrorBecomes<StatusCode::kCancelled, StatusCode::kOk>>>},
      {"StartCallWaits", "CallFutureTest.StartCallGoesOnAtOnce",
       MakeEnv<WithNetwork<StartCallWaits>>},
      {"SendWaits", "NetworkTest.ASentMessageArrivesAndTheSenderGoesOnAtOnce",
       MakeEnv<WithNetwork<SendWaits>>},
      {"ResolveIsOffByOne",
       "NetworkTest.ResolveFindsANodeByItsNameAndNotFoundOtherwise",
       MakeEnv<WithNetwork<ResolveIsOffByOne>>},
  };
}

}  // namespace reprise
