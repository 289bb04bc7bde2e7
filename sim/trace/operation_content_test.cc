#include "reprise/sim/trace/operation_content.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace reprise {
namespace {

using std::string_view_literals::operator""sv;

void ExpectRoundTrip(std::string_view key, std::string_view value) {
  const std::string joined = JoinOperation(key, value);
  EXPECT_EQ(SplitOperation(joined).key, key);
  EXPECT_EQ(SplitOperation(joined).value, value);
}

TEST(OperationContentTest, KeepsAnyBytes) {
  ExpectRoundTrip("k", "x 0 1 y");
  ExpectRoundTrip("", "");
  ExpectRoundTrip("7:", ":::");
  ExpectRoundTrip("\0\xff"sv, "\0"sv);
}

TEST(OperationContentTest, TakesForeignContentForAValue) {
  EXPECT_EQ(SplitOperation("no length").value, "no length");
  EXPECT_EQ(SplitOperation("99:short").value, "99:short");
  EXPECT_EQ(SplitOperation("-1:x").key, "");
}

TEST(OperationContentTest, HashTellsKeyFromValue) {
  EXPECT_NE(HashOperation("a", "b"), HashOperation("b", "a"));
  EXPECT_NE(HashOperation("a", "a"), HashOperation("b", "b"));
  EXPECT_NE(HashOperation("ab", ""), HashOperation("a", "b"));
  EXPECT_NE(HashOperation("a", "b"), HashOperation("a", "c"));
}

}  // namespace
}  // namespace reprise
