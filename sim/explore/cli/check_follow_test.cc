#include "reprise/sim/explore/cli/check_follow.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/cli/main.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/trial/catalog.h"

namespace reprise::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Json = nlohmann::json;

constexpr char kPutCalled[] =
    R"({"client":0,"op":"put","key":"k","value":"a","call":1,"return":"later"})"
    "\n";
constexpr char kPut[] =
    R"({"client":0,"op":"put","key":"k","value":"a","call":1,"return":2})"
    "\n";
constexpr char kRead[] =
    R"({"client":1,"op":"get","key":"k","output":"a","call":3,"return":4})"
    "\n";
constexpr char kWrongRead[] =
    R"({"client":1,"op":"get","key":"k","output":"b","call":5,"return":6})"
    "\n";
constexpr char kLast[] =
    R"({"client":1,"op":"get","key":"k","call":7,"return":"later"})"
    "\n";

struct Outcome {
  int status = 0;
  std::string out;
  std::string err;
};

Outcome Follow(std::vector<std::string> args) {
  std::ostringstream out;
  std::ostringstream err;
  Console console{.out = out, .err = err};
  args.insert(args.begin(), {"check", "--follow"});
  const int status = RunCommandLine(args, Catalog(), console);
  return {status, out.str(), err.str()};
}

void Wait(double seconds) {
  const Stopwatch stopwatch;
  while (stopwatch.Seconds() < seconds) std::this_thread::yield();
}

class CheckFollowTest : public testing::Test {
 protected:
  CheckFollowTest()
      : folder_(testing::TempDir() + "/" +
                testing::UnitTest::GetInstance()->current_test_info()->name()) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }

  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path, std::ios::binary | std::ios::app) << text;
    return path;
  }

  // Follows a pipe into which `write` writes. It has no end before `write` has
  // one.
  Outcome FollowPipe(const std::function<void(std::ostream&)>& write,
                     std::vector<std::string> args = {}) {
    const std::string path = folder_ + "/pipe";
    EXPECT_EQ(mkfifo(path.c_str(), 0600), 0);
    std::thread writer([&] {
      std::ofstream pipe(path, std::ios::binary);
      write(pipe);
    });
    args.insert(args.begin(), path);
    Outcome outcome = Follow(args);
    writer.join();
    return outcome;
  }

  const std::string folder_;
};

TEST_F(CheckFollowTest, HoldsAtTheEndOfAPipe) {
  const Outcome outcome = FollowPipe([](std::ostream& pipe) {
    pipe << kPutCalled << kPut;
    pipe.flush();
    Wait(0.1);
    pipe << kRead;
  });
  EXPECT_EQ(outcome.status, kExitHolds) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("pipe · holds · 2 operations · "));
}

TEST_F(CheckFollowTest, EndsAtAnIllegalAnswer) {
  std::signal(SIGPIPE, SIG_IGN);
  bool has_ended = false;
  const Outcome outcome = FollowPipe([&](std::ostream& pipe) {
    pipe << kPutCalled << kPut << kRead << kWrongRead << kLast;
    pipe.flush();
    // Nobody reads any more soon.
    for (int i = 0; i < 1000 && pipe.good(); ++i) {
      Wait(0.01);
      pipe << '\n';
      pipe.flush();
    }
    has_ended = !pipe.good();
  });
  EXPECT_TRUE(has_ended);
  EXPECT_EQ(outcome.status, kExitViolated);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("VIOLATED: linearizability"),
                                 HasSubstr("client 1 read \"b\""),
                                 HasSubstr("first illegal answer: line 4")));
}

TEST_F(CheckFollowTest, WaitsForTheRestOfALine) {
  const std::string file = Write("growing", kPutCalled);
  const std::string line = kPut;
  Write("growing", line.substr(0, 20));
  std::thread writer([&] {
    Wait(0.2);
    Write("growing", line.substr(20));
    Write("growing", kRead);
  });
  const Outcome outcome = Follow({file, "--idle-seconds=1"});
  writer.join();
  EXPECT_EQ(outcome.status, kExitHolds) << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("2 operations"),
                    HasSubstr("followed until nothing came for 1 second")));
}

TEST_F(CheckFollowTest, AnInterruptPrintsTheResultsSoFar) {
  const std::string file =
      Write("growing", std::string(kPutCalled) + kPut + "{\"client\":");
  std::thread other([] {
    Wait(0.3);
    kill(getpid(), SIGINT);
  });
  const Stopwatch stopwatch;
  const Outcome outcome = Follow({file});
  EXPECT_LT(stopwatch.Seconds(), 5);
  other.join();
  EXPECT_EQ(outcome.status, kExitInterrupted);
  EXPECT_THAT(outcome.err, IsEmpty());
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("growing · holds · 1 operation"),
                    HasSubstr("followed until it was interrupted")));
}

