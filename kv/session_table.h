// SessionTable: what a replicated store remembers of its clients: one session
// for each client, and in it the latest request.
//
// A session is opened by an entry of the log, and the index of that entry is
// its number. Where there are too many of them, the one whose requests lie back
// furthest in the log expires: a decision by the log alone, so that it is the
// same on all servers (Ongaro, "Consensus: Bridging Theory and Practice", 2014,
// section 6.3).
//
// Guarantees: a session that has expired never comes back, because indices
// grow; what a client asks for in it is Age::kUnknown, and must not be
// executed, because the table cannot tell any more whether it was. Finding a
// session takes logarithmic time, opening one takes linear time where another
// expires.
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
#include <vector>

#include "absl/functional/function_ref.h"
#include "reprise/kv/duplicate_table.h"
#include "reprise/kv/store.h"
#include "reprise/kv/wire.h"

namespace reprise::kv {

class SessionTable : public DuplicateTable {
 public:
  // Requires `sessions_max` > 0.
  explicit SessionTable(size_t sessions_max) : sessions_max_(sessions_max) {}

  // Opens the session `index`, which is greater than all before.
  void Open(uint64_t index);
  // The entry at `index` is a request in `session`; nothing happens where there
  // is no such session.
  void Use(uint64_t session, uint64_t index);
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
  struct Session {
    uint64_t number = 0;
    uint64_t last_used = 0;  // The index of an entry.
    uint64_t sequence = 0;   // 0: no request yet.
    OldValue old_value = {};
  };

  const Session* Find(uint64_t number) const;
  Session* Find(uint64_t number);
  void ExpireOne();

  size_t sessions_max_;
  std::vector<Session> sessions_;  // By number.
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_SESSION_TABLE_H_
