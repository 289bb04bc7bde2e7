#include "reprise/sim/core/mark.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/mark_list.h"

namespace reprise {
namespace {

struct Heard {
  std::string name;
  MarkKind kind;
  bool holds;
  std::string file;
  int line;
};

class Listener final : public MarkListener {
 public:
  void OnMark(const Mark& mark, bool holds, const MarkPlace& place) override {
    heard.push_back(
        {std::string(mark.name()), mark.kind(), holds, place.file, place.line});
  }
  std::vector<Heard> heard;
};

void NeverCalled() { Reached("test.never-called"_mark); }
[[maybe_unused]] void (*const kNeverCalled)() = NeverCalled;

const Mark* Find(std::string_view name) {
  for (const Mark* mark : Marks()) {
    if (mark->name() == name) return mark;
  }
  return nullptr;
}

TEST(MarkTest, DoesNothingOutsideATrial) {
  Always(false, "test.false-outside"_mark);
  Unreachable("test.outside"_mark);
}

TEST(MarkTest, TellsWhoeverListensWhatAndWhere) {
  Listener listener;
  Context context;
  context.marks = &listener;
  const ScopedContext scope(context);
  const int line = __LINE__;
  Always(true, "test.always"_mark);
  Sometimes(false, "test.sometimes"_mark);
  Reached("test.reached"_mark);
  Unreachable("test.unreachable"_mark);
  ASSERT_EQ(listener.heard.size(), 4);
  EXPECT_EQ(listener.heard[0].name, "test.always");
  EXPECT_EQ(listener.heard[0].kind, MarkKind::kAlways);
  EXPECT_TRUE(listener.heard[0].holds);
  EXPECT_EQ(listener.heard[0].file, __FILE__);
  EXPECT_EQ(listener.heard[0].line, line + 1);
  EXPECT_EQ(listener.heard[1].kind, MarkKind::kSometimes);
  EXPECT_FALSE(listener.heard[1].holds);
  EXPECT_EQ(listener.heard[2].kind, MarkKind::kReached);
  EXPECT_EQ(listener.heard[3].kind, MarkKind::kUnreachable);
  EXPECT_EQ(listener.heard[3].line, line + 4);
}

TEST(MarkTest, IsKnownThoughItNeverRan) {
  const Mark* mark = Find("test.never-called");
  ASSERT_NE(mark, nullptr);
  EXPECT_TRUE(mark->IsToBeReached());
  EXPECT_LT(mark->number(), MarkCount());
}

TEST(MarkTest, ListsMarksByName) {
  const std::vector<const Mark*>& marks = Marks();
  EXPECT_EQ(marks.size(), MarkCount());
  for (size_t i = 1; i < marks.size(); ++i) {
    EXPECT_LT(marks[i - 1]->name(), marks[i]->name());
  }
}

TEST(MarkTest, StatementsOfOneNameAreOneMark) {
  Listener listener;
  Context context;
  context.marks = &listener;
  const ScopedContext scope(context);
  const size_t before = MarkCount();
  Reached("test.twice"_mark);
  Reached("test.twice"_mark);
  EXPECT_EQ(MarkCount(), before);
  EXPECT_EQ(listener.heard.size(), 2);
}

TEST(MarkTest, CountsAreAddedByNumber) {
  const Mark* mark = Find("test.reached");
  ASSERT_NE(mark, nullptr);
  MarkCounts one(MarkCount());
  one[mark->number()] = 3;
  MarkCounts sum;
  AddMarks(one, sum);
  AddMarks({}, sum);
  AddMarks(one, sum);
  EXPECT_EQ(CountOf(*mark, sum), 6);
  EXPECT_EQ(CountOf(*mark, {}), 0);
}

}  // namespace
}  // namespace reprise
