// SessionTable: what a replicated store remembers of its clients: one session
// for each client (raft/sessions.h), and in it the latest request.
//
// Guarantees: what a client asks for in a session that has expired is
// Age::kUnknown, and must not be executed, because the table cannot tell any
// more whether it was.
//
//   SessionTable sessions(/*sessions_max=*/1000);
//   sessions.Open(index);
//   sessions.Use(request.client, index);
//   sessions.AgeOf(request);

#ifndef REPRISE_KV_SESSION_TABLE_H_
#define REPRISE_KV_SESSION_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "reprise/kv/duplicate_table.h"
#include "reprise/kv/raft/sessions.h"
#include "reprise/kv/store.h"
#include "reprise/kv/wire.h"

namespace reprise::kv {

class SessionTable : public DuplicateTable {
 public:
  // Requires `sessions_max` > 0.
  explicit SessionTable(size_t sessions_max) : sessions_(sessions_max) {}

  // Opens the session `index`, which is greater than all before.
  void Open(uint64_t index) { sessions_.Open(index); }
  // The entry at `index` is a request in `session`; nothing happens where there
  // is no such session.
  void Use(uint64_t session, uint64_t index) { sessions_.Use(session, index); }
  // When it was used last. Visits all sessions in ascending order.
  void ForEachUse(
      absl::FunctionRef<void(uint64_t session, uint64_t index)> visit) const;

  size_t size() const { return sessions_.size(); }

  Age AgeOf(const Request& request) const override;
  void Remember(const Request& request, OldValue old_value) override;
  std::string_view OldValueFor(const Request& request) const override;
  void ForEach(Visitor visit) const override;
  void Restore(uint64_t client, uint64_t sequence, OldValue old_value) override;

 private:
  raft::Sessions<OldValue> sessions_;
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_SESSION_TABLE_H_
