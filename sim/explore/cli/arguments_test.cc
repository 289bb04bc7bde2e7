#include "reprise/sim/explore/cli/arguments.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

absl::StatusOr<Arguments> Parse(std::vector<std::string> args) {
  return ParseArguments(
      "reprise",
      {{.name = "sweep",
        .about = "runs trials",
        .flags = {{.name = "seeds", .value_name = "COUNT", .about = "how many"},
                  {.name = "option",
                   .value_name = "NAME=VALUE",
                   .about = "an option",
                   .may_repeat = true},
                  {.name = "share",
                   .value_name = "PERCENT",
                   .about = "how many",
                   .bare_value = "100"},
                  {.name = "only",
                   .value_name = "NAMES",
                   .about = "what is kept",
                   .may_be_empty = true},
                  {.name = "json", .about = "as JSON"}}},
       {.name = "replay",
        .about = "runs one trial",
        .flags = {{.name = "share", .about = "a switch here"}},
        .positional_name = "FILE",
        .positional_about = "a replay file"},
       {.name = "check",
        .about = "judges histories",
        .positional_name = "FILE",
        .many_positionals = true}},
      std::move(args));
}

std::string ErrorOf(std::vector<std::string> args) {
  const absl::StatusOr<Arguments> given = Parse(std::move(args));
  return given.ok() ? "no error" : std::string(given.status().message());
}

TEST(ArgumentsTest, TakesValuesAndSwitches) {
  const absl::StatusOr<Arguments> given =
      Parse({"sweep", "--seeds=5..9", "--json"});
  ASSERT_TRUE(given.ok()) << given.status();
  EXPECT_EQ(given->command(), "sweep");
  EXPECT_EQ(given->Value("seeds"), "5..9");
  EXPECT_TRUE(given->Has("json"));
  EXPECT_FALSE(given->Has("option"));
  EXPECT_EQ(given->Value("option"), "");
  EXPECT_EQ(given->ValueOr("option", "none"), "none");
}

TEST(ArgumentsTest, TakesAValueAsTheNextArgument) {
  EXPECT_EQ(Parse({"sweep", "--seeds", "7"})->Value("seeds"), "7");
}

TEST(ArgumentsTest, AFlagMayStandWithoutItsValue) {
  EXPECT_EQ(Parse({"sweep", "--share", "--json"})->Value("share"), "100");
  EXPECT_EQ(Parse({"sweep", "--share=7"})->Value("share"), "7");
  EXPECT_FALSE(Parse({"sweep"})->Has("share"));
  EXPECT_THAT(ErrorOf({"sweep", "--share", "7"}), HasSubstr("\"7\""));
}

TEST(ArgumentsTest, TakesAnEmptyValueWhereItMeansSomething) {
  const absl::StatusOr<Arguments> given = Parse({"sweep", "--only="});
  ASSERT_TRUE(given.ok()) << given.status();
  EXPECT_TRUE(given->Has("only"));
  EXPECT_EQ(given->Value("only"), "");
}

TEST(ArgumentsTest, RefusesAnEmptyValueElsewhere) {
  EXPECT_EQ(ErrorOf({"sweep", "--seeds="}),
            "--seeds was given \"\"; expected COUNT: how many.");
  EXPECT_EQ(ErrorOf({"sweep", "--seeds", ""}),
            "--seeds was given \"\"; expected COUNT: how many.");
  EXPECT_EQ(ErrorOf({"sweep", "--option=a=1", "--option="}),
            "--option was given \"\"; expected NAME=VALUE: an option.");
  EXPECT_THAT(ErrorOf({"sweep", "--share="}), HasSubstr("--share was given"));
  EXPECT_EQ(ErrorOf({"replay", ""}),
            "FILE was given \"\"; expected a replay file.");
}

// The value ends with "=", and is not empty.
TEST(ArgumentsTest, LeavesAValueWhole) {
  EXPECT_THAT(Parse({"sweep", "--option=clients="})->Values("option"),
              ElementsAre("clients="));
  EXPECT_THAT(Parse({"sweep", "--option", "clients="})->Values("option"),
              ElementsAre("clients="));
}

TEST(ArgumentsTest, ASwitchTakesNoValue) {
  EXPECT_EQ(ErrorOf({"sweep", "--json=no"}),
            "--json takes no value; it was given \"no\".");
  EXPECT_EQ(ErrorOf({"sweep", "--json="}),
            "--json takes no value; it was given \"\".");
  // It is another command's flag that takes one.
  EXPECT_EQ(ErrorOf({"replay", "--share=50"}),
            "--share takes no value; it was given \"50\".");
  EXPECT_TRUE(Parse({"replay", "--share"})->Has("share"));
}

