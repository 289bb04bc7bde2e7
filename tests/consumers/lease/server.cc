#include "lease/server.h"

#include <algorithm>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace lease {
namespace {

using reprise::Bytes;
using reprise::Env;
using reprise::Reached;
using reprise::Sometimes;
using reprise::operator""_mark;

// Serves `method`, whose requests are a token, by `answer(token)`.
template <typename Answer>
void ServeToken(Env& env, const char* method, Answer answer) {
  env.network().Serve(
      method,
      [answer](reprise::NodeId, Bytes request) -> absl::StatusOr<Bytes> {
        int64_t token = 0;
        if (absl::SimpleAtoi(request, &token)) return answer(token);
        return absl::InvalidArgumentError("found no token");
      });
}

class Server {
 public:
  Server(Env& env, const Rules& rules) : env_(env), rules_(rules) {}

  void Run() {
    Recover();
    ServeToken(env_, "acquire", [this](int64_t t) { return Acquire(t); });
    ServeToken(env_, "extend", [this](int64_t t) { return Extend(t); });
    ServeToken(env_, "release", [this](int64_t t) { return Release(t); });
    env_.tasks().WaitUntilStopped();
  }

 private:
  reprise::VirtualTime Now() const { return rules_.time_of(env_.clock()); }

  // A disk that cannot be read now may be later.
  void Recover() {
    absl::StatusOr<int64_t> token = rules_.kept(env_.disk());
    while (!token.ok() && !absl::IsCancelled(token.status())) {
      env_.clock().SleepFor(reprise::Milliseconds(10));
      token = rules_.kept(env_.disk());
    }
    if (!token.ok() || *token == 0) return;
    Reached("lease.restart.with-a-grant"_mark);
    grant_ = {.token = *token, .expires = Now() + rules_.lease_at_start};
    env_.Log(reprise::LogLevel::kInfo, "goes on", {{"token", *token}});
  }

  absl::StatusOr<Bytes> Acquire(int64_t token) {
    reprise::MutexLock lock(mutex_);
    const bool is_held = Now() < grant_.expires;
    Sometimes(token > grant_.token && is_held, "lease.server.held"_mark);
    if (token > grant_.token && !is_held) {
      Reached("lease.server.granted"_mark);
      absl::Status status = rules_.keep(env_.disk(), token);
      if (!status.ok()) return status;
      grant_ = {.token = token, .expires = Now() + kLease};
      env_.Log(reprise::LogLevel::kInfo, "grants", {{"token", token}});
    }
    return absl::StrCat(grant_.token);
  }

  absl::StatusOr<Bytes> Extend(int64_t token) {
    reprise::MutexLock lock(mutex_);
    const reprise::VirtualTime now = Now();
    const bool is_lost = token != grant_.token || now >= grant_.expires;
    Sometimes(is_lost, "lease.server.asked-to-extend-a-lost-lease"_mark);
    Sometimes(token != grant_.token, "lease.server.asked-to-extend-old"_mark);
    if (!rules_.may_extend(grant_, token, now)) return Bytes("no");
    Reached("lease.server.extended"_mark);
    grant_.expires = now + kLease;
    return Bytes("yes");
  }

  absl::StatusOr<Bytes> Release(int64_t token) {
    reprise::MutexLock lock(mutex_);
    if (token == grant_.token) grant_.expires = Now();
    return Bytes("yes");
  }

  Env& env_;
  const Rules& rules_;
  // Held from looking at the grant to changing it: the disk takes its time.
  reprise::Mutex mutex_{"grant"};
  Grant grant_;
};

}  // namespace

void RunServer(Env& env, const Rules& rules) { Server(env, rules).Run(); }

void RunStore(Env& env, const Rules& rules) {
  int64_t greatest = 0;
  ServeToken(env, "use", [&](int64_t token) -> absl::StatusOr<Bytes> {
    Sometimes(token < greatest, "lease.store.old-token"_mark);
    if (token < greatest && !rules.accepts_old_tokens) return Bytes("no");
    greatest = std::max(greatest, token);
    return Bytes("yes");
  });
  env.tasks().WaitUntilStopped();
}

}  // namespace lease
