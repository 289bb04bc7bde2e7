#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/model/named.h"
#include "reprise/checker/models/mutex.h"
#include "reprise/sim/explore/cli/command.h"
#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/cli/main.h"
#include "reprise/sim/explore/trial/scenario.h"

namespace reprise::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using Json = nlohmann::json;

struct Outcome {
  int status = 0;
  std::string out;
  std::string err;
};

Outcome Execute(const std::vector<std::string>& args) {
  std::ostringstream out;
  std::ostringstream err;
  Console console{.out = out, .err = err};
  std::vector<std::string> all = {"check"};
  all.insert(all.end(), args.begin(), args.end());
  const int status = RunCommandLine(all, Catalog(), console);
  return {status, out.str(), err.str()};
}

Json JsonOf(const Outcome& outcome) {
  const Json json = Json::parse(outcome.out, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << outcome.out << outcome.err;
  return json;
}

constexpr char kHolds[] =
    R"({"client":0,"op":"put","key":"k","value":"a","call":1,"return":2}
{"client":1,"op":"get","key":"k","output":"a","call":1,"return":3}
)";
constexpr char kViolated[] =
    R"({"client":0,"op":"put","key":"k","value":"a","call":1,"return":2}
{"client":1,"op":"get","key":"k","output":"","call":3,"return":4}
)";
constexpr char kCas[] =
    R"({"client":0,"op":"cas","key":"k","expected":"","value":"a","ok":true,)"
    R"("call":1,"return":2})";

// Concurrent puts of one value and a read: nothing but a search decides.
std::string Undecided() {
  std::string text;
  for (int client = 0; client < 12; ++client) {
    text += "{\"client\":" + std::to_string(client) +
            R"(,"op":"append","key":"k","value":")" +
            std::string(1 + client % 3, 'a') + "\",\"call\":1,\"return\":20}\n";
  }
  return text + R"({"client":99,"op":"get","key":"k","output":")" +
         std::string(23, 'a') + "\",\"call\":30,\"return\":31}\n";
}

class CheckCommandTest : public testing::Test {
 protected:
  CheckCommandTest()
      : folder_(testing::TempDir() + "/" +
                testing::UnitTest::GetInstance()->current_test_info()->name()) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }

  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  const std::string folder_;
};

TEST_F(CheckCommandTest, HoldsWithStatusZero) {
  const std::string file = Write("good.jsonl", kHolds);
  const Outcome outcome = Execute({file});
  EXPECT_EQ(outcome.status, kExitHolds);
  EXPECT_THAT(outcome.out, HasSubstr(file + " · holds · 2 operations · "));
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST_F(CheckCommandTest, ExplainsAViolationWithStatusOne) {
  const Outcome outcome = Execute({Write("bad.jsonl", kViolated)});
  EXPECT_EQ(outcome.status, kExitViolated);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("VIOLATED: linearizability"),
                                 HasSubstr("  key \"k\": client 1 read \"\""),
                                 HasSubstr("first illegal answer: line 2"),
                                 HasSubstr("  client 0    Put(\"k\", \"a\")")));
}

TEST_F(CheckCommandTest, SaysHowFarItCameWithStatusThree) {
  const Outcome outcome =
      Execute({Write("hard.jsonl", Undecided()), "--budget-states=5"});
  EXPECT_EQ(outcome.status, kExitUndecided) << outcome.out;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("UNDECIDED"), HasSubstr("key \"k\""),
                    HasSubstr("of 13 operations"), HasSubstr(" states and "),
                    HasSubstr("--budget-states=N")));
}

TEST_F(CheckCommandTest, TheNumberOfThreadsChangesNothing) {
  // A thousand keys of which two contradict themselves.
  std::string lines;
  for (int key = 0; key < 1000; ++key) {
    const std::string output = key == 700 || key == 900 ? "b" : "a";
    absl::StrAppend(&lines, R"({"client":0,"op":"put","key":"k)", key,
                    R"(","value":"a","call":)", 10 * key, R"(,"return":)",
                    10 * key + 1, "}\n", R"({"client":0,"op":"get","key":"k)",
                    key, R"(","output":")", output, R"(","call":)",
                    10 * key + 2, R"(,"return":)", 10 * key + 3, "}\n");
  }
  const std::string file = Write("keys.jsonl", lines);
  for (const char* jobs : {"--jobs=1", "--jobs=2", "--jobs=7"}) {
    const Json json = JsonOf(Execute({file, "--json", jobs}));
    EXPECT_EQ(json["verdict"], "violated") << jobs;
    EXPECT_THAT(json["message"].get<std::string>(), HasSubstr("key \"k700\""));
  }
  EXPECT_THAT(Execute({file, "--jobs=0"}).err, HasSubstr("from 1 to 1024"));
}