TEST_F(CheckFollowTest, JudgesAtTheEndWhatMayBeOutOfOrder) {
  const std::string file = Write("growing", std::string(kRead) + kPut);
  const Outcome outcome = Follow({file, "--idle-seconds=1", "--json"});
  EXPECT_EQ(outcome.status, kExitHolds);
  EXPECT_THAT(outcome.err, HasSubstr("judged only at the end"));
  EXPECT_EQ(Json::parse(outcome.out)["verdict"], "holds");
}

TEST_F(CheckFollowTest, TakesTheOrderOfCallsForGranted) {
  const std::string file = Write("growing", std::string(kRead) + kPut);
  const Outcome outcome = Follow({file, "--order=calls"});
  EXPECT_EQ(outcome.status, kExitUsage);
  EXPECT_THAT(outcome.err, HasSubstr("growing:2: found an event at 1 behind "
                                     "one at 3, expected lines in the order"));
  const std::string wrong =
      Write("wrong", std::string(kPut) + kRead + kWrongRead + kLast);
  EXPECT_EQ(Follow({wrong, "--order=calls"}).status, kExitViolated);
}

TEST_F(CheckFollowTest, NamesABrokenLine) {
  const Outcome outcome = FollowPipe(
      [](std::ostream& pipe) { pipe << kPutCalled << "{\"client\":0}\n"; });
  EXPECT_EQ(outcome.status, kExitUsage);
  EXPECT_THAT(outcome.err, HasSubstr("pipe:2: found no \"op\", expected it"));
}

TEST_F(CheckFollowTest, JudgesByAnyModel) {
  const auto line = [](const char* client, const char* call, const char* ret) {
    return std::string("{\"client\":") + client +
           ",\"op\":\"acquire\",\"call\":" + call + ",\"return\":" + ret +
           "}\n";
  };
  const Outcome outcome = FollowPipe(
      [&](std::ostream& pipe) {
        pipe << line("0", "1", "\"later\"") << line("0", "1", "2")
             << line("1", "3", "\"later\"") << line("1", "3", "4");
      },
      {"--model=mutex"});
  EXPECT_EQ(outcome.status, kExitViolated);
  EXPECT_THAT(outcome.out, HasSubstr("no order explains acquire()"));
}

TEST_F(CheckFollowTest, JudgesHistoriesOneAfterTheOther) {
  const Outcome outcome = FollowPipe([](std::ostream& pipe) {
    pipe << kPutCalled << kPut << "\n" << kPutCalled << kPut << kWrongRead;
  });
  EXPECT_EQ(outcome.status, kExitViolated);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("pipe#2"), HasSubstr("2 histories"),
                                 HasSubstr("1 violated")));
}

TEST_F(CheckFollowTest, RefusesWhatTheModelDoesNotHave) {
  const Outcome outcome = FollowPipe(
      [](std::ostream& pipe) {
        pipe << R"({"client":0,"op":"append","key":"k","value":"a","call":1,)"
                R"("return":"later"})"
             << "\n";
      },
      {"--model=register"});
  EXPECT_EQ(outcome.status, kExitUsage);
  EXPECT_THAT(outcome.err, HasSubstr("pipe:1: found append, expected read"));
}

TEST_F(CheckFollowTest, RefusesWhatCannotBeFollowed) {
  const std::string file = Write("a.jsonl", kPut);
  EXPECT_THAT(Follow({file, file}).err, HasSubstr("--follow needs one FILE"));
  EXPECT_THAT(Follow({folder_}).err, HasSubstr("found a folder"));
  EXPECT_THAT(Follow({file, "--html=x"}).err,
              HasSubstr("--html does not go with --follow"));
  EXPECT_THAT(Follow({file, "--order=time"}).err,
              AllOf(HasSubstr("value of --order"), HasSubstr("calls")));
  EXPECT_THAT(Follow({file, "--idle-seconds=0"}).err,
              HasSubstr("idle-seconds"));
  EXPECT_THAT(Follow({folder_ + "/missing"}).err,
              HasSubstr("missing: cannot be read"));
  const Outcome edn = Follow(
      {Write("a.edn", "{:process 0, :type :invoke, :f :read, :value nil}\n")});
  EXPECT_EQ(edn.status, kExitUsage);
  EXPECT_THAT(edn.err, HasSubstr("a.edn:1: found a history in the format "
                                 "jepsen-edn, expected json-lines"));
  const Outcome packed =
      Follow({Write("a.gz", std::string("\x1f\x8b\x08\x00\x00\x00", 6))});
  EXPECT_EQ(packed.status, kExitUsage);
  EXPECT_THAT(packed.err, HasSubstr("found packed content"));
}

TEST_F(CheckFollowTest, NeedsFollowForItsFlags) {
  std::ostringstream out;
  std::ostringstream err;
  Console console{.out = out, .err = err};
  EXPECT_EQ(RunCommandLine({"check", "x", "--order=calls"}, Catalog(), console),
            kExitUsage);
  EXPECT_THAT(err.str(), HasSubstr("--order needs --follow"));
  EXPECT_THAT(out.str(), Not(HasSubstr("holds")));
}

}  // namespace
}  // namespace reprise::cli
