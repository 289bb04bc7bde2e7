#include "reprise/checker/model/named.h"

#include <string>

#include "gtest/gtest.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/named_model.h"
#include "reprise/checker/models/mutex.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {
namespace {

NamedModel Mutex() { return Named<MutexModel>("mutex", "acquire, release"); }

void Do(CallHistory& history, int client, const std::string& function) {
  history.Return(history.Invoke(client, {.function = function}, /*line=*/4),
                 EdnValue::Nil());
}

TEST(NamedTest, JudgesWhatRecordingsName) {
  CallHistory history;
  Do(history, 0, "acquire");
  history.Fail(history.Invoke(1, {.function = "acquire"}));
  Do(history, 0, "release");
  EXPECT_EQ(Mutex().check(history, Budget())->verdict.outcome, Outcome::kHolds);
}

TEST(NamedTest, SaysWhatContradictsWhat) {
  CallHistory history;
  Do(history, 1, "acquire");
  Do(history, 2, "acquire");
  const auto found = Mutex().check(history, Budget());
  EXPECT_EQ(found->verdict.outcome, Outcome::kViolated);
  EXPECT_EQ(found->explanation.first_illegal, 1u);
  EXPECT_EQ(found->explanation.sentence,
            "no order explains acquire() = true of client 2 beside acquire() = "
            "true of client 1");
}

// For whoever waits no longer than that.
TEST(NamedTest, TellsOfAViolationBeforeItIsExplained) {
  CallHistory history;
  CheckMonitor monitor;
  Do(history, 1, "acquire");
  EXPECT_TRUE(Mutex().check(history, {.monitor = &monitor}).ok());
  EXPECT_FALSE(monitor.is_violated);
  Do(history, 2, "acquire");
  EXPECT_TRUE(Mutex().check(history, {.monitor = &monitor}).ok());
  EXPECT_TRUE(monitor.is_violated);
}

TEST(NamedTest, NamesTheLineOfWhatIsNotTheModels) {
  CallHistory history;
  Do(history, 0, "enqueue");
  EXPECT_EQ(Mutex().check(history, Budget()).status().message(),
            "4: found the operation \"enqueue\", expected acquire, release");
}

TEST(NamedTest, BeginsWhereTheUserSays) {
  CallHistory history;
  history.SetInitial(EdnValue::Boolean(true));
  Do(history, 0, "release");
  EXPECT_EQ(Mutex().check(history, Budget())->verdict.outcome, Outcome::kHolds);
  history.SetInitial(EdnValue::Boolean(false));
  EXPECT_EQ(Mutex().check(history, Budget())->verdict.outcome,
            Outcome::kViolated);
  history.SetInitial(EdnValue::Integer(3));
  EXPECT_EQ(
      Mutex().check(history, Budget()).status().message(),
      " the initial value: found 3, expected true (held), the name of the "
      "holder, or false (free)");
}

}  // namespace
}  // namespace reprise::checker
