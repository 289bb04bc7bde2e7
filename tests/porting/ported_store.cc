#include "tests/porting/ported_store.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/env/thread.h"
#include "tests/porting/records.h"

namespace porting {
namespace {

using std::chrono_literals::operator""ms;

constexpr size_t kFullBatch = 16;

}  // namespace

absl::Status Store::Open(const std::string& path) {
  auto log = env_.disk().Open(path, reprise::OpenMode::kCreate);
  if (!log.ok()) return log.status();
  log_ = *std::move(log);
  const absl::StatusOr<std::string> content = log_->Read(0, log_->Size());
  if (!content.ok()) return content.status();
  Recovered recovered = Recover(*content);
  values_ = std::move(recovered.values);
  absl::Status status = log_->Truncate(recovered.valid_bytes);
  if (status.ok()) status = log_->Sync();
  if (status.ok()) status = env_.disk().SyncDirectory();
  if (!status.ok()) return status;
  writer_ =
      reprise::Thread(env_, [this](std::stop_token stop) { WriteLog(stop); });
  writer_.task().MoveToBackground();
  return status;
}

void Store::Set(const std::string& key, const std::string& value) {
  std::unique_lock lock(mutex_);
  pending_.emplace_back(key, value);
  const uint64_t number = ++accepted_;
  work_.notify_one();
  durable_.wait(lock, [&] { return written_ >= number; });
}

std::optional<std::string> Store::Get(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = values_.find(key);
  if (found == values_.end()) return std::nullopt;
  return found->second;
}

// Many requests share one sync.
void Store::WriteLog(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  while (work_.wait(lock, stop, [&] { return !pending_.empty(); })) {
    work_.wait_for(lock, 2ms, [&] { return pending_.size() >= kFullBatch; });
    const auto batch = std::exchange(pending_, {});
    const uint64_t last = accepted_;
    lock.unlock();
    std::string bytes;
    for (const auto& [key, value] : batch) bytes += RecordOf(key, value);
    if (!Keep(bytes).ok()) return;  // A log that failed is not trusted again.
    lock.lock();
    for (const auto& [key, value] : batch) values_[key] = value;
    written_ = last;
    durable_.notify_all();
  }
}

absl::Status Store::Keep(const std::string& bytes) {
  const absl::Status status = log_->Append(bytes);
  if (!status.ok() || syncs_ == Syncs::kNever) return status;
  return log_->Sync();
}

std::string Answer(Store& store, const std::string& line) {
  const Request request = ParseRequest(line);
  if (request.verb == "SET") {
    store.Set(request.key, request.value);
    return "OK";
  }
  return store.Get(request.key).value_or("NONE");
}

void Serve(reprise::Env& env, Syncs syncs) {
  Store store(env, syncs);
  if (!store.Open("store.log").ok()) return;
  env.network().Serve("store", [&](reprise::NodeId, reprise::Bytes request) {
    return Answer(store, request);
  });
  env.tasks().WaitUntilStopped();
}

}  // namespace porting
