// ReplicatedStore: the key/value store and its sessions as a state machine
// (raft/state_machine.h). It knows nothing of nodes, time or networks.
//
// A command is a Put or an Append as wire.h encodes it, whose client is a
// session, or kOpenSession. What Apply returns is an Answer with the reply of
// wire.h, or with the number of the new session (replicated_wire.h has both).
//
// Guarantees: each request of a session is executed once, however often it is
// in the log; one of a session that has expired, never (session_table.h). A
// malformed command changes nothing.

#ifndef REPRISE_KV_REPLICATED_STORE_H_
#define REPRISE_KV_REPLICATED_STORE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "reprise/kv/raft/state_machine.h"
#include "reprise/kv/service.h"
#include "reprise/kv/session_table.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::kv {

using MakeSessions = std::function<std::unique_ptr<SessionTable>()>;

class ReplicatedStore final : public raft::StateMachine {
 public:
  // `make_sessions` makes an empty table; it is called again for each snapshot
  // that is restored.
  explicit ReplicatedStore(MakeSessions make_sessions);

  Bytes Apply(uint64_t index, std::string_view command) override;
  Bytes Snapshot() const override;
  absl::Status Restore(std::string_view snapshot) override;

  // The reply to a Get.
  Bytes Read(const Request& request) const { return service_->Read(request); }
  const SessionTable& sessions() const { return *sessions_; }

 private:
  void Clear();

  MakeSessions make_sessions_;
  std::optional<Service> service_;    // Always there.
  SessionTable* sessions_ = nullptr;  // Of the service.
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_REPLICATED_STORE_H_
