#include "reprise/sim/real/pending_size.h"

#include "gtest/gtest.h"

namespace reprise {
namespace {

using Kind = SizeChange::Kind;

TEST(PendingSizeTest, IsThatOfChangesThatTookEffectAtOnce) {
  PendingSize size(5);
  size.Begin({Kind::kAppend, 10});
  EXPECT_EQ(size.size(), 15u);
  size.Begin({Kind::kWrite, 12});
  EXPECT_EQ(size.size(), 15u);
  size.Begin({Kind::kCut, 3});
  EXPECT_EQ(size.size(), 3u);
  size.Begin({Kind::kWrite, 7});
  EXPECT_EQ(size.size(), 7u);
  for (const int actual : {15, 15, 3, 7}) {
    size.End(actual);
    EXPECT_EQ(size.size(), 7u);
  }
}

TEST(PendingSizeTest, GoesOnFromWhatIsThereWhereAChangeFailed) {
  PendingSize size(5);
  size.Begin({Kind::kAppend, 10});
  size.Begin({Kind::kAppend, 3});
  size.End(5);
  EXPECT_EQ(size.size(), 8u);
  size.End(8);
  EXPECT_EQ(size.size(), 8u);
}

}  // namespace
}  // namespace reprise
