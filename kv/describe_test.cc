#include "reprise/kv/describe.h"

#include <string>

#include "gtest/gtest.h"
#include "reprise/kv/wire.h"

namespace reprise::kv {
namespace {

TEST(DescribeTest, Requests) {
  EXPECT_EQ(
      DescribeMessage(EncodeRequest(
          {.kind = RequestKind::kGet, .client = 7, .sequence = 8, .key = "2"})),
      "Get(\"2\") seq 8");
  EXPECT_EQ(DescribeMessage(EncodeRequest({.kind = RequestKind::kPut,
                                           .client = 7,
                                           .sequence = 9,
                                           .key = "2",
                                           .value = "x 1 4 y"})),
            "Put(\"2\", \"x 1 4 y\") seq 9");
  EXPECT_EQ(DescribeMessage(EncodeRequest({.kind = RequestKind::kAppend,
                                           .client = 7,
                                           .sequence = 10,
                                           .key = "",
                                           .value = "\n"})),
            "Append(\"\", \"\\n\") seq 10");
}

TEST(DescribeTest, Replies) {
  EXPECT_EQ(
      DescribeMessage(EncodeReply({.kind = RequestKind::kPut, .sequence = 9})),
      "reply seq 9");
  EXPECT_EQ(DescribeMessage(EncodeReply(
                {.kind = RequestKind::kGet, .sequence = 8, .value = "a"})),
            "reply \"a\" seq 8");
}

TEST(DescribeTest, LongValuesAreShortened) {
  EXPECT_EQ(DescribeMessage(EncodeReply({.kind = RequestKind::kGet,
                                         .sequence = 8,
                                         .value = std::string(1000, 'a')})),
            "reply \"aaaaaaaaaaaaaa...aaaaaaa\" (1000 bytes) seq 8");
}

TEST(DescribeTest, TextOfAnyLanguagePrintsAsItself) {
  EXPECT_EQ(DescribeMessage(EncodeReply({.kind = RequestKind::kGet,
                                         .sequence = 8,
                                         .value = "\u00e9t\u00e9\xff"})),
            "reply \"\u00e9t\u00e9\\xff\" seq 8");
}

TEST(DescribeTest, WhatIsNoMessage) {
  EXPECT_EQ(DescribeMessage(""), "0 unknown bytes");
  EXPECT_EQ(DescribeMessage("junk"), "4 unknown bytes");
}

}  // namespace
}  // namespace reprise::kv
