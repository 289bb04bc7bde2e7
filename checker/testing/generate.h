// Key/value histories that are linearizable by construction: an atomic store
// whose operations take effect at a random instant between call and return.
// Bad ones have one read near the end that is provably stale.
//
// For benchmarks, at any size; the same options give the same history
// everywhere.
//
//   GeneratedHistory made = Generate({.clients = 8, .operations = 1000});
//   History history;
//   AppendTimed(made.operations, history);

#ifndef REPRISE_CHECKER_TESTING_GENERATE_H_
#define REPRISE_CHECKER_TESTING_GENERATE_H_

#include <cstdint>
#include <vector>

#include "reprise/checker/history/arena.h"
#include "reprise/checker/history/timed_history.h"

namespace reprise::checker {

enum class ValueStyle : uint8_t {
  kShort,  // "3.17;": client 3, operation 17
  kLab,    // "x 3 17 y"
  kFew,    // "0", "1" and so on, `few` of them
};

// Times are in nanoseconds, shares in thousandths.
struct GenerateOptions {
  int clients = 1;
  int operations = 100;  // of each client
  int keys = 1;
  int gets = 450;
  int puts = 50;
  int cas = 0;           // the rest are Appends
  int slow = 0;          // operations that take 10 to 30 times as long
  int pending = 0;       // operations that are never answered
  int repeats = 0;       // writes of the value that the client wrote before
  bool reports = false;  // whether Appends report the old value
  bool is_bad = false;   // requires values that do not repeat, and no Cas
  ValueStyle values = ValueStyle::kShort;
  int few = 5;
  int64_t duration = 100'000;  // of an operation: half to one and a half of it
  int64_t pause = 20'000;      // mean time between operations of a client
  uint64_t seed = 1;
};

struct GeneratedHistory {
  Arena bytes;
  std::vector<TimedOperation> operations;  // by time of call
};

GeneratedHistory Generate(const GenerateOptions& options);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_GENERATE_H_
