#include "reprise/sim/trace/parse_cuts.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/trace/partition_text.h"

namespace reprise {
namespace {

// "a->b, b->a", or the error.
std::string Cuts(std::string_view words) {
  const absl::StatusOr<std::vector<CutPair>> cuts = ParseCuts(words);
  if (!cuts.ok()) return std::string(cuts.status().message());
  return absl::StrJoin(*cuts, ", ", [](std::string* out, const CutPair& cut) {
    absl::StrAppend(out, cut.from, "->", cut.to);
  });
}

TEST(ParseCutsTest, NoGroupSeesAnother) {
  EXPECT_EQ(Cuts("{a b} | {c}"), "a->c, b->c, c->a, c->b");
  EXPECT_EQ(Cuts("a | b | c"), "a->b, a->c, b->a, b->c, c->a, c->b");
}

TEST(ParseCutsTest, OneWayStopsPacketsToTheSecondSide) {
  EXPECT_EQ(Cuts("{a b} -/-> {c}"), "a->c, b->c");
}

TEST(ParseCutsTest, SeveralAreJoined) {
  EXPECT_EQ(Cuts("a -/-> c d, b -/-> d"), "a->c, a->d, b->d");
  EXPECT_EQ(Cuts("a | b, b -/-> a"), "a->b, b->a");
}

TEST(ParseCutsTest, NothingIsAWord) {
  EXPECT_EQ(Cuts("nothing"), "");
  EXPECT_EQ(Cuts("nothing | a"), "a->nothing, nothing->a");
}

TEST(ParseCutsTest, SpaceAndBracesAreFree) {
  EXPECT_EQ(Cuts("  a   b|{ c },d -/-> f "), "a->c, b->c, c->a, c->b, d->f");
}

TEST(ParseCutsTest, ReadsWhatIsDescribed) {
  for (const std::string_view pairs :
       {"a->b, b->a", "a->b, a->c", "a->c, a->d, b->d", "a->b, b->c, c->a",
        "a->c, b->d, c->a, d->b", "a->b, a->c, b->a, b->c, c->a, c->b"}) {
    EXPECT_EQ(Cuts(DescribeCuts(pairs)), pairs);
  }
}

TEST(ParseCutsTest, SaysWhatIsWrong) {
  EXPECT_EQ(Cuts(""), "expected the name of a node, found the end");
  EXPECT_EQ(Cuts("a b"), "expected \"|\" or \"-/->\", found the end");
  EXPECT_EQ(Cuts("a |"), "expected the name of a node, found the end");
  EXPECT_EQ(Cuts("a | {} | b"), "expected the name of a node, found \"}\"");
  EXPECT_EQ(Cuts("{a | b"), "expected \"}\", found \"|\"");
  EXPECT_EQ(Cuts("a | b -/-> c"), "expected \",\" or the end, found \"-/->\"");
  EXPECT_EQ(Cuts("a -/-> b -/-> c"),
            "expected two sides of \"-/->\", found three");
  EXPECT_EQ(Cuts("a b | c | b"),
            "expected \"b\" on one side, found it on both");
  EXPECT_EQ(Cuts("a | b,"), "expected the name of a node, found the end");
  EXPECT_TRUE(absl::IsInvalidArgument(ParseCuts("a b").status()));
}

}  // namespace
}  // namespace reprise
