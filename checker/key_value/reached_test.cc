#include "reprise/checker/key_value/reached.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/key_value/fingerprint.h"

namespace reprise::checker {
namespace {

using Places = std::vector<uint32_t>;

const Fingerprint kKey = Zobrist(1);

TEST(ReachedTest, TheSameIsReachedOnce) {
  Reached reached;
  EXPECT_TRUE(reached.Add(kKey, Places{1, 2}, Places{7}));
  EXPECT_FALSE(reached.Add(kKey, Places{1, 2}, Places{7}));
  EXPECT_TRUE(reached.Add(Zobrist(2), Places{1, 2}, Places{7}));
}

TEST(ReachedTest, FewerToSpareAndMoreUsedIsNeedless) {
  Reached reached;
  ASSERT_TRUE(reached.Add(kKey, Places{1, 2}, Places{7}));
  EXPECT_FALSE(reached.Add(kKey, Places{2}, Places{7}));
  EXPECT_FALSE(reached.Add(kKey, Places{1, 2}, Places{7, 9}));
  EXPECT_FALSE(reached.Add(kKey, Places{}, Places{3, 7}));
}

TEST(ReachedTest, MoreToSpareOrFewerUsedIsNot) {
  Reached reached;
  ASSERT_TRUE(reached.Add(kKey, Places{2}, Places{7}));
  EXPECT_TRUE(reached.Add(kKey, Places{2, 3}, Places{7, 8}));
  EXPECT_TRUE(reached.Add(kKey, Places{}, Places{}));
}

// Places that are equal modulo 64 have one signature.
TEST(ReachedTest, ComparesPlacesAndNotOnlySignatures) {
  Reached reached;
  ASSERT_TRUE(reached.Add(kKey, Places{1}, Places{}));
  EXPECT_TRUE(reached.Add(kKey, Places{65}, Places{}));
}

TEST(ReachedTest, WhatReplacedAnotherCountsFromThenOn) {
  Reached reached;
  ASSERT_TRUE(reached.Add(kKey, Places{1}, Places{}));
  ASSERT_TRUE(reached.Add(kKey, Places{1, 2}, Places{}));
  EXPECT_FALSE(reached.Add(kKey, Places{1}, Places{}));
  EXPECT_FALSE(reached.Add(kKey, Places{2}, Places{}));
  EXPECT_EQ(reached.size(), 2u);
}

TEST(ReachedTest, KeysOfBytesAreTheSameForTheSameBytes) {
  Reached reached;
  const Fingerprint a = reached.KeyOf("a");
  EXPECT_EQ(reached.KeyOf("a"), a);
  EXPECT_FALSE(reached.KeyOf("b") == a);
}

}  // namespace
}  // namespace reprise::checker
