// MembershipHistory: which membership the log has where.
//
//   MembershipHistory history(snapshot.last.index, snapshot.membership);
//   history.Add(7, membership);  // The entry at 7 changes it.
//   history.At(6);               // The one before.
//
// It holds few changes, as each waits for the one before it to be committed,
// and those that are dropped from the log are forgotten.

#ifndef REPRISE_KV_RAFT_MEMBERSHIP_HISTORY_H_
#define REPRISE_KV_RAFT_MEMBERSHIP_HISTORY_H_

#include <vector>

#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/types.h"

namespace reprise::kv::raft {

class MembershipHistory {
 public:
  struct Change {
    Index index = 0;
    Membership membership = {};  // From the entry at `index` on.
  };

  // It begins with `membership`, as of the entry at `start`.
  MembershipHistory(Index start, Membership membership);

  // Requires an index behind last().index.
  void Add(Index index, Membership membership);
  const Change& last() const { return changes_.back(); }
  // The last change up to `index`; the first one that is known where that is
  // forgotten.
  const Change& At(Index index) const;

  // Forgets the changes at `index` and behind it, but the first one.
  void ForgetFrom(Index index);
  // Forgets those before the one that At(index) is.
  void ForgetBefore(Index index);
  // Puts `membership`, as of `start`, in the place of all up to there.
  void BeginAt(Index start, Membership membership);

 private:
  std::vector<Change> changes_;  // By index; never empty.
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_MEMBERSHIP_HISTORY_H_
