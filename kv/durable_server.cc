#include "reprise/kv/durable_server.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/storage/checkpoint.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv {

DurableServer::DurableServer(Env& env,
                             std::unique_ptr<DuplicateTable> duplicates,
                             const JournalOptions& options)
    : env_(env), options_(options), service_(std::move(duplicates)) {}

absl::Status DurableServer::Run() {
  const absl::Status status = Recover();
  if (!status.ok()) return status;
  env_.network().Serve(kMethod, [this](NodeId, const Bytes& request) {
    return Handle(request);
  });
  // Should it fail, the first request tries again.
  (void)journal_->Commit();
  env_.tasks().WaitUntilStopped();
  return absl::OkStatus();
}

absl::Status DurableServer::Recover() {
  const absl::StatusOr<SavedState> saved = LoadState(env_.disk());
  if (!saved.ok()) return saved.status();
  if (saved->generation > 0 && !service_.Restore(saved->snapshot).ok()) {
    return absl::DataLossError("the checkpoint holds no snapshot");
  }
  Sometimes(saved->generation > 0, "kv.durable-server.recovered"_mark);
  Sometimes(!saved->log.empty(), "kv.durable-server.redid-its-log"_mark);
  absl::Status status =
      ReplayLog(saved->generation, saved->log,
                [this](std::string_view message) { return Redo(message); });
  if (!status.ok()) return status;
  journal_.emplace(
      env_.disk(), saved->generation, [this] { return service_.Snapshot(); },
      options_);
  return absl::OkStatus();
}

absl::Status DurableServer::Redo(std::string_view message) {
  const uint64_t changes = service_.changes();
  if (service_.Handle(message).ok() && service_.changes() > changes) {
    return absl::OkStatus();
  }
  return absl::DataLossError("the log holds a request that changes nothing");
}

absl::StatusOr<Bytes> DurableServer::Handle(std::string_view message) {
  const uint64_t changes = service_.changes();
  absl::StatusOr<Bytes> reply = service_.Handle(message);
  if (!reply.ok()) return reply;
  if (service_.changes() > changes) journal_->Add(message);
  const absl::Status status = journal_->Commit();
  Sometimes(!status.ok(), "kv.durable-server.kept-a-reply-back"_mark);
  if (!status.ok()) return status;
  return reply;
}

}  // namespace reprise::kv
