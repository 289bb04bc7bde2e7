// The checker against an exact search of another make, on many small random
// histories (test_settings.h says how to ask for more).

#include <cstdint>
#include <cstdio>
#include <map>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/history/text.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/model/check_model.h"
#include "reprise/checker/testing/exhaustive_check.h"
#include "reprise/checker/testing/judge.h"
#include "reprise/checker/testing/random.h"
#include "reprise/checker/testing/random_history.h"
#include "reprise/checker/testing/store_history.h"
#include "reprise/checker/testing/test_settings.h"

namespace reprise::checker {
namespace {

TEST(AgreementTest, TheCheckerAgreesWithTheOracle) {
  uint64_t violated = 0;
  CheckStatistics total;
  const uint64_t count = HistoryCount(20'000);
  for (uint64_t seed = 0; seed < count; ++seed) {
    Random random(seed);
    const History history = RandomHistory(random);
    const Verdict verdict = CheckKeyValue(history, Budget());
    const bool holds = IsLinearizable(history);
    ASSERT_EQ(verdict.outcome, holds ? Outcome::kHolds : Outcome::kViolated)
        << "seed " << seed << "\n"
        << ToText(history);
    if (holds) {
      ASSERT_TRUE(IsLinearization(history, Linearize(history, Budget()).order))
          << "seed " << seed << "\n"
          << ToText(history);
    } else {
      ++violated;
      ASSERT_TRUE(IsContradiction(history, verdict.contradiction.operations))
          << "seed " << seed << "\n"
          << ToText(history);
    }
    total.segments += verdict.statistics.segments;
    total.segments_searched += verdict.statistics.segments_searched;
  }
  std::printf("%llu histories, %llu violated; %llu segments, %llu searched\n",
              static_cast<unsigned long long>(count),
              static_cast<unsigned long long>(violated),
              static_cast<unsigned long long>(total.segments),
              static_cast<unsigned long long>(total.segments_searched));
  // Both verdicts and both algorithms were at work.
  EXPECT_GT(violated, count / 10);
  EXPECT_LT(violated, count / 2);
  EXPECT_GT(total.segments_searched, count / 10);
  EXPECT_LT(total.segments_searched, total.segments / 2);
}

// The operations of a contradiction alone, with the answers that count, but for
// that of `unanswered`.
ModelHistory<KeyValueModel> Part(const ModelHistory<KeyValueModel>& history,
                                 const std::vector<Selected>& operations,
                                 OperationId unanswered) {
  ModelHistory<KeyValueModel> part;
  std::map<std::pair<EventIndex, OperationId>, bool> events;  // Is it a call?
  for (const auto& [id, report] : operations) {
    events[{history[id].call, id}] = true;
    if (report == Report::kKeep) events[{history[id].ret, id}] = false;
  }
  std::map<OperationId, OperationId> renamed;
  for (const auto& [event, is_call] : events) {
    const OperationId id = event.second;
    if (is_call) {
      renamed[id] = part.Invoke(history[id].client, history[id].input);
    } else if (id != unanswered) {
      part.Return(renamed[id], *history[id].output);
    }
  }
  return part;
}

TEST(AgreementTest, TheSearchForAnyModelAgreesWithTheOracle) {
  const uint64_t count = HistoryCount(20'000);
  uint64_t violated = 0;
  for (uint64_t seed = 0; seed < count; ++seed) {
    Random random(seed);
    const History plain = RandomHistory(random);
    const auto history = AsModelHistory<KeyValueModel>(plain);
    const ModelVerdict found = CheckModel(history, Budget());
    ASSERT_EQ(found.verdict.outcome, TryEveryOrder(history, Budget()))
        << "seed " << seed << "\n"
        << ToText(plain);
    if (found.verdict.outcome == Outcome::kHolds) {
      // Initial values are operations of the copy alone.
      if (plain.initial_value().empty()) {
        ASSERT_TRUE(IsLinearization(plain, found.order)) << "seed " << seed;
      }
      continue;
    }
    ++violated;
    if (plain.HasJoinedInstants()) continue;
    ASSERT_EQ(TryEveryOrder(Part(history, found.explanation.operations, kNever),
                            Budget()),
              Outcome::kViolated)
        << "seed " << seed << "\n"
        << ToText(plain) << "\n"
        << found.explanation.timeline;
    for (const auto& [id, report] : found.explanation.operations) {
      if (report == Report::kForget) continue;
      ASSERT_EQ(TryEveryOrder(Part(history, found.explanation.operations, id),
                              Budget()),
                Outcome::kHolds)
          << "seed " << seed << ", without the answer of " << id << "\n"
          << ToText(plain) << "\n"
          << found.explanation.timeline;
    }
  }
  EXPECT_GT(violated, count / 10);
}

// A store that loses what is appended to a value that is long already.
struct LosingStore : KeyValueModel {
  static bool Step(const Input& input, const Output* output, State& value) {
    const bool is_lost =
        input.kind == OperationKind::kAppend && value.size() > 2;
    State lost = value;
    return KeyValueModel::Step(input, output, is_lost ? lost : value);
  }
};

// A store that answers whatever a client wants to see.
struct ObligingStore : KeyValueModel {
  static bool Step(const Input&, const Output*, State&) { return true; }
};

// The comparison above can fail: it notices oracles that are wrong.
TEST(AgreementTest, NoticesAnOracleThatIsWrong) {
  uint64_t too_strict = 0;
  uint64_t too_lax = 0;
  for (uint64_t seed = 0; seed < 500; ++seed) {
    Random random(seed);
    const History history = RandomHistory(random);
    const Outcome outcome = CheckKeyValue(history, Budget()).outcome;
    const Outcome losing =
        TryEveryOrder(AsModelHistory<LosingStore>(history), Budget());
    const Outcome obliging =
        TryEveryOrder(AsModelHistory<ObligingStore>(history), Budget());
    too_strict += outcome == Outcome::kHolds && losing == Outcome::kViolated;
    too_lax += outcome == Outcome::kViolated && obliging == Outcome::kHolds;
  }
  EXPECT_GT(too_strict, 10u);
  EXPECT_GT(too_lax, 50u);
}

}  // namespace
}  // namespace reprise::checker