constexpr char kTwoHolders[] =
    R"({:process 0, :type :invoke, :f :acquire, :value nil}
{:process 0, :type :ok, :f :acquire, :value nil}
{:process 1, :type :invoke, :f :acquire, :value nil}
{:process 1, :type :ok, :f :acquire, :value nil}
)";

TEST_F(CheckCommandTest, JudgesByAnyModel) {
  const std::string file = Write("lock.edn", kTwoHolders);
  const Outcome outcome = Execute({file, "--model=mutex"});
  EXPECT_EQ(outcome.status, kExitViolated) << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("VIOLATED: linearizability"),
                    HasSubstr("no order explains acquire() = true of client 1"),
                    HasSubstr("first illegal answer: line 3"),
                    HasSubstr("  client 0    acquire() = true  |--|")));
  const Json json = JsonOf(Execute({file, "--model=mutex", "--json"}));
  EXPECT_EQ(json["verdict"], "violated");
  EXPECT_EQ(json["operations"], 2);
}

TEST_F(CheckCommandTest, AnAliasHasOneMeaning) {
  const std::string file = Write("a.jsonl", kHolds);
  EXPECT_EQ(Execute({file, "--alias=r=read", "--alias=r=read"}).status,
            kExitHolds);
  const Outcome two = Execute({file, "--alias=r=read", "--alias=r=write"});
  EXPECT_EQ(two.status, kExitUsage);
  EXPECT_THAT(two.err, HasSubstr("--alias=r=write: the name stands for read "
                                 "already"));
}

// A lock has no vectors for holders, so that a pair is a lock and a holder.
TEST_F(CheckCommandTest, TakesPairsForKeysWhereNothingElseCanBeOne) {
  const std::string start =
      "[0 :invoke :acquire [:x a]] [0 :ok :acquire [:x a]]";
  EXPECT_EQ(Execute({Write("two.edn", start + "[1 :invoke :acquire [:y b]]"
                                              "[1 :ok :acquire [:y b]]"),
                     "--model=mutex"})
                .status,
            kExitHolds);
  EXPECT_EQ(Execute({Write("one.edn", start + "[1 :invoke :release [:x b]]"
                                              "[1 :ok :release [:x b]]"),
                     "--model=mutex"})
                .status,
            kExitViolated);
}

TEST_F(CheckCommandTest, SaysWhatTheModelExpects) {
  const std::string file = Write("lock.edn", kTwoHolders);
  EXPECT_THAT(Execute({file}).err, HasSubstr("lock.edn:1: found :f 'acquire'"));
  const Outcome initial = Execute({file, "--model=mutex", "--initial=7"});
  EXPECT_EQ(initial.status, kExitUsage);
  EXPECT_THAT(initial.err, HasSubstr("found 7, expected true (held)"));
  const Outcome other = Execute({Write("a.jsonl", kHolds), "--model=mutex"});
  EXPECT_EQ(other.status, kExitUsage);
  EXPECT_THAT(other.err, HasSubstr("a.jsonl:1: found the operation \"put\", "
                                   "expected acquire, release"));
}

TEST_F(CheckCommandTest, TakesOtherNamesOfAModelsOperations) {
  const std::string file =
      Write("take.jsonl", R"({"client":0,"op":"take","call":1,"return":2})"
                          "\n");
  const std::vector<std::string> args = {file, "--model=mutex"};
  EXPECT_EQ(Execute(args).status, kExitUsage);
  EXPECT_EQ(Execute({file, "--model=mutex", "--alias=take=acquire"}).status,
            kExitHolds);
}

TEST_F(CheckCommandTest, JudgesByAModelOfTheCatalog) {
  std::ostringstream out;
  Console console{.out = out, .err = out};
  const Catalog catalog = {
      .models = {checker::Named<checker::MutexModel>("lock", "acquire")}};
  const int status =
      RunCommandLine({"check", Write("lock.edn", kTwoHolders), "--model=lock"},
                     catalog, console);
  EXPECT_EQ(status, kExitViolated) << out.str();
}

