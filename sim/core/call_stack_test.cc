#include "reprise/sim/core/call_stack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "reprise/sim/core/task_testing.h"

namespace reprise {

// Outside the unnamed namespace, so that its name is plain.
[[gnu::noinline]] std::vector<std::string> NamesFromHere(int skip) {
  void* frames[16];
  const int depth = CaptureCallStack(frames, 16, skip);
  std::vector<std::string> names;
  for (int i = 0; i < depth; ++i) names.push_back(FrameName(frames[i]));
  return names;
}

namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

TEST(CallStackTest, BeginsWithItsCaller) {
  const std::vector<std::string> names = NamesFromHere(0);
  ASSERT_FALSE(names.empty());
  EXPECT_THAT(names[0], HasSubstr("NamesFromHere"));
  EXPECT_THAT(names, Contains(HasSubstr("BeginsWithItsCaller")));
}

TEST(CallStackTest, LeavesOutWhatItIsToldTo) {
  const std::vector<std::string> names = NamesFromHere(1);
  ASSERT_FALSE(names.empty());
  EXPECT_THAT(names[0], HasSubstr("LeavesOutWhatItIsToldTo"));
  EXPECT_THAT(names, Not(Contains(HasSubstr("NamesFromHere"))));
}

using CallStackOfTaskTest = TaskFixture;

TEST_F(CallStackOfTaskTest, EndsWhereTheTaskBegins) {
  Spawn("a", [&] { log_ = NamesFromHere(0); });
  Run();
  ASSERT_FALSE(log_.empty());
  EXPECT_THAT(log_[0], HasSubstr("NamesFromHere"));
  EXPECT_THAT(log_, Contains(HasSubstr("Scheduler::Begin")));
  EXPECT_THAT(log_, Not(Contains(HasSubstr("Scheduler::Run("))));
}

TEST(CallStackTest, AnAddressWithoutASymbolIsUnknown) {
  int variable = 0;
  EXPECT_EQ(FrameName(&variable), "(unknown)");
}

}  // namespace
}  // namespace reprise
