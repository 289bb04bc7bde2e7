// Env itself, its chance, its log, and what it offers.

#include "reprise/sim/env/env.h"

#include <atomic>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/offers.h"
#include "reprise/sim/env/offered.h"
#include "reprise/sim/env/random.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

class EnvTest : public ConformanceTest {};

INSTANTIATE_TEST_SUITE_P(Rigs, EnvTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(EnvTest, ANodeKnowsItsNameAndItsId) {
  std::atomic<bool> is_right = false;
  const NodeId server = rig().AddNode("server", [&](Env& env) {
    is_right = env.name() == "server" && env.id() == NodeId(0);
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    EXPECT_EQ(env.name(), "main");
    EXPECT_EQ(*env.network().Resolve("main"), env.id());
    EXPECT_NE(env.id(), server);
    EXPECT_TRUE(WaitUntil(env, [&] { return is_right.load(); }));
  });
}

TEST_P(EnvTest, RandomWordsDiffer) {
  Run([](Env& env) {
    std::set<uint64_t> words;
    for (int i = 0; i < 1000; ++i) words.insert(env.random().Next());
    EXPECT_EQ(words.size(), 1000u);
  });
}

TEST_P(EnvTest, UniformDrawsEachOfItsNumbersTheFirstAndTheLastIncluded) {
  Run([](Env& env) {
    std::set<int64_t> drawn;
    for (int i = 0; i < 1000; ++i) drawn.insert(env.random().Uniform(-2, 3));
    EXPECT_EQ(drawn, (std::set<int64_t>{-2, -1, 0, 1, 2, 3}));
    EXPECT_EQ(env.random().Uniform(5, 5), 5);
  });
}

TEST_P(EnvTest, ChanceStrikesAsOftenAsItSays) {
  Run([](Env& env) {
    int strikes = 0;
    for (int i = 0; i < 4000; ++i) {
      strikes += env.random().Chance({1, 4}) ? 1 : 0;
      EXPECT_FALSE(env.random().Chance({}));
      EXPECT_TRUE(env.random().Chance({1, 1}));
    }
    // More than ten standard deviations.
    EXPECT_GT(strikes, 700);
    EXPECT_LT(strikes, 1300);
  });
}

TEST_P(EnvTest, ALineIsLoggedWithItsFieldsWhereSomebodyListens) {
  Run([](Env& env) {
    EXPECT_TRUE(env.IsLogged(LogLevel::kInfo));
    EXPECT_FALSE(env.IsLogged(LogLevel::kDebug));
    env.Log(LogLevel::kInfo, "leads", {{"term", 3}, {"by", "two votes"}});
    env.Log(LogLevel::kDebug, "unheard");
  });
  int heard = 0;
  for (const std::string& line : rig().LoggedLines()) {
    if (line.find("leads term=3 by=\"two votes\"") != std::string::npos) {
      ++heard;
    }
    EXPECT_EQ(line.find("unheard"), std::string::npos);
  }
  EXPECT_EQ(heard, 1);
}

TEST_P(EnvTest, AnOfferedValueCanBeReadForAsLongAsItLives) {
  Run([&](Env& env) {
    int state = 1;
    {
      const Offered<int> offered(env, "state", state);
      state = 2;
      // On a real machine nobody reads it, and it does no harm.
      if (rig().offers() != nullptr) {
        const OfferedValue* value = rig().offers()->Find(env.id(), "state");
        ASSERT_NE(value, nullptr);
        EXPECT_EQ(*static_cast<const int*>(value->value()), 2);
      }
    }
    if (rig().offers() != nullptr) {
      EXPECT_EQ(rig().offers()->Find(env.id(), "state"), nullptr);
    }
  });
}

}  // namespace
}  // namespace reprise
