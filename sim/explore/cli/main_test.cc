#include "reprise/sim/explore/cli/main.h"

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/testing/execute.h"
#include "reprise/sim/explore/testing/toy_catalog.h"

namespace reprise::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using Json = nlohmann::json;

// The JSON on standard output, where nothing else is.
Json JsonOf(const Execution& done) {
  const Json json = Json::parse(done.out, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << done.out << done.err;
  return json;
}

TEST(LabCommandTest, SpeaksTheLabsFormat) {
  const Execution done = Execute({"lab", "--seed=3"});
  EXPECT_EQ(done.status, kExitHolds);
  EXPECT_THAT(done.out,
              testing::ContainsRegex("Test: one key ...\n  ... Passed --  t +"
                                     "[0-9]+\\.[0-9] nrpc +10 ops +10\n"));
}

TEST(LabCommandTest, JsonHasItsFields) {
  const Json json = JsonOf(Execute({"lab", "--json"}));
  ASSERT_EQ(json["tests"].size(), 2u);
  const Json& test = json["tests"][1];
  EXPECT_EQ(test["name"], "register");
  EXPECT_EQ(test["title"], "one key");
  EXPECT_EQ(test["passed"], true);
  EXPECT_GT(test["seconds"], 0);
  EXPECT_EQ(test["rpcs"], 10);
  EXPECT_EQ(test["operations"], 10);
  EXPECT_EQ(test["held_bytes"], 0);
  EXPECT_EQ(test["limit_bytes"], 0);
}

TEST(ListCommandTest, ListsEverything) {
  const Execution done = Execute({"list"});
  EXPECT_EQ(done.status, kExitHolds);
  EXPECT_THAT(done.out,
              AllOf(HasSubstr("scenarios\n  parity    judges"),
                    HasSubstr("found in tally by exactly-once"),
                    HasSubstr("faults\n  delay "), HasSubstr("  harsh"),
                    HasSubstr("  kv  keys and values")));
}

TEST(ListCommandTest, JsonHasItsFields) {
  const Json json = JsonOf(Execute({"list", "--json"}));
  EXPECT_EQ(json["scenarios"].size(), 8u);
  EXPECT_EQ(json["models"][0],
            Json({{"name", "kv"}, {"about", "keys and values"}}));
  EXPECT_EQ(json["bugs"][0], Json({{"name", "counts-twice"},
                                   {"about", "retries count again"},
                                   {"scenario", "tally"},
                                   {"property", "exactly-once"},
                                   {"source", ""}}));
  EXPECT_GE(json["presets"].size(), 3u);
  EXPECT_GE(json["faults"].size(), 20u);
  EXPECT_EQ(json["faults"][2],
            Json({{"name", "loss"},
                  {"about", "packets are lost, silently or known at once"}}));
}

TEST(CommandLineTest, BadInputIsStatusTwoAndNamesTheChoices) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{}, "no command"},
      {{"swep"}, "did you mean sweep?"},
      {{"sweep", "--scenario=taly"}, "did you mean tally?"},
      {{"sweep", "--scenario="}, "unknown scenario \"\""},
      {{"sweep", "--bug=count-twice"}, "did you mean counts-twice?"},
      {{"sweep", "--sed=3"}, "did you mean --seeds?"},
      {{"sweep", "--seeds=9..5"}, "runs backwards"},
      {{"sweep", "--seeds=0"}, "no seed to run"},
      {{"sweep", "--seeds=many"}, "\"many\""},
      {{"sweep", "--seeds=-4"}, "\"-4\""},
      {{"sweep", "--jobs=0"}, "from 1 to 1024"},
      {{"sweep", "--jobs=100000"}, "from 1 to 1024"},
      {{"sweep", "--max-failures=0"}, "max-failures \"0\""},
      {{"sweep", "--option=clients"}, "NAME=VALUE"},
      {{"sweep", "tally"}, "\"tally\""},
      {{"replay"}, "needs a FILE, or --scenario=NAME and --seed=N"},
      {{"replay", "--scenario=tally"}, "needs a FILE"},
      {{"replay", "--scenario=tally", "--seed=x"}, "seed \"x\""},
      {{"replay", "a.json", "--seed=1"}, "--seed cannot be given"},
      {{"lab", "--seed=-1"}, "seed \"-1\""},
      {{"list", "--yaml"}, "--yaml"},
  };
  for (const auto& [args, message] : cases) {
    const Execution done = Execute(args);
    EXPECT_EQ(done.status, kExitUsage) << message;
    EXPECT_THAT(done.err, HasSubstr(message));
    EXPECT_THAT(done.err, StartsWith("reprise"));
    EXPECT_THAT(done.out, IsEmpty()) << message;
  }
}

TEST(CommandLineTest, HelpIsNoError) {
  const Execution done = Execute({"--help"});
  EXPECT_EQ(done.status, kExitHolds);
  EXPECT_THAT(done.out, HasSubstr("sweep"));
  EXPECT_THAT(Execute({"sweep", "--help"}).out, HasSubstr("--max-failures"));
}

TEST(CommandLineTest, TakesMoreCommands) {
  const Command hello{.spec = {.name = "hello", .about = "greets"},
                      .run = [](const CommandCall& call) {
                        call.console.out << "hello\n";
                        return kExitHolds;
                      }};
  EXPECT_EQ(Execute({"hello"}, {hello}).out, "hello\n");
}

TEST(CommandLineTest, ResultsThatCannotBeWrittenAreAnError) {
  std::ostringstream out;
  std::ostringstream err;
  out.setstate(std::ios::badbit);
  Console console{.out = out, .err = err};
  EXPECT_EQ(RunCommandLine({"list"}, ToyCatalog(), console), kExitUsage);
  EXPECT_THAT(err.str(), HasSubstr("could not be written"));
}

}  // namespace
}  // namespace reprise::cli