TEST_F(CheckCommandTest, PrintsOneJsonObject) {
  const Outcome outcome = Execute({Write("bad.jsonl", kViolated), "--json"});
  const Json json = JsonOf(outcome);
  EXPECT_EQ(outcome.status, kExitViolated);
  EXPECT_EQ(json["verdict"], "violated");
  EXPECT_EQ(json["operations"], 2);
  EXPECT_TRUE(json["seconds"].is_number());
  EXPECT_TRUE(json["parse_seconds"].is_number());
  EXPECT_THAT(json["message"].get<std::string>(), HasSubstr("client 1 read"));
  EXPECT_FALSE(json.contains("results"));
}

TEST_F(CheckCommandTest, JudgesSeveralHistoriesOfOneFile) {
  const std::string file =
      Write("two.jsonl", std::string(kHolds) + "\n" + kViolated);
  const Outcome outcome = Execute({file, "--json"});
  const Json json = JsonOf(outcome);
  EXPECT_EQ(outcome.status, kExitViolated);
  ASSERT_EQ(json["results"].size(), 2u);
  EXPECT_EQ(json["results"][0]["name"], file + "#1");
  EXPECT_EQ(json["results"][0]["verdict"], "holds");
  EXPECT_EQ(json["results"][1]["name"], file + "#2");
  EXPECT_EQ(json["results"][1]["verdict"], "violated");
  EXPECT_EQ(json["results"][1]["operations"], 2);
  EXPECT_EQ(json["operations"], 4);
}

TEST_F(CheckCommandTest, PrintsAFolderAsATable) {
  Write("a.jsonl", kHolds);
  Write("b.jsonl", kViolated);
  Write(".hidden", "no history");
  std::filesystem::create_directories(folder_ + "/deeper");
  Write("deeper/c.jsonl", kHolds);
  const Outcome outcome = Execute({folder_});
  EXPECT_EQ(outcome.status, kExitViolated);
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("history"), HasSubstr("checked in"),
                    HasSubstr("/a.jsonl"), HasSubstr("/deeper/c.jsonl"),
                    HasSubstr("3 histories, 6 operations · 2 hold · "
                              "1 violated · checked in"),
                    HasSubstr("client 1 read")));
}

TEST_F(CheckCommandTest, PutsBadInputBeforeEverythingElse) {
  const std::string bad = Write("b.jsonl", kViolated);
  const std::string broken =
      Write("c.jsonl", std::string(kHolds) + "{\"client\":0}\n");
  Write("d.jsonl", Undecided());
  const Outcome outcome = Execute({folder_, "--budget-states=5"});
  EXPECT_EQ(outcome.status, kExitUsage);
  EXPECT_EQ(outcome.err, broken + ":3: found no \"op\", expected it\n");
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("ERROR"), HasSubstr("VIOLATED"),
                                 HasSubstr("1 could not be read")));
  const Json json = JsonOf(Execute({folder_, "--json"}));
  EXPECT_EQ(json["verdict"], "error");
  EXPECT_EQ(json["results"][1]["verdict"], "error");
}

TEST_F(CheckCommandTest, PutsAViolationBeforeUndecided) {
  Write("b.jsonl", kViolated);
  Write("d.jsonl", Undecided());
  EXPECT_EQ(Execute({folder_, "--budget-states=5"}).status, kExitViolated);
}

TEST_F(CheckCommandTest, RefusesWhatAModelDoesNotHave) {
  const std::string cas = Write("cas.jsonl", kCas);
  EXPECT_EQ(Execute({cas}).status, kExitHolds);
  EXPECT_EQ(Execute({cas, "--model=register"}).status, kExitHolds);
  const Outcome outcome = Execute({cas, "--model=key-value"});
  EXPECT_EQ(outcome.status, kExitUsage);
  EXPECT_THAT(outcome.err, HasSubstr(cas + ":1: found cas, expected get, put, "
                                           "append or delete"));
}

