// A part of a history as a history of its own, in the same event order.
//
//   std::vector<Selected> parts = {{3, Report::kKeep}, {7, Report::kForget}};
//   History part = Subhistory(history, parts);

#ifndef REPRISE_CHECKER_HISTORY_SUBHISTORY_H_
#define REPRISE_CHECKER_HISTORY_SUBHISTORY_H_

#include <span>

#include "reprise/checker/history/history.h"

namespace reprise::checker {

// Whether an Append keeps the old value that it reported. A Get always does.
enum class Report : uint8_t { kKeep, kForget };

struct Selected {
  OperationId id;
  Report report = Report::kKeep;
};

// The selected operations get the ids 0, 1, 2 ... in the order of their old
// ones. Requires ascending ids.
History Subhistory(const History& history, std::span<const Selected> selected);

// All events before `end`: operations called later are left out, and those that
// return later are pending.
History PrefixOf(const History& history, EventIndex end);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_HISTORY_SUBHISTORY_H_
