// FakeEnv: an Env without a world, for unit tests of code that calls out.
//
// Guarantees: its network answers each call with what `answer` returns, at the
// virtual instant that the call was made unless `answer` moves the clock;
// sleeping moves the clock; tasks run where they are spawned; its disk is a
// FakeDisk; a node that is to run until it stops returns at once.
//
//   FakeEnv env;
//   env.answer = [](const Bytes& request) {
//     return absl::UnavailableError("");
//   };
//   Clerk clerk(env, NodeId(0));

#ifndef REPRISE_KV_TESTING_FAKE_ENV_H_
#define REPRISE_KV_TESTING_FAKE_ENV_H_

#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/testing/fake_disk.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/clock.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/env/random.h"
#include "reprise/sim/env/tasks.h"

namespace reprise::kv {

class FakeEnv final : public Env,
                      private Clock,
                      private Network,
                      private Random,
                      private Tasks {
 public:
  std::function<absl::StatusOr<Bytes>(const Bytes& request)> answer;
  // What was asked of it.
  std::vector<Bytes> requests;
  std::vector<Duration> deadlines;
  std::vector<NodeId> called;  // Of whom.
  VirtualTime now;
  // What was served last; null at first.
  Handler served;
  FakeDisk fake_disk;

  NodeId id() const override { return NodeId(1); }
  std::string_view name() const override { return "fake"; }
  Clock& clock() override { return *this; }
  Network& network() override { return *this; }
  Random& random() override { return *this; }
  Tasks& tasks() override { return *this; }
  Disk& disk() override { return fake_disk; }

 private:
  VirtualTime Now() const override { return now; }
  VirtualTime WallTime() const override { return now; }
  void SleepUntil(VirtualTime wake) override { now = wake; }

  absl::StatusOr<Bytes> Call(NodeId to, std::string_view, Bytes request,
                             const CallOptions& options) override {
    called.push_back(to);
    requests.push_back(std::move(request));
    deadlines.push_back(options.deadline);
    return answer(requests.back());
  }
  CallFuture StartCall(NodeId to, std::string_view method, Bytes request,
                       const CallOptions& options) override {
    return CallFuture::Ended(Call(to, method, std::move(request), options));
  }
  void Send(NodeId, std::string_view, Bytes message) override {
    requests.push_back(std::move(message));
  }
  absl::StatusOr<NodeId> Resolve(std::string_view) override {
    return absl::NotFoundError("the fake network knows no names");
  }
  void Serve(std::string_view, Handler handler) override {
    served = std::move(handler);
  }

  uint64_t Next() override { return stream_.Next(); }

  TaskHandle Spawn(std::string_view, absl::AnyInvocable<void()> body) override {
    body();
    return TaskHandle();
  }
  void WaitUntilStopped() override {}
  void Yield() override {}

  RandomStream stream_{1};
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_TESTING_FAKE_ENV_H_
