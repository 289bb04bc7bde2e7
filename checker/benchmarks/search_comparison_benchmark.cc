// Compares the search with the plain one alone, on generated histories of one
// register with compare-and-set, and prints a table:
//
//     bazel run -c opt //checker/benchmarks:search_comparison -- [SEEDS
//     [SECONDS]]
//
// Each set has SEEDS histories (20), of which every other one has a changed
// answer. The plain search alone may take SECONDS for each (20). What it
// decides, the search must decide in 2.2 times its time and 10 ms more, without
// a budget; on the others the search has the usual budget. Exits with 1 where
// it does not. Seconds are those of the processor.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/timed_history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_operations.h"
#include "reprise/checker/key_value/operations_by_key.h"
#include "reprise/checker/key_value/plain_search.h"
#include "reprise/checker/key_value/search.h"
#include "reprise/checker/key_value/search_states.h"
#include "reprise/checker/key_value/segments.h"
#include "reprise/checker/key_value/turn.h"
#include "reprise/checker/testing/generate.h"
#include "reprise/checker/testing/random.h"

namespace reprise::checker {
namespace {

constexpr double kMostTimes = 2.2;
constexpr double kMostMore = 0.010;  // seconds

double Now() {
  // tidy: allow(wall-clock) seconds are what a benchmark reports
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

struct Set {
  int values;
  int clients;
  int unanswered;  // thousandths
  int operations;
};

// Gives the last possible read a value that it perhaps cannot have seen.
void ChangeAnswer(int values, Random& random, GeneratedHistory& made) {
  for (size_t at = made.operations.size() * 9 / 10; at-- > 0;) {
    TimedOperation& operation = made.operations[at];
    if (operation.answer != Answer::kReported) continue;
    operation.output = made.bytes.Copy(absl::StrCat(random.Below(values)));
    return;
  }
}

void Make(const Set& set, uint64_t seed, History& history) {
  GeneratedHistory made = Generate({.clients = set.clients,
                                    .operations = set.operations / set.clients,
                                    .gets = 333,
                                    .puts = 333,
                                    .cas = 334,
                                    .pending = set.unanswered,
                                    .values = ValueStyle::kFew,
                                    .few = set.values,
                                    .seed = seed});
  Random random(seed);
  if (seed % 2 == 1) ChangeAnswer(set.values, random, made);
  AppendTimed(made.operations, history);
}

struct Decision {
  Outcome outcome = Outcome::kUndecided;
  double seconds = 0;
};

Decision SearchPlainly(const History& history, const KeyOperations& key,
                       const Segment& segment, double seconds) {
  const double begin = Now();
  SearchStates states(history, key, segment, Memory::kHashes);
  PlainSearch search(key, segment, states, Memory::kHashes);
  Progress progress = Progress::kRunning;
  while (progress == Progress::kRunning && Now() - begin < seconds) {
    progress = search.Advance(Turn{.steps = 1 << 18});
  }
  Decision decision;
  decision.seconds = Now() - begin;
  if (progress != Progress::kRunning) {
    decision.outcome =
        progress == Progress::kHolds ? Outcome::kHolds : Outcome::kViolated;
  }
  return decision;
}

Decision SearchAsEver(const History& history, const KeyOperations& key,
                      const Segment& segment, const SearchLimits& limits) {
  const double begin = Now();
  const SearchResult result = Search(history, key, segment, limits);
  return {result.outcome, Now() - begin};
}

struct Row {
  int plain = 0;     // histories that the plain search decides
  int decided = 0;   // those that the search decides
  int too_slow = 0;  // those of the plain search that take it too long
  int different = 0;
  double worst =
      0;  // times the plain search's time, beyond what is allowed more
  double plain_seconds = 0;
  double seconds = 0;
};

void Compare(const History& history, double seconds, Row& row) {
  const OperationsByKey by_key(history);
  KeyOperations key;
  by_key.Gather(0, key);
  Segment segment;
  segment.end = static_cast<uint32_t>(key.size());
  segment.path = Path::kSearch;
  const Decision plain = SearchPlainly(history, key, segment, seconds);
  const bool is_decided = plain.outcome != Outcome::kUndecided;
  const Budget budget;
  const SearchLimits usual{.states = budget.states,
                           .plain_states = budget.states / 2,
                           .bytes = budget.bytes};
  const Decision both =
      SearchAsEver(history, key, segment, is_decided ? SearchLimits() : usual);
  row.plain += is_decided;
  row.decided += both.outcome != Outcome::kUndecided;
  row.plain_seconds += plain.seconds;
  row.seconds += both.seconds;
  if (!is_decided) return;
  row.different += both.outcome != plain.outcome;
  row.too_slow += both.seconds > kMostTimes * plain.seconds + kMostMore;
  row.worst = std::max(row.worst, (both.seconds - kMostMore) / plain.seconds);
}

Row CompareSet(const Set& set, int seeds, double seconds) {
  Row row;
  for (int seed = 0; seed < seeds; ++seed) {
    History history;
    Make(set, 1000 + seed, history);
    Compare(history, seconds, row);
  }
  return row;
}

bool PrintSet(const Set& set, int seeds, double seconds) {
  const Row row = CompareSet(set, seeds, seconds);
  std::printf("%6d %7d %9.1f%% %10d %6d %7d %10.2f %10.2f %6.2f%s\n",
              set.values, set.clients, set.unanswered / 10.0, set.operations,
              row.plain, row.decided, row.plain_seconds, row.seconds,
              std::max(row.worst, 0.0),
              row.different > 0  ? "  OTHER VERDICT"
              : row.too_slow > 0 ? "  TOO SLOW"
                                 : "");
  std::fflush(stdout);
  return row.different == 0 && row.too_slow == 0;
}

int Run(int seeds, double seconds) {
  std::printf(
      "%d histories each; plain search alone: at most %.1f s\n"
      "values clients unanswered operations  plain decided    plain s"
      "          s  worst\n",
      seeds, seconds);
  bool is_good = true;
  for (int values : {5, 20, 200}) {
    for (int clients : {4, 10, 30}) {
      for (int unanswered : {0, 20, 100}) {
        for (int operations : {500, 5000}) {
          is_good &= PrintSet({values, clients, unanswered, operations}, seeds,
                              seconds);
        }
      }
    }
  }
  return is_good ? 0 : 1;
}

}  // namespace
}  // namespace reprise::checker

int main(int argc, char** argv) {
  const int seeds = argc > 1 ? std::atoi(argv[1]) : 20;
  const double seconds = argc > 2 ? std::atof(argv[2]) : 20;
  return reprise::checker::Run(seeds, seconds);
}
