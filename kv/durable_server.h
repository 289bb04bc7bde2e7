// DurableServer: the key/value server as the program of one node, with a state
// that survives the node's crashes.
//
// It executes a request in memory, writes what it changed to a log, and replies
// when that is durable (journal.h). A Get or a repeated request may see what
// another request changed a moment before, so that its reply, too, waits until
// all that it saw is durable. When the server boots, it reads the checkpoint,
// executes the log's requests again, and begins with a checkpoint of its own.
//
// Guarantees: as Server, across crashes at any point: each Put and Append takes
// effect once, a client is still owed its old value, and what a reply has told
// is never forgotten. Gets are not logged: after a crash the server may
// remember an old value that a later Get of its client had released.
//
// Errors of the disk: where it fails to write, or is full, the request fails as
// the disk did, may take effect later, and must be sent again; the next request
// tries another checkpoint. Where it has damaged what was durable, the server
// does not start.
//
//   node.OnBoot([](Env& env) {
//     absl::Status status = kv::DurableServer(env).Run();
//   });

#ifndef REPRISE_KV_DURABLE_SERVER_H_
#define REPRISE_KV_DURABLE_SERVER_H_

#include <memory>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/duplicate_table.h"
#include "reprise/kv/service.h"
#include "reprise/kv/storage/journal.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/env/env.h"

namespace reprise::kv {

class DurableServer {
 public:
  explicit DurableServer(Env& env,
                         std::unique_ptr<DuplicateTable> duplicates =
                             std::make_unique<LastRequestTable>(),
                         const JournalOptions& options = {});

  // Recovers, then serves until the node stops. Call once. Returns what keeps
  // it from recovering: DataLoss where the disk's files are damaged or cannot
  // be read.
  absl::Status Run();

 private:
  absl::Status Recover();
  absl::Status Redo(std::string_view message);
  absl::StatusOr<Bytes> Handle(std::string_view message);

  Env& env_;
  JournalOptions options_;
  Service service_;
  std::optional<Journal> journal_;  // Once recovered.
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_DURABLE_SERVER_H_
