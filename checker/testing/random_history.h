// Small random histories that cover what a checker can meet: pending
// operations, shared instants, repeated and empty values, wrong answers.
//
//   Random random(seed);
//   History history = RandomHistory(random, RandomHistoryOptions());

#ifndef REPRISE_CHECKER_TESTING_RANDOM_HISTORY_H_
#define REPRISE_CHECKER_TESTING_RANDOM_HISTORY_H_

#include <cstdint>
#include <string>

#include "reprise/checker/history/history.h"
#include "reprise/checker/testing/random.h"

namespace reprise::checker {

enum class RandomValues : uint8_t {
  kDistinct,    // prefix-free
  kRepeated,    // now and then one that was written before, or an empty one
  kConfusable,  // some are prefixes of others
};

// Shares are percentages.
struct RandomHistoryOptions {
  int operations = 7;
  int clients = 3;
  int keys = 1;
  RandomValues values = RandomValues::kDistinct;
  int puts = 25;
  int appends = 35;
  int cas = 0;
  int reports = 50;          // Appends that report the old value
  int pending = 10;          // operations that are never answered
  int joined = 0;            // events that share the instant of the one before
  int wrong = 40;            // histories in which one output was changed
  std::string initial = "";  // value of all keys
  int pauses = 10;           // moments at which every open operation returns
};

// Draws all options, then a history.
History RandomHistory(Random& random);
History RandomHistory(Random& random, const RandomHistoryOptions& options);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_RANDOM_HISTORY_H_
