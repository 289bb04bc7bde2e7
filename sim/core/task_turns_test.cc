#include "reprise/sim/core/task_turns.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/task_testing.h"

namespace reprise {
namespace {

using testing::ElementsAre;

using TaskTurnsTest = TaskFixture;

// Turns as a table of the tasks' names says; each is asked for once.
class TableOfTurns final : public TaskTurns {
 public:
  explicit TableOfTurns(std::map<std::string, TaskTurn> turns)
      : turns_(std::move(turns)) {}
  TaskTurn TakeTurn(const Task& task, uint64_t others) override {
    asked.push_back(std::string(task.name()));
    TaskTurn turn = std::exchange(turns_[asked.back()], {});
    turn.lets_pass = std::min(turn.lets_pass, others);
    return turn;
  }
  std::vector<std::string> asked;

 private:
  std::map<std::string, TaskTurn> turns_;
};

TEST_F(TaskTurnsTest, ATaskLetsAsManyPassAsItsTurnSays) {
  TableOfTurns turns({{"a", {.lets_pass = 2}}, {"c", {.lets_pass = 9}}});
  scheduler_.SetTaskTurns(&turns);
  for (const char* name : {"a", "b", "c", "d"}) {
    Spawn(name, [this, name] { Log(name); });
  }
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("b", "a", "d", "c"));
  EXPECT_THAT(turns.asked, ElementsAre("a", "b", "c", "d"));
}

TEST_F(TaskTurnsTest, ATaskIsForgottenForAsLongAsItsTurnSays) {
  TableOfTurns turns({{"a", {.forgotten = Milliseconds(7)}}});
  scheduler_.SetTaskTurns(&turns);
  Spawn("a", [this] { Log("a"); });
  Spawn("b", [this] {
    SleepFor(Milliseconds(5));
    Log("b");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("b", "a"));
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(7));
}

TEST_F(TaskTurnsTest, ATimeoutMayBeForgottenToo) {
  TableOfTurns turns({{"sleeper", TaskTurn()}});
  Spawn("sleeper", [this, &turns] {
    turns = TableOfTurns({{"sleeper", {.forgotten = Milliseconds(9)}}});
    scheduler_.SetTaskTurns(&turns);
    EXPECT_FALSE(scheduler_.Park({.what = "time"}, scheduler_.now()));
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(9));
    Log("sleeper");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("sleeper"));
}

TEST_F(TaskTurnsTest, NothingIsHandedOverWhereTurnsAreTaken) {
  TableOfTurns turns({});
  scheduler_.SetTaskTurns(&turns);
  FunctionBody handler([this] { Log("handler"); }, [this] { Log("dropped"); });
  FunctionEvent event([&] {
    Spawn("ready", [this] { Log("ready"); });
    scheduler_.SpawnNext(group_, "handler", handler);
  });
  scheduler_.Schedule(event, VirtualTime::Milliseconds(1));
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("ready", "handler"));
}

TEST_F(TaskTurnsTest, AForgottenTaskThatIsWokenStaysForgotten) {
  TableOfTurns turns({{"late", {.forgotten = Milliseconds(9)}}});
  Task* late = nullptr;
  bool was_woken = false;
  Spawn("late", [&] {
    scheduler_.SetTaskTurns(&turns);
    late = CurrentContext().task;
    was_woken = scheduler_.Park({.what = "a wake"}, scheduler_.now());
    Log("late");
  });
  Spawn("waker", [&] {
    SleepFor(Milliseconds(2));
    scheduler_.Wake(*late);
    Log("waker");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("waker", "late"));
  EXPECT_TRUE(was_woken);
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(9));
}

TEST_F(TaskTurnsTest, NobodyStaysForgottenWithoutTurns) {
  TableOfTurns turns({{"late", {.forgotten = Seconds(9)}}});
  scheduler_.SetTaskTurns(&turns);
  Spawn("late", [this] { Log("late"); });
  Spawn("end", [this] {
    SleepFor(Milliseconds(2));
    scheduler_.SetTaskTurns(nullptr);
    Log("end");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("end", "late"));
  EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(2));
}

}  // namespace
}  // namespace reprise
