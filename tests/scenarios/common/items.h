// Items: the values that the lab's clients append, and what must be true of a
// value that consists of them.
//
// Item j of client c is "x c j y". Items run together without a separator.
//
//   clerk.Append("k", Item(0, 0));  // "x 0 0 y"
//   ExpectItems(trial, "k", clerk.Get("k"), /*client=*/0, /*count=*/1);

#ifndef TESTS_SCENARIOS_COMMON_ITEMS_H_
#define TESTS_SCENARIOS_COMMON_ITEMS_H_

#include <string>
#include <string_view>

#include "reprise/sim/explore/trial/trial.h"

namespace reprise {

std::string Item(int client, int index);

// Items 0..count-1 of `client` occur in the value of `key`: none is missing
// (property "nothing-lost"), none occurs twice ("exactly-once"), and they are
// in order ("append-order").
void ExpectItems(Trial& trial, std::string_view key, std::string_view value,
                 int client, int count);

// Expects that `value`, which a client read, or an Append found, under a key
// that only this client writes, equals `model`, what the client knows of it:
// property "value-check"; a violation ends the trial.
void ExpectModel(Trial& trial, std::string_view key, std::string_view value,
                 std::string_view model);

// Expects that the old value that the Append of `item` found does not contain
// that item: property "value-check"; a violation ends the trial.
void ExpectWithout(Trial& trial, std::string_view key,
                   std::string_view old_value, std::string_view item);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_COMMON_ITEMS_H_
