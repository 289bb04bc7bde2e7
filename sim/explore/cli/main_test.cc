#include "reprise/sim/explore/cli/main.h"

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/forbidden_calls.h"
#include "reprise/sim/core/sanitizer.h"
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
                    HasSubstr("keys and values")));
}

TEST(ListCommandTest, JsonHasItsFields) {
  const Json json = JsonOf(Execute({"list", "--json"}));
  EXPECT_EQ(json["scenarios"].size(), 9u);
  EXPECT_EQ(json["models"].back(),
            Json({{"name", "kv"}, {"about", "keys and values"}}));
  EXPECT_EQ(json["bugs"][0], Json({{"name", "counts-twice"},
                                   {"about", "retries count again"},
                                   {"scenario", "tally"},
                                   {"property", "exactly-once"},
                                   {"source", ""}}));
  EXPECT_GE(json["presets"].size(), 3u);
  EXPECT_GE(json["faults"].size(), 20u);
  EXPECT_EQ(json["faults"][1],
            Json({{"name", "request-loss"},
                  {"about", "requests are lost, silently or known at once"}}));
}

TEST(CommandLineTest, BadInputIsStatusTwoAndNamesTheChoices) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{}, "no command"},
      {{"swep"}, "did you mean sweep?"},
      {{"sweep", "--scenario=taly"}, "did you mean tally?"},
      {{"sweep", "--scenario="}, "--scenario was given \"\""},
      {{"sweep", "--out="}, "--out was given \"\"; expected DIR"},
      {{"sweep", "--option=clients="}, "option \"clients=\": not NAME=VALUE"},
      {{"sweep", "--option=clients= 3"}, "NAME=VALUE"},
      {{"sweep", "--option=clients=3", "--option=clients=4"},
       "option \"clients\" was given twice"},
      {{"sweep", "--seeds=99999999999999999999"}, "numbers up to"},
      {{"sweep", "--jobs="}, "--jobs was given \"\""},
      {{"sweep", "--", "--seeds=3"}, "does not take the argument"},
      {{"sweep", "--version"}, "unknown flag of sweep \"--version\""},
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
      {{"replay", ""}, "FILE was given \"\"; expected a replay file"},
      {{"replay", "--", "--none.json"}, "--none.json: cannot be read: No such"},
      {{"replay", "."}, ".: a folder, not a replay file"},
      {{"replay", "--scenario=tally", "--seed=1", "--check-determinism=50"},
       "--check-determinism takes no value; it was given \"50\""},
      {{"replay", "--scenario=tally", "--seed=1", "--out=/dev/null/x"},
       "/dev/null/x: cannot be made a folder: Not a directory"},
      {{"check", "/dev/null", "--html="},
       "--html was given \"\"; expected FILE"},
      {{"check", "/dev/null", "--html=/nowhere/a.html"},
       "/nowhere/a.html: cannot be written: No such file or directory"},
      {{"check", "/dev/null", "--html=."}, ".: cannot be written: Is a dir"},
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

TEST(CommandLineTest, EveryCommandLineHasTheSandbox) {
#if defined(REPRISE_ADDRESS_SANITIZER) || defined(REPRISE_THREAD_SANITIZER)
  GTEST_SKIP() << "off under this sanitizer";
#endif
  EXPECT_TRUE(IsSandboxLinked());
}

TEST(CommandLineTest, HelpIsNoError) {
  const Execution done = Execute({"--help"});
  EXPECT_EQ(done.status, kExitHolds);
  EXPECT_THAT(done.out, HasSubstr("sweep"));
  EXPECT_THAT(Execute({"sweep", "--help"}).out, HasSubstr("--max-failures"));
}

TEST(CommandLineTest, VersionNamesCommitAndCompiler) {
  std::ostringstream out;
  std::ostringstream err;
  Console console{.out = out, .err = err};
  EXPECT_EQ(RunCommandLine({"--version"}, ToyCatalog(), console,
                           {.commit = "1a2b3c"}),
            kExitHolds);
  EXPECT_THAT(out.str(), testing::MatchesRegex(
                             "reprise [0-9]+\\.[0-9]+\\.[0-9]+ \\(commit 1a2b3c"
                             ", (GCC|Clang) [0-9.]+\\)\n"));
  EXPECT_THAT(Execute({"--version"}).out, HasSubstr("(commit unknown, "));
}

// Whatever is wrong with it.
TEST(CommandLineTest, EchoesNoInputWhole) {
  const std::string huge(200'000, 'x');
  for (const std::vector<std::string>& args :
       std::vector<std::vector<std::string>>{
           {huge},
           {"sweep", "--scenario=" + huge},
           {"sweep", "--bug=" + huge},
           {"sweep", "--seeds=" + huge},
           {"sweep", "--jobs=" + huge},
           {"sweep", "--option=" + huge},
           {"sweep", "--option=" + huge + "=1"},
           {"sweep", "--scenario=tally", "--option=" + huge + "=1"},
           {"sweep", "--out=" + huge},
           {"replay", huge},
           {"replay", "--scenario=tally", "--seed=1", "--calm-except=" + huge},
           {"replay", "--scenario=tally", "--seed=1", "--out=" + huge},
           {"check", huge},
           {"check", "/dev/null", "--model=" + huge},
           {"check", "/dev/null", "--format=" + huge},
           {"check", "/dev/null", "--html=" + huge}}) {
    const Execution done = Execute(args);
    EXPECT_EQ(done.status, kExitUsage);
    EXPECT_LT(done.out.size() + done.err.size(), 20'000u)
        << args.front() << " " << args.back().substr(0, 30);
  }
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
