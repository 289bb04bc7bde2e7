#include "reprise/checker/report/model_words.h"

#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

TEST(FirstWordTest, EndsBeforeWhatIsNoLetter) {
  EXPECT_EQ(FirstWord("Push(q, a)"), "Push");
  EXPECT_EQ(FirstWord("try-lock 3"), "try-lock");
  EXPECT_EQ(FirstWord("size"), "size");
}

TEST(FirstWordTest, IsNeverEmpty) {
  EXPECT_EQ(FirstWord(""), "operation");
  EXPECT_EQ(FirstWord("(a)"), "operation");
}

}  // namespace
}  // namespace reprise::checker
