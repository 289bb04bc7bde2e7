// Which writes somebody may have observed.

#ifndef REPRISE_CHECKER_KEY_VALUE_OBSERVED_H_
#define REPRISE_CHECKER_KEY_VALUE_OBSERVED_H_

#include <span>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_operations.h"

namespace reprise::checker {

// Whether the answer of `reader` may depend on `write` having taken effect: its
// output begins with a Put's value or contains an Append's; a Cas expects the
// value, or failed, which any value may have caused.
bool MayObserve(const History& history, const Operation& reader,
                const Operation& write);

// `operations`, and beside them without their reports the writes whose values
// they may have observed. Leaving out the other operations, and those reports,
// never makes a legal history illegal.
std::vector<Selected> WithObserved(const History& history,
                                   std::span<const OperationId> operations);

// Removes from `key` the pending writes whose value occurs in no output, as a
// Put's at its beginning and an Append's anywhere. Keeping one too many is
// harmless: it can always be taken last. A pending Put of "" stays. A pending
// Cas stays if a Get may have seen its value or another Cas expects it.
//
// Requires that `key` shows what it keeps.
//
// Time: bytes of the outputs times the number of different lengths.
// Once the monitor says stop, it may remove too many.
void DropUnobserved(const History& history, KeyOperations& key,
                    const CheckMonitor* monitor = nullptr);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_OBSERVED_H_
