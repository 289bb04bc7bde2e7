#include "tests/conformance/conformance.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/network.h"

namespace reprise {
namespace {

const char* Reason(RigTrait trait) {
  switch (trait) {
    case RigTrait::kDeliversAll:
      return "needs a network that loses, doubles and delays nothing";
    case RigTrait::kTellsOfLosses:
      return "needs a network that tells of losses at once";
    case RigTrait::kKeepsUnsynced:
      return "needs a disk that keeps in a crash what was not synced";
    case RigTrait::kForgetsUnsynced:
      return "needs a disk that loses in a crash what was not synced";
    case RigTrait::kDiskOutlivesCrash:
      return "needs a crash that does not end the process, and its files";
    case RigTrait::kOneThread:
      return "needs nodes that run in one thread";
  }
  return "";
}

}  // namespace

std::string RigNameOf(const testing::TestParamInfo<RigKind>& info) {
  return info.param.name;
}

std::optional<std::string> ConformanceTest::Lacks(RigTrait trait) const {
  if (rig_->Has(trait)) return std::nullopt;
  return Reason(trait);
}

NodeId ConformanceTest::AddServer(std::string_view name) {
  return rig().AddNode(name, ServeEcho);
}

void ConformanceTest::Run(EnvRig::Program main) {
  const absl::Status status = rig().Run(std::move(main));
  EXPECT_TRUE(status.ok()) << status;
}

void ServeEcho(Env& env) {
  env.network().Serve("echo", [](NodeId, Bytes request) { return request; });
  env.network().Serve("fail", [](NodeId, Bytes) -> absl::StatusOr<Bytes> {
    return absl::NotFoundError("no luck");
  });
  env.network().Serve("never", [&env](NodeId, Bytes request) {
    env.tasks().WaitUntilStopped();
    return request;
  });
  env.tasks().WaitUntilStopped();
}

Bytes Ask(Env& env, NodeId to, std::string_view method, const Bytes& request) {
  const VirtualTime end = env.clock().Now() + kLong;
  while (env.clock().Now() < end) {
    const absl::StatusOr<Bytes> reply = env.network().Call(
        to, method, request, {.deadline = Milliseconds(200)});
    if (reply.ok()) return *reply;
    env.clock().SleepFor(Milliseconds(1));
  }
  ADD_FAILURE() << "no answer to " << method;
  return "no answer";
}

bool WaitUntil(Env& env, const std::function<bool()>& condition) {
  const VirtualTime end = env.clock().Now() + kLong;
  while (!condition() && env.clock().Now() < end) {
    env.clock().SleepFor(Milliseconds(1));
  }
  return condition();
}

std::unique_ptr<File> Create(Env& env, std::string_view name,
                             std::string_view content) {
  absl::StatusOr<std::unique_ptr<File>> file =
      env.disk().Open(name, OpenMode::kCreate);
  EXPECT_TRUE(file.ok()) << file.status();
  EXPECT_TRUE((*file)->Append(content).ok());
  return *std::move(file);
}

std::string ContentOf(Env& env, std::string_view name) {
  const absl::StatusOr<std::unique_ptr<File>> file =
      env.disk().Open(name, OpenMode::kExisting);
  if (!file.ok()) return "(none)";
  const absl::StatusOr<std::string> content = (*file)->Read(0, (*file)->Size());
  return content.ok() ? *content : "(unreadable)";
}

}  // namespace reprise
