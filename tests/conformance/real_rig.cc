#include "tests/conformance/real_rig.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/log_writer.h"
#include "reprise/sim/real/real_node.h"
#include "reprise/sim/real/real_world.h"
#include "reprise/sim/real/testing/temporary_folder.h"

namespace reprise {
namespace {

constexpr std::chrono::seconds kPatience{40};

std::filesystem::path NewFolder() {
  std::filesystem::path folder = TemporaryFolder("rig");
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace

// One node: its address and folder stay, its world and thread come and go.
class RealRig::Host {
 public:
  Host(std::string_view name, Program program, std::filesystem::path folder,
       bool forgets_unsynced)
      : name_(name),
        program_(std::move(program)),
        folder_(std::move(folder)),
        forgets_unsynced_(forgets_unsynced),
        log_(open(LogPath().c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600)) {
    REPRISE_CHECK(log_ >= 0, "cannot write ", LogPath().string());
  }
  ~Host() {
    EndThread();
    close(log_);
  }

  void AddLoggedLines(std::vector<std::string>& lines) const {
    std::ifstream file(LogPath());
    for (std::string line; std::getline(file, line);) lines.push_back(line);
  }

  RealMember AsMember() const { return {name_, {"127.0.0.1", port_.number()}}; }
  const absl::Status& status() const { return status_; }

  // Returns when it can be called.
  void StartThread(const std::vector<RealMember>& members) {
    listens_ = std::promise<void>();
    thread_ = std::thread([this, &members] { RunWorld(members); });
    listens_.get_future().wait();
  }

  // Returns when its tasks have unwound.
  void EndThread() {
    {
      const std::lock_guard lock(mutex_);
      if (world_ != nullptr) world_->Stop();
    }
    if (thread_.joinable()) thread_.join();
  }

 private:
  void RunWorld(const std::vector<RealMember>& members) {
    LogWriter log(log_);
    RealWorld world({.grace = Duration()});
    const absl::StatusOr<RealNode*> node =
        world.AddNode({.name = name_,
                       .members = members,
                       .folder = folder_,
                       .forgets_unsynced = forgets_unsynced_,
                       .log = &log});
    if (node.ok()) (*node)->OnBoot(program_);
    SetWorld(node.ok() ? &world : nullptr);
    listens_.set_value();
    status_.Update(node.ok() ? world.Run() : node.status());
    SetWorld(nullptr);
  }

  std::filesystem::path LogPath() const { return folder_.string() + ".log"; }

  void SetWorld(RealWorld* world) {
    const std::lock_guard lock(mutex_);
    world_ = world;
  }

  const std::string name_;
  const Program program_;
  const std::filesystem::path folder_;
  const bool forgets_unsynced_;
  const int log_;
  const ReservedPort port_;
  std::promise<void> listens_;
  std::thread thread_;
  std::mutex mutex_;
  RealWorld* world_ = nullptr;  // Null: it does not run.
  absl::Status status_;         // To be read when the thread has ended.
};

RealRig::RealRig(const RealRigOptions& options)
    : options_(options), folder_(NewFolder()) {}

RealRig::~RealRig() {
  hosts_.clear();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

bool RealRig::Has(RigTrait trait) const {
  switch (trait) {
    case RigTrait::kDeliversAll:
    case RigTrait::kTellsOfLosses:
      return true;
    case RigTrait::kKeepsUnsynced:
      return !options_.forgets_unsynced;
    case RigTrait::kForgetsUnsynced:
      return options_.forgets_unsynced;
    case RigTrait::kDiskOutlivesCrash:
    case RigTrait::kOneThread:
      return false;
  }
  return false;
}

NodeId RealRig::AddNode(std::string_view name, Program program) {
  const NodeId id(static_cast<uint32_t>(hosts_.size()));
  hosts_.push_back(std::make_unique<Host>(
      name, std::move(program), folder_ / name, options_.forgets_unsynced));
  return id;
}

absl::Status RealRig::Run(Program main) {
  AddNode("main", [this, main = std::move(main)](Env& env) {
    main(env);
    const std::lock_guard lock(mutex_);
    is_main_done_ = true;
    changed_.notify_all();
  });
  members_ = Members();
  for (const auto& host : hosts_) host->StartThread(members_);
  absl::Status status = WaitForMain();
  std::for_each(hosts_.rbegin(), hosts_.rend(), [&](const auto& host) {
    host->EndThread();
    status.Update(host->status());
  });
  return status;
}

absl::Status RealRig::WaitForMain() {
  std::unique_lock lock(mutex_);
  if (changed_.wait_for(lock, kPatience, [&] { return is_main_done_; })) {
    return absl::OkStatus();
  }
  return absl::DeadlineExceededError("main has not ended");
}

std::vector<RealMember> RealRig::Members() const {
  std::vector<RealMember> members;
  for (const auto& host : hosts_) members.push_back(host->AsMember());
  return members;
}

void RealRig::Crash(NodeId node) { hosts_[node.value()]->EndThread(); }

void RealRig::Restart(NodeId node) {
  hosts_[node.value()]->StartThread(members_);
}

std::vector<std::string> RealRig::LoggedLines() const {
  std::vector<std::string> lines;
  for (const auto& host : hosts_) host->AddLoggedLines(lines);
  return lines;
}

}  // namespace reprise