TEST(ArgumentsTest, WhatFollowsTwoDashesIsNoFlag) {
  EXPECT_THAT(Parse({"check", "a", "--", "--b", "--", "-c"})->positionals(),
              ElementsAre("a", "--b", "--", "-c"));
  EXPECT_TRUE(Parse({"check", "--"}).ok());
  EXPECT_EQ(ErrorOf({"sweep", "--", "--seeds=3"}),
            "sweep does not take the argument \"--seeds=3\"; its flags begin "
            "with --.");
  EXPECT_EQ(ErrorOf({"replay", "a", "--", "b"}),
            "replay takes one FILE; \"b\" is one too many.");
}

TEST(ArgumentsTest, EchoesNoArgumentWhole) {
  const std::string huge(1'000'000, 'x');
  for (const std::vector<std::string>& args :
       std::vector<std::vector<std::string>>{{huge},
                                             {"--" + huge},
                                             {"sweep", huge},
                                             {"sweep", "--" + huge},
                                             {"sweep", "--json=" + huge},
                                             {"sweep", "--", huge},
                                             {"replay", "a", huge}}) {
    EXPECT_LT(ErrorOf(args).size(), 1000u);
  }
}

TEST(ArgumentsTest, RepeatsOnlyWhatMayRepeat) {
  EXPECT_THAT(
      Parse({"sweep", "--option", "a=1", "--option=b=2"})->Values("option"),
      ElementsAre("a=1", "b=2"));
  EXPECT_EQ(ErrorOf({"sweep", "--seeds=1", "--seeds=2"}),
            "--seeds was given 2 times.");
  EXPECT_EQ(ErrorOf({"sweep", "--json", "--json"}),
            "--json was given 2 times.");
}

TEST(ArgumentsTest, ARepeatedFlagTakesOneArgumentEachTime) {
  EXPECT_EQ(ErrorOf({"sweep", "--option", "a=1", "b=2"}),
            "sweep does not take the argument \"b=2\"; its flags begin with "
            "--.");
}

TEST(ArgumentsTest, TakesPositionals) {
  EXPECT_THAT(Parse({"replay", "out/a.json"})->positionals(),
              ElementsAre("out/a.json"));
  EXPECT_THAT(Parse({"check", "a", "-", "b"})->positionals(),
              ElementsAre("a", "-", "b"));
  EXPECT_EQ(ErrorOf({"replay", "a", "b"}),
            "replay takes one FILE; \"b\" is one too many.");
}

TEST(ArgumentsTest, NamesUnknownFlagsAndTheChoices) {
  EXPECT_EQ(ErrorOf({"sweep", "--seed=3"}),
            "unknown flag of sweep \"--seed\"; did you mean --seeds? There "
            "are: --seeds, --option, --share, --only, --json.");
  EXPECT_THAT(ErrorOf({"sweep", "-x"}), HasSubstr("\"-x\""));
  EXPECT_THAT(ErrorOf({"replay", "--frobnicate", "1"}),
              HasSubstr("\"--frobnicate\""));
}

TEST(ArgumentsTest, FlagsFollowTheirCommand) {
  EXPECT_EQ(ErrorOf({"--json", "sweep"}),
            "--json stands before sweep; a command's flags follow it.");
}

TEST(ArgumentsTest, NamesUnknownCommandsAndTheChoices) {
  EXPECT_EQ(ErrorOf({"swep"}),
            "unknown command \"swep\"; did you mean sweep? There are: sweep, "
            "replay, check.");
  EXPECT_THAT(ErrorOf({}), HasSubstr("no command was given"));
}

TEST(ArgumentsTest, MissesAValue) {
  EXPECT_THAT(ErrorOf({"sweep", "--seeds"}), HasSubstr("--seeds"));
}

TEST(ArgumentsTest, OffersHelp) {
  EXPECT_THAT(Parse({"--help"})->help(), HasSubstr("runs trials"));
  EXPECT_THAT(Parse({"sweep", "--help"})->help(), HasSubstr("how many"));
}

TEST(ArgumentsTest, OffersItsVersion) {
  EXPECT_TRUE(Parse({"--version"})->asks_for_version());
  EXPECT_FALSE(Parse({"sweep"})->asks_for_version());
}

}  // namespace
}  // namespace reprise::cli
