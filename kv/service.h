// Service: what a server computes, as a plain function from request bytes to
// reply bytes. It knows nothing of nodes, time or networks.
//
// Guarantees: each Put and Append of a client executes once, however often its
// request comes; a repeated Append answers with the old value of its first
// execution. A malformed or stale request changes nothing.
//
//   Service service;
//   absl::StatusOr<Bytes> reply = service.Handle(EncodeRequest(request));

#ifndef REPRISE_KV_SERVICE_H_
#define REPRISE_KV_SERVICE_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/duplicate_table.h"
#include "reprise/kv/store.h"
#include "reprise/kv/wire.h"

namespace reprise::kv {

class Service {
 public:
  explicit Service(std::unique_ptr<DuplicateTable> duplicates =
                       std::make_unique<LastRequestTable>());

  // Errors: InvalidArgument for a malformed request, FailedPrecondition for a
  // stale one, NotFound for one of a client that the table has forgotten.
  absl::StatusOr<Bytes> Handle(std::string_view message);
  // Answers a Get, and remembers nothing of it.
  Bytes Read(const Request& request) const;

  // How many Puts and Appends it has executed.
  uint64_t changes() const { return changes_; }

  // All that it remembers, see snapshot.h.
  Bytes Snapshot() const;
  // Gives a new service the state that `snapshot` was taken of. Errors:
  // InvalidArgument for what is no snapshot; then the service must not be used.
  absl::Status Restore(std::string_view snapshot);

 private:
  Bytes HandleGet(const Request& request, Age age);
  Bytes HandlePut(const Request& request, Age age);
  Bytes HandleAppend(const Request& request, Age age);

  Store store_;
  // Refers to the store's versions.
  std::unique_ptr<DuplicateTable> duplicates_;
  uint64_t changes_ = 0;
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_SERVICE_H_
