// RealNode: one node of a real network, with its tasks and its Env.
//
//   absl::StatusOr<RealNode*> server = world.AddNode(
//       {.name = "server", .listen = "127.0.0.1:7000", .folder = "data"});
//   (*server)->OnBoot([](Env& env) { kv::DurableServer(env).Run(); });

#ifndef REPRISE_SIM_REAL_REAL_NODE_H_
#define REPRISE_SIM_REAL_REAL_NODE_H_

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/event_loop.h"
#include "reprise/sim/real/limits.h"
#include "reprise/sim/real/log_writer.h"
#include "reprise/sim/real/real_member.h"
#include "reprise/text/text_view.h"

namespace reprise {

struct RealNodeOptions {
  std::string name;
  // Every node that has an address, in an order on which all nodes agree: a
  // member's NodeId is its place in the list.
  std::vector<RealMember> members = {};
  // Where others may call it; port 0: one that the system chooses. None: at its
  // address as a member, and nowhere where it is none.
  std::optional<Address> listen = {};
  // Where its disk keeps its files; made where its parent exists. Empty: its
  // program uses no disk.
  std::filesystem::path folder = {};
  // Keeps in memory what is not synced, so that the end of the process loses it
  // as a power cut would (sim/real/unsynced_disk.h). For tests of recovery.
  bool forgets_unsynced = false;
  RealLimits limits = {};
  // Takes the lines of Env::Log and of the network; null: nobody does. It must
  // outlive the node.
  LogWriter* log = nullptr;
};

class RealNetwork;

class RealNode {
 public:
  // Errors: as Listener::Listen, RealDisk::Open and UnsyncedDisk::Open; the
  // message names the address or the folder that cannot be had.
  static absl::StatusOr<std::unique_ptr<RealNode>> Open(
      EventLoop& loop, const RealNodeOptions& options);
  ~RealNode();
  RealNode(const RealNode&) = delete;
  RealNode& operator=(const RealNode&) = delete;

  NodeId id() const;
  std::string_view name() const { return tasks_.name(); }
  // Where it listens; none: nowhere.
  std::optional<Address> address() const;
  Env& env();

  // `boot` is the node's program: it runs as a task, now.
  void OnBoot(std::function<void(Env&)> boot);
  // Runs `body` as one more task of the node.
  TaskHandle Spawn(TextView task_name, absl::AnyInvocable<void(Env&)> body);

  // Whether its tasks have ended and it serves nothing.
  bool IsDone() const;
  // See RealWorld::Stop.
  void Drain();
  bool IsDrained() const;
  // Unwinds its tasks, ends its calls and closes its connections and files.
  void End();

 private:
  class RealEnv;

  RealNode(EventLoop& loop, const RealNodeOptions& options);
  absl::Status OpenDisk(const RealNodeOptions& options);

  EventLoop& loop_;
  TaskGroup tasks_;
  LogWriter* const log_;
  std::unique_ptr<Disk> disk_;  // Null: no folder.
  std::unique_ptr<RealNetwork> network_;
  std::unique_ptr<RealEnv> env_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_REAL_NODE_H_
