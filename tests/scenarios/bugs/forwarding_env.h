// ForwardingEnv, ForwardingClock, ForwardingNetwork and so on: an Env and its
// parts that pass each call on to another one, for planted bugs that change a
// part of it.
//
//   class NoDisk final : public ForwardingEnv {
//    public:
//     using ForwardingEnv::ForwardingEnv;
//     Disk& disk() override { return broken_; }
//     ...
//   };

#ifndef TESTS_SCENARIOS_BUGS_FORWARDING_ENV_H_
#define TESTS_SCENARIOS_BUGS_FORWARDING_ENV_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/call_future.h"
#include "reprise/sim/env/clock.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/log.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/env/random.h"
#include "reprise/sim/env/tasks.h"

namespace reprise {

class ForwardingEnv : public Env {
 public:
  explicit ForwardingEnv(Env& env) : env_(env) {}

  NodeId id() const override { return env_.id(); }
  std::string_view name() const override { return env_.name(); }
  Clock& clock() override { return env_.clock(); }
  Network& network() override { return env_.network(); }
  Random& random() override { return env_.random(); }
  Tasks& tasks() override { return env_.tasks(); }
  Disk& disk() override { return env_.disk(); }
  void Label(TextView label) override { env_.Label(label); }
  void Unlabel(TextView label) override { env_.Unlabel(label); }
  bool IsLogged(LogLevel level) const override { return env_.IsLogged(level); }
  void WriteLog(LogLevel level, std::string_view text,
                LogFields fields) override {
    env_.WriteLog(level, text, fields);
  }

 protected:
  Env& env() { return env_; }

 private:
  Env& env_;
};

class ForwardingClock : public Clock {
 public:
  explicit ForwardingClock(Clock& clock) : clock_(clock) {}

  VirtualTime Now() const override { return clock_.Now(); }
  VirtualTime WallTime() const override { return clock_.WallTime(); }
  void SleepUntil(VirtualTime wake) override { clock_.SleepUntil(wake); }

 private:
  Clock& clock_;
};

class ForwardingNetwork : public Network {
 public:
  explicit ForwardingNetwork(Network& network) : network_(network) {}

  absl::StatusOr<Bytes> Call(NodeId to, std::string_view method, Bytes request,
                             const CallOptions& options) override {
    return network_.Call(to, method, std::move(request), options);
  }
  CallFuture StartCall(NodeId to, std::string_view method, Bytes request,
                       const CallOptions& options) override {
    return network_.StartCall(to, method, std::move(request), options);
  }
  void Send(NodeId to, std::string_view method, Bytes message) override {
    network_.Send(to, method, std::move(message));
  }
  void Serve(std::string_view method, Handler handler) override {
    network_.Serve(method, std::move(handler));
  }
  absl::StatusOr<NodeId> Resolve(std::string_view name) override {
    return network_.Resolve(name);
  }

 private:
  Network& network_;
};

class ForwardingTasks : public Tasks {
 public:
  explicit ForwardingTasks(Tasks& tasks) : tasks_(tasks) {}

  TaskHandle Spawn(std::string_view name,
                   absl::AnyInvocable<void()> body) override {
    return tasks_.Spawn(name, std::move(body));
  }
  void WaitUntilStopped() override { tasks_.WaitUntilStopped(); }
  void Yield() override { tasks_.Yield(); }

 private:
  Tasks& tasks_;
};

class ForwardingDisk : public Disk {
 public:
  explicit ForwardingDisk(Disk& disk) : disk_(disk) {}

  absl::StatusOr<std::unique_ptr<File>> Open(std::string_view name,
                                             OpenMode mode) override {
    absl::StatusOr<std::unique_ptr<File>> file = disk_.Open(name, mode);
    if (!file.ok()) return file;
    return Change(name, *std::move(file));
  }
  absl::Status Rename(std::string_view from, std::string_view to) override {
    return disk_.Rename(from, to);
  }
  absl::Status Remove(std::string_view name) override {
    return disk_.Remove(name);
  }
  absl::StatusOr<std::vector<std::string>> List() override {
    return disk_.List();
  }
  absl::Status SyncDirectory() override { return disk_.SyncDirectory(); }

 protected:
  // What is opened in place of the file of that name.
  virtual std::unique_ptr<File> Change(std::string_view,
                                       std::unique_ptr<File> file) {
    return file;
  }

 private:
  Disk& disk_;
};

class ForwardingFile : public File {
 public:
  explicit ForwardingFile(std::unique_ptr<File> file)
      : file_(std::move(file)) {}

  absl::StatusOr<std::string> Read(uint64_t offset, uint64_t length) override {
    return file_->Read(offset, length);
  }
  absl::Status Write(uint64_t offset, std::string_view bytes) override {
    return file_->Write(offset, bytes);
  }
  absl::Status Append(std::string_view bytes) override {
    return file_->Append(bytes);
  }
  absl::Status Truncate(uint64_t size) override {
    return file_->Truncate(size);
  }
  absl::Status Sync() override { return file_->Sync(); }
  uint64_t Size() const override { return file_->Size(); }

 private:
  std::unique_ptr<File> file_;
};

// An Env whose clock, network, tasks or disk is a Changed, made of the right
// one.
template <typename Changed>
class WithClock final : public ForwardingEnv {
 public:
  explicit WithClock(Env& env) : ForwardingEnv(env), changed_(env.clock()) {}
  Clock& clock() override { return changed_; }

 private:
  Changed changed_;
};

template <typename Changed>
class WithNetwork final : public ForwardingEnv {
 public:
  explicit WithNetwork(Env& env)
      : ForwardingEnv(env), changed_(env.network()) {}
  Network& network() override { return changed_; }

 private:
  Changed changed_;
};

template <typename Changed>
class WithTasks final : public ForwardingEnv {
 public:
  explicit WithTasks(Env& env) : ForwardingEnv(env), changed_(env.tasks()) {}
  Tasks& tasks() override { return changed_; }

 private:
  Changed changed_;
};

template <typename Changed>
class WithDisk final : public ForwardingEnv {
 public:
  explicit WithDisk(Env& env) : ForwardingEnv(env), changed_(env.disk()) {}
  Disk& disk() override { return changed_; }

 private:
  Changed changed_;
};

// For lists of bugs.
template <typename ChangedEnv>
std::unique_ptr<Env> MakeEnv(Env& env) {
  return std::make_unique<ChangedEnv>(env);
}

// A disk whose files are each a Changed, which is a ForwardingFile.
template <typename Changed>
class DiskOfFiles final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;

 protected:
  std::unique_ptr<File> Change(std::string_view,
                               std::unique_ptr<File> file) override {
    return std::make_unique<Changed>(std::move(file));
  }
};

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_FORWARDING_ENV_H_
