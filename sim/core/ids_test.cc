#include "reprise/sim/core/ids.h"

#include <cstdint>
#include <type_traits>

#include "gtest/gtest.h"

namespace reprise {
namespace {

TEST(StrongIdTest, KeepsItsValue) {
  EXPECT_EQ(NodeId().value(), 0u);
  EXPECT_EQ(NodeId(7).value(), 7u);
  EXPECT_EQ(Seed(UINT64_MAX).value(), UINT64_MAX);
}

TEST(StrongIdTest, OrdersByValue) {
  EXPECT_EQ(TaskId(3), TaskId(3));
  EXPECT_NE(TaskId(3), TaskId(4));
  EXPECT_LT(TaskId(3), TaskId(4));
}

TEST(StrongIdTest, OneKindIsNotTakenForAnother) {
  EXPECT_FALSE((std::is_convertible_v<NodeId, TaskId>));
  EXPECT_FALSE((std::is_constructible_v<TaskId, NodeId>));
  EXPECT_FALSE((std::is_convertible_v<uint32_t, NodeId>));
  EXPECT_FALSE((std::is_convertible_v<NodeId, uint32_t>));
}

}  // namespace
}  // namespace reprise
