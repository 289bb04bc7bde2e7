#include "reprise/sim/trace/partition_text.h"

#include "gtest/gtest.h"

namespace reprise {
namespace {

TEST(PartitionTextTest, GroupsAreThoseThatSeeOneAnother) {
  EXPECT_EQ(DescribeCuts("a->c, b->c, c->a, c->b"), "{a b} | {c}");
  EXPECT_EQ(DescribeCuts("a->b, a->c, b->a, b->c, c->a, c->b"),
            "{a} | {b} | {c}");
}

TEST(PartitionTextTest, OneWayIsAnArrow) {
  EXPECT_EQ(DescribeCuts("a->c, b->c"), "{a b} -/-> {c}");
  EXPECT_EQ(DescribeCuts("c->a, c->b"), "{c} -/-> {a b}");
}

TEST(PartitionTextTest, WhatHasNoGroupsIsSaidOfEachNode) {
  EXPECT_EQ(DescribeCuts("a->c, b->d, c->a, d->b"),
            "a -/-> c, c -/-> a, b -/-> d, d -/-> b");
  // One pair more than two sides have.
  EXPECT_EQ(DescribeCuts("a->c, b->c, c->a"), "a -/-> c, c -/-> a, b -/-> c");
}

TEST(PartitionTextTest, OtherTextStaysAsItIs) {
  EXPECT_EQ(DescribeCuts(""), "");
  EXPECT_EQ(DescribeCuts("text"), "text");
  EXPECT_EQ(DescribeCuts("a->b, "), "{a} -/-> {b}");
  EXPECT_EQ(DescribeCuts("->b"), "->b");
}

}  // namespace
}  // namespace reprise
