#include "tests/lock_service/guarded_register.h"

#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"

namespace reprise::locks {
namespace {

TEST(GuardedRegisterTest, RefusesATokenOnceAGreaterOneWasUsed) {
  World world({.seed = Seed(1)});
  Node& node = world.AddNode("register");
  node.Spawn([](Env& env) { GuardedRegister(env).Run(); });
  world.AddNode("client").Spawn([&](Env& env) {
    RegisterClient registers(env, node.id(), Milliseconds(10));
    EXPECT_TRUE(registers.Write("l", 1, 10).is_accepted);
    EXPECT_EQ(registers.Read("l", 2).value, 10u);
    EXPECT_FALSE(registers.Write("l", 1, 11).is_accepted);
    EXPECT_FALSE(registers.Read("l", 1).is_accepted);
    EXPECT_TRUE(registers.Write("m", 1, 12).is_accepted);
    EXPECT_EQ(registers.Read("l", 2).value, 10u);
  });
  world.RunUntilIdle();
}

TEST(GuardedRegisterTest, AWriteThatComesAgainTakesEffectOnce) {
  World world({.seed = Seed(1)});
  Node& node = world.AddNode("register");
  node.Spawn([](Env& env) { GuardedRegister(env).Run(); });
  world.AddNode("client").Spawn([&](Env& env) {
    RegisterClient one(env, node.id(), Milliseconds(10));
    RegisterClient same_number(env, node.id(), Milliseconds(10));
    EXPECT_TRUE(one.Write("l", 1, 10).is_accepted);
    EXPECT_TRUE(same_number.Write("l", 1, 20).is_accepted);
    EXPECT_EQ(one.Read("l", 1).value, 10u);
  });
  world.RunUntilIdle();
}

}  // namespace
}  // namespace reprise::locks