TEST_F(CheckCommandTest, NamesTheValidChoices) {
  const std::string file = Write("good.jsonl", kHolds);
  const Outcome model = Execute({file, "--model=kv"});
  EXPECT_EQ(model.status, kExitUsage);
  EXPECT_THAT(model.err, AllOf(HasSubstr("unknown model \"kv\""),
                               HasSubstr("key-value, register")));
  const Outcome format = Execute({file, "--format=json"});
  EXPECT_EQ(format.status, kExitUsage);
  EXPECT_THAT(format.err, HasSubstr("jepsen-edn"));
  const Outcome budget = Execute({file, "--budget-states=many"});
  EXPECT_EQ(budget.status, kExitUsage);
  EXPECT_THAT(budget.err, HasSubstr("budget-states"));
  const Outcome nothing = Execute({});
  EXPECT_EQ(nothing.status, kExitUsage);
  EXPECT_THAT(nothing.err, HasSubstr("FILE"));
  const Outcome missing = Execute({folder_ + "/missing"});
  EXPECT_EQ(missing.status, kExitUsage);
  EXPECT_THAT(missing.err, HasSubstr("missing: cannot be read: No such file"));
}

TEST_F(CheckCommandTest, ObeysAnExplicitFormat) {
  const std::string file = Write("good.jsonl", kHolds);
  EXPECT_EQ(Execute({file, "--format=json-lines"}).status, kExitHolds);
  const Outcome outcome = Execute({file, "--format=jepsen-etcd"});
  EXPECT_EQ(outcome.status, kExitUsage);
  EXPECT_THAT(outcome.err, HasSubstr("good.jsonl:1: found"));
}

TEST_F(CheckCommandTest, IsToldWhatARecordingDoesNotSay) {
  const std::string file = Write("reads.edn",
                                 "[0 :invoke :write 5] [0 :ok :write 5]\n"
                                 "[0 :invoke :read nil] [0 :ok :read nil]\n");
  EXPECT_EQ(Execute({file}).status, kExitViolated);
  EXPECT_EQ(Execute({file, "--nil=unknown"}).status, kExitHolds);
  EXPECT_EQ(Execute({file, "--nil=initial", "--initial=5N"}).status,
            kExitHolds);

  const std::string failed =
      Write("failed.edn",
            "[0 :invoke :cas [0 1]] [0 :fail :cas [0 1]]\n"
            "[0 :invoke :last-look nil] [0 :ok :last-look 0]\n");
  const std::string alias = "--alias=last-look=read";
  EXPECT_EQ(Execute({failed, alias, "--initial=0"}).status, kExitHolds);
  EXPECT_EQ(Execute({failed, "--alias=:last-look=:read", "--initial=0"}).status,
            kExitHolds);
  EXPECT_EQ(
      Execute({failed, alias, "--initial=0", "--failed-cas=found-another"})
          .status,
      kExitViolated);
}

TEST_F(CheckCommandTest, RefusesUnknownMeanings) {
  const std::string file = Write("good.jsonl", kHolds);
  EXPECT_THAT(Execute({file, "--nil=null"}).err,
              AllOf(HasSubstr("value of --nil"), HasSubstr("absent")));
  EXPECT_THAT(Execute({file, "--failed-cas=x"}).err,
              HasSubstr("found-another"));
  EXPECT_THAT(Execute({file, "--alias=a=b"}).err,
              HasSubstr("--alias=a=b is not NAME=OPERATION, where OPERATION is "
                        "read, get, write"));
}

TEST_F(CheckCommandTest, WritesAPageOfTheViolation) {
  Write("a.jsonl", kHolds);
  Write("b.jsonl", kViolated);
  const std::string page = testing::TempDir() + "/page.html";
  const Outcome outcome = Execute({folder_, "--html=" + page});
  EXPECT_EQ(outcome.status, kExitViolated);
  EXPECT_THAT(outcome.out,
              HasSubstr("page: " + page + " shows " + folder_ + "/b.jsonl"));
  std::ostringstream text;
  text << std::ifstream(page).rdbuf();
  EXPECT_THAT(text.str(), AllOf(HasSubstr("<!doctype html>"),
                                HasSubstr("\"verdict\":\"violated\"")));
  EXPECT_EQ(Execute({folder_, "--html=/no/such/place"}).status, kExitUsage);
}

TEST_F(CheckCommandTest, APageDoesNotReplaceAHistory) {
  const std::string file = Write("undecided", Undecided());
  const Outcome outcome = Execute({file, "--html=" + file});
  EXPECT_EQ(outcome.status, kExitUsage);
  EXPECT_THAT(outcome.err, HasSubstr("would replace " + file));
  std::ifstream kept(file, std::ios::binary);
  std::stringstream text;
  text << kept.rdbuf();
  EXPECT_EQ(text.str(), Undecided());
}

}  // namespace
}  // namespace reprise::cli
