// Sessions: what a state machine remembers of its clients, so that what they
// send again is executed once: one session for each client, and in it the
// number of the latest request and its answer.
//
// A session is opened by an entry of the log, and the index of that entry is
// its number. Where there are too many of them, the one whose requests lie back
// furthest in the log expires: a decision by the log alone, so that it is the
// same on all servers (Ongaro, "Consensus: Bridging Theory and Practice", 2014,
// section 6.3).
//
// Guarantees: a session that has expired never comes back, because indices
// grow; what a client asks for in it must not be executed, because nobody can
// tell any more whether it was. Finding a session takes logarithmic time,
// opening one takes linear time where another expires.
//
//   Sessions<Bytes> sessions(/*sessions_max=*/1000);
//   sessions.Open(index);
//   Sessions<Bytes>::Session* session = sessions.Use(number, index);
//   if (session == nullptr) ...                      // It has expired.
//   if (session->sequence == request.sequence) ...   // session->answer

#ifndef REPRISE_KV_RAFT_SESSIONS_H_
#define REPRISE_KV_RAFT_SESSIONS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "reprise/sim/core/mark.h"

namespace reprise::kv::raft {

template <typename Answer>
class Sessions {
 public:
  struct Session {
    uint64_t number = 0;
    uint64_t last_used = 0;  // The index of an entry.
    uint64_t sequence = 0;   // 0: no request yet.
    Answer answer = {};      // To the request of that number.
  };

  // Requires `sessions_max` > 0.
  explicit Sessions(size_t sessions_max) : sessions_max_(sessions_max) {}

  // Opens the session `index`, which is greater than all before.
  void Open(uint64_t index) {
    if (sessions_.size() >= sessions_max_) ExpireOne();
    sessions_.push_back({.number = index, .last_used = index});
  }
  // The entry at `index` is a request in the session `number`. Null: there is
  // no such session, or not any more.
  Session* Use(uint64_t number, uint64_t index) {
    Session* const found = Find(number);
    if (found != nullptr) found->last_used = index;
    return found;
  }
  // Null: as above. Valid until the next Open.
  const Session* Find(uint64_t number) const {
    const auto found = std::lower_bound(
        sessions_.begin(), sessions_.end(), number,
        [](const Session& session, uint64_t n) { return session.number < n; });
    return found == sessions_.end() || found->number != number ? nullptr
                                                               : &*found;
  }
  Session* Find(uint64_t number) {
    return const_cast<Session*>(std::as_const(*this).Find(number));
  }

  // Of a snapshot; in ascending order of numbers.
  void Restore(Session session) { sessions_.push_back(std::move(session)); }
  void Clear() { sessions_.clear(); }

  // In ascending order of numbers.
  auto begin() const { return sessions_.begin(); }
  auto end() const { return sessions_.end(); }
  size_t size() const { return sessions_.size(); }

 private:
  void ExpireOne() {
    Reached("kv.session.expired"_mark);
    sessions_.erase(std::min_element(sessions_.begin(), sessions_.end(),
                                     [](const Session& a, const Session& b) {
                                       return a.last_used < b.last_used;
                                     }));
  }

  size_t sessions_max_;
  std::vector<Session> sessions_;  // By number.
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_SESSIONS_H_
