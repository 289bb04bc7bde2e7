#include "tests/scenarios/bugs/clerk_envs.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "tests/scenarios/bugs/forwarding_env.h"

namespace reprise {
namespace {

using Reply = absl::StatusOr<Bytes>;

// `reply` as if it were the answer to `request`.
Reply AnswerTo(const Bytes& request, const Bytes& reply) {
  const absl::StatusOr<kv::Request> asked = kv::DecodeRequest(request);
  const absl::StatusOr<kv::Reply> answer = kv::DecodeReply(reply);
  if (!asked.ok() || !answer.ok()) return absl::InternalError("no message");
  const bool has_value = asked->kind != kv::RequestKind::kPut;
  return kv::EncodeReply({.kind = asked->kind,
                          .sequence = asked->sequence,
                          .value = has_value ? answer->value : ""});
}

// An Env whose calls go another way, and that is `env` in all else.
class CallingEnv : public ForwardingEnv, private Network {
 public:
  using ForwardingEnv::ForwardingEnv;

  Network& network() override { return *this; }

 protected:
  // Sends `changed` in place of `request`, and takes its answer for that to
  // `request`.
  Reply CallChanged(NodeId to, std::string_view method, const Bytes& request,
                    const kv::Request& changed, const CallOptions& options) {
    const Reply reply =
        env().network().Call(to, method, kv::EncodeRequest(changed), options);
    return reply.ok() ? AnswerTo(request, *reply) : reply;
  }

 private:
  CallFuture StartCall(NodeId to, std::string_view method, Bytes request,
                       const CallOptions& options) override {
    return env().network().StartCall(to, method, std::move(request), options);
  }
  void Send(NodeId to, std::string_view method, Bytes message) override {
    env().network().Send(to, method, std::move(message));
  }
  absl::StatusOr<NodeId> Resolve(std::string_view name) override {
    return env().network().Resolve(name);
  }
  void Serve(std::string_view method, Handler handler) override {
    env().network().Serve(method, std::move(handler));
  }
};

// After an operation that ran into a deadline, the next one goes out under the
// same sequence number.
class ReusedSequences final : public CallingEnv {
 public:
  using CallingEnv::CallingEnv;

 private:
  Reply Call(NodeId to, std::string_view method, Bytes request,
             const CallOptions& options) override {
    kv::Request changed = *kv::DecodeRequest(request);
    if (changed.sequence != last_ && timed_out_) {
      ++reused_;
      timed_out_ = false;
    }
    last_ = changed.sequence;
    changed.sequence -= reused_;
    const Reply reply = CallChanged(to, method, request, changed, options);
    if (absl::IsDeadlineExceeded(reply.status())) timed_out_ = true;
    return reply;
  }

  uint64_t last_ = 0;
  uint64_t reused_ = 0;
  bool timed_out_ = false;
};

// Gives up on a reply after 20 ms; one that comes later is taken for the answer
// to whatever is then waited for.
class UnmatchedReplies final : public CallingEnv {
 public:
  using CallingEnv::CallingEnv;

 private:
  struct Awaited {
    Future<Bytes>* reply = nullptr;
  };

  Reply Call(NodeId to, std::string_view method, Bytes request,
             const CallOptions&) override {
    Future<Bytes> reply("any reply");
    awaited_->reply = &reply;
    env().tasks().Spawn(
        "call", [&env = env(), to, method, request, awaited = awaited_] {
          const Reply received = env.network().Call(to, method, request);
          if (!received.ok() || awaited->reply == nullptr) return;
          awaited->reply->Set(*received);
          awaited->reply = nullptr;
        });
    const bool is_set = reply.WaitUntil(env().clock().Now() + Milliseconds(20));
    awaited_->reply = nullptr;
    if (!is_set) return absl::DeadlineExceededError("no reply in time");
    return AnswerTo(request, reply.Get());
  }

  // tidy: allow(shared-ptr) calls under way outlive the clerk
  std::shared_ptr<Awaited> awaited_ = std::make_shared<Awaited>();
};

// Sends each request twice, in case the first is lost.
class DoubledRequests final : public CallingEnv {
 public:
  using CallingEnv::CallingEnv;

 private:
  Reply Call(NodeId to, std::string_view method, Bytes request,
             const CallOptions& options) override {
    env().tasks().Spawn("copy", [&env = env(), to, method, request, options] {
      (void)env.network().Call(to, method, request, options);
    });
    return env().network().Call(to, method, std::move(request), options);
  }
};

// Stops calling after five failures in a row, until a probe succeeds.
class OpenBreaker final : public CallingEnv {
 public:
  using CallingEnv::CallingEnv;

 private:
  Reply Call(NodeId to, std::string_view method, Bytes request,
             const CallOptions& options) override {
    if (failures_ == 5) Future<bool>("a probe of the breaker").Get();
    Reply reply = env().network().Call(to, method, std::move(request), options);
    failures_ = reply.ok() ? 0 : failures_ + 1;
    return reply;
  }

  int failures_ = 0;
};

// Takes it for granted that a request on a connection that broke was not
// executed: what is sent again goes out under a new sequence number.
class RenumberedRetries final : public CallingEnv {
 public:
  using CallingEnv::CallingEnv;

 private:
  Reply Call(NodeId to, std::string_view method, Bytes request,
             const CallOptions& options) override {
    kv::Request changed = *kv::DecodeRequest(request);
    changed.sequence += skipped_;
    const Reply reply = CallChanged(to, method, request, changed, options);
    if (absl::IsUnavailable(reply.status())) ++skipped_;
    return reply;
  }

  uint64_t skipped_ = 0;
};

}  // namespace

std::vector<Bug> ClerkBugs() {
  return {
      {.listing = {.name = "sequence-reused-after-timeout",
                   .about = "a clerk numbers the operation after a deadline "
                            "like the one before",
                   .scenario = "harsh-random-keys",
                   .property = "linearizability",
                   .blamed = {"* LOST", "* UNREACHABLE", "* sends * +??? ms",
                              "* sends * +* s"}},
       .clerk_env = MakeEnv<ReusedSequences>},
      {.listing =
           {.name = "reply-matched-to-wrong-call",
            .about =
                "a clerk takes a late reply for the answer to its next call",
            .scenario = "lab-random-keys",
            .property = "linearizability",
            .blamed = {"* sends * +2? ms", "* sends * +2?.* ms"}},
       .clerk_env = MakeEnv<UnmatchedReplies>},
      {.listing = {.name = "request-sent-twice",
                   .about = "a clerk sends each request twice",
                   .scenario = "lab-unreliable",
                   .property = "attempts",
                   .blamed = {"the start"}},
       .clerk_env = MakeEnv<DoubledRequests>},
      {.listing = {.name = "breaker-never-closes",
                   .about = "a clerk that met five failures in a row waits for "
                            "a probe that nobody sends",
                   .scenario = "partitioned-clients",
                   .property = "liveness",
                   .blamed = {"the start"}},
       .clerk_env = MakeEnv<OpenBreaker>},
      {.listing = {.name = "reset-taken-for-not-executed",
                   .about = "a clerk whose connection broke sends its request "
                            "again as a new operation",
                   .scenario = "broken-connections",
                   .property = "linearizability",
                   .blamed = {"* RESET *"},
                   .source = "etcd-io/etcd#14890, etcd-io/jetcd#1444"},
       .clerk_env = MakeEnv<RenumberedRetries>},
  };
}

}  // namespace reprise
