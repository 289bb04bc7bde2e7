// Which acknowledged writes of a contradiction are gone: for the text of a
// finding.
//
//   std::string text = LostWrites(history, verdict.contradiction);
//   // "client 3's Append("17.") was acknowledged and is in no later value"

#ifndef TESTS_REAL_LOST_WRITES_H_
#define TESTS_REAL_LOST_WRITES_H_

#include <string>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"

namespace reprise {

// Of the writes that `contradiction` names, those that were answered and that
// no operation which was called afterwards has seen, though some saw a value of
// the key; "" for none. Requires that each write has another value, which ends
// with a dot and has no other one, as those of `kv load` are.
std::string LostWrites(const checker::History& history,
                       const checker::Contradiction& contradiction);

}  // namespace reprise

#endif  // TESTS_REAL_LOST_WRITES_H_
