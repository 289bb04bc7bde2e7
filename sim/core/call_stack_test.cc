#include "reprise/sim/core/call_stack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/task_testing.h"

namespace reprise {

// Outside the unnamed namespace, so that its name is plain.
[[gnu::noinline]] std::vector<std::string> NamesFromHere(int skip) {
  void* frames[kFramesMax];
  const int depth = CaptureCallStack(frames, kFramesMax, skip);
  std::vector<std::string> names;
  for (int i = 0; i < depth; ++i) names.push_back(FrameName(frames[i]));
  return names;
}

[[gnu::noinline]] std::vector<std::string> ReadableFromHere() {
  void* frames[kFramesMax];
  const int depth = CaptureCallStack(frames, kFramesMax, 0);
  return ReadableFrames(frames, depth, kFramesMax);
}

namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

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
  const std::function<void()> inner = [&] { log_ = ReadableFromHere(); };
  std::function<void()> outer = [&] { inner(); };
  Spawn("a", [function = absl::AnyInvocable<void()>(outer)]() mutable {
    function();
  });
  Run();
  ASSERT_FALSE(log_.empty());
  EXPECT_THAT(log_[0], HasSubstr("ReadableFromHere"));
  EXPECT_LT(log_.size(), 8u);
  EXPECT_THAT(log_, Not(Contains(HasSubstr("Scheduler::"))));
  EXPECT_THAT(log_, Not(Contains(HasSubstr("Fiber::"))));
  EXPECT_THAT(log_, Not(Contains(StartsWith("std::"))));
  EXPECT_THAT(log_, Not(Contains(StartsWith("absl::"))));
}

// Where the function that a task begins with has another name, this fails.
TEST_F(CallStackOfTaskTest, TheSchedulersFramesAreKnown) {
  std::vector<std::string> all;
  Spawn("a", [&] { all = NamesFromHere(0); });
  Run();
  const auto end = std::find_if(all.begin(), all.end(), IsSchedulersFrame);
  ASSERT_NE(end, all.end());
  EXPECT_THAT(*end, StartsWith("reprise::Scheduler::Begin("));
}

class CapturingEvent : public Event {
 public:
  explicit CapturingEvent(std::vector<std::string>& names) : names_(names) {}
  void Fire() override { names_ = ReadableFromHere(); }

 private:
  std::vector<std::string>& names_;
};

TEST_F(CallStackOfTaskTest, EndsWhereAnEventFires) {
  CapturingEvent event(log_);
  scheduler_.Schedule(event, scheduler_.now());
  Run();
  ASSERT_EQ(log_.size(), 2u);
  EXPECT_THAT(log_[1], HasSubstr("CapturingEvent::Fire"));
}

TEST(CallStackTest, KnowsTheLibrarysFunctions) {
  for (const char* name :
       {"std::_Function_handler<>::_M_invoke()",
        "std::enable_if<is_invocable_r_v<void, F&>, void>::type "
        "std::__invoke_r<void, F&>(F&)",
        "void absl::lts_1::internal_any_invocable::LocalInvoker<>()",
        "operator new(unsigned long)", "std::string* std::__do_uninit_copy<>()",
        "__gnu_cxx::new_allocator<>::allocate()"}) {
    EXPECT_TRUE(IsLibraryFrame(name)) << name;
  }
  for (const char* name :
       {"reprise::Node::Crash()", "(unknown)", "main",
        "reprise::(anonymous namespace)::Test()::{lambda()#1}::operator()()",
        "void reprise::Run<std::string>(std::string)",
        "(anonymous namespace)::Work(std::string)"}) {
    EXPECT_FALSE(IsLibraryFrame(name)) << name;
  }
}

TEST(CallStackTest, AnAddressWithoutASymbolIsUnknown) {
  int variable = 0;
  EXPECT_EQ(FrameName(&variable), "(unknown)");
}

}  // namespace
}  // namespace reprise
