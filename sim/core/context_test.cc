#include "reprise/sim/core/context.h"

#include <cstddef>
#include <cstdio>
#include <string>
#include <thread>

#include "gtest/gtest.h"

namespace reprise {
namespace {

void DescribeAsWorld(const Context&, char* buffer, size_t size) {
  std::snprintf(buffer, size, "a world");
}

std::string Description() {
  char buffer[32] = "what was there before";
  DescribeContext(buffer, sizeof(buffer));
  return buffer;
}

TEST(ContextTest, NothingIsSimulatedAtFirst) {
  EXPECT_EQ(CurrentContext().scheduler, nullptr);
  EXPECT_EQ(CurrentContext().task, nullptr);
  EXPECT_EQ(Description(), "");
}

TEST(ContextTest, AScopeEndsWithTheOuterContextBack) {
  {
    const ScopedContext world({nullptr, nullptr, nullptr, DescribeAsWorld});
    EXPECT_EQ(Description(), "a world");
    {
      const ScopedContext nothing({});
      EXPECT_EQ(Description(), "");
    }
    EXPECT_EQ(Description(), "a world");
  }
  EXPECT_EQ(Description(), "");
}

TEST(ContextTest, EachThreadHasItsOwn) {
  const ScopedContext world({nullptr, nullptr, nullptr, DescribeAsWorld});
  std::string elsewhere = "not asked";
  std::thread([&elsewhere] { elsewhere = Description(); }).join();
  EXPECT_EQ(elsewhere, "");
}

}  // namespace
}  // namespace reprise
