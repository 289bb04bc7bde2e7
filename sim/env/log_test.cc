#include "reprise/sim/env/log.h"

#include <cstdint>
#include <string>

#include "gtest/gtest.h"
#include "reprise/sim/core/log_level.h"

namespace reprise {
namespace {

TEST(LogTest, ALineHasItsFieldsBehindItsText) {
  const std::string leader = "server-1";
  EXPECT_EQ(LogLine("leads", {{"term", 3},
                              {"votes", uint64_t{2}},
                              {"leader", leader},
                              {"is_new", true}}),
            "leads term=3 votes=2 leader=server-1 is_new=true");
}

TEST(LogTest, NumbersAreWhole) {
  EXPECT_EQ(LogLine("", {{"low", INT64_MIN}, {"high", UINT64_MAX}}),
            "low=-9223372036854775808 high=18446744073709551615");
}

TEST(LogTest, QuotesWhatCouldBeTakenForMore) {
  EXPECT_EQ(LogLine("got", {{"a", ""}, {"b", "x y"}, {"c", "\"=\\"}}),
            "got a=\"\" b=\"x y\" c=\"\\\"=\\\\\"");
}

TEST(LogTest, FieldsAreJsonOfTheirTypes) {
  std::string json;
  for (const LogField& field :
       {LogField("low", INT64_MIN), LogField("high", UINT64_MAX),
        LogField("yes", true), LogField("text", "true"),
        LogField("a \"name\"", "two\nlines")}) {
    field.AppendJsonTo(json);
    json += ' ';
  }
  EXPECT_EQ(json, R"("low":-9223372036854775808 "high":18446744073709551615 )"
                  R"("yes":true "text":"true" )"
                  R"("a \u0022name\u0022":"two\u000alines" )");
}

TEST(LogTest, LevelsHaveNames) {
  EXPECT_EQ(LogLevelName(LogLevel::kWarning), "warning");
  EXPECT_EQ(LogLevelNamed("error"), LogLevel::kError);
  EXPECT_EQ(LogLevelNamed("loud"), std::nullopt);
}

}  // namespace
}  // namespace reprise
