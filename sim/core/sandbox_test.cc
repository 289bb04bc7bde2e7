// tidy: allow-file(wall-clock, sleep, random) what must be noticed

#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/random.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/forbidden_calls.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/task_testing.h"

namespace reprise {

// Outside the unnamed namespace, so that its name is plain.
[[gnu::noinline]] void LookAtTheClock() {
  std::timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
}

namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class SandboxTest : public TaskFixture {
 protected:
  SandboxTest() { scheduler_.SetForbiddenCalls(&calls_); }

  void SetUp() override {
    if (!IsSandboxLinked()) GTEST_SKIP() << "off under this sanitizer";
  }

  // Runs `body` as code of a node.
  void RunOnNode(const std::function<void()>& body) {
    Spawn("main", [&] {
      const MemoryScope scope(account_.get());
      body();
    });
    Run();
  }

  // What `body` was caught at, on a node of its own.
  std::vector<std::string> CaughtAt(Forbidden kind,
                                    const std::function<void()>& body) {
    calls_ = ForbiddenCalls();
    RunOnNode(body);
    std::vector<std::string> functions;
    for (const ForbiddenCall& call : calls_.kept()) {
      EXPECT_EQ(call.kind, kind) << call.function;
      functions.push_back(call.function);
    }
    return functions;
  }

  MemoryAccountHandle account_ = NewMemoryAccount();
  ForbiddenCalls calls_;
};

TEST_F(SandboxTest, CatchesTheWallClock) {
  const auto caught = [&](const std::function<void()>& body) {
    return CaughtAt(Forbidden::kWallClock, body);
  };
  EXPECT_THAT(caught([] { std::chrono::steady_clock::now(); }),
              ElementsAre("clock_gettime"));
  EXPECT_THAT(caught([] { std::chrono::system_clock::now(); }),
              ElementsAre("clock_gettime"));
  EXPECT_THAT(caught([] { std::time(nullptr); }), ElementsAre("time"));
  EXPECT_THAT(caught([] { std::clock(); }), ElementsAre("clock"));
  EXPECT_THAT(caught([] {
                timeval now;
                gettimeofday(&now, nullptr);
              }),
              ElementsAre("gettimeofday"));
}

TEST_F(SandboxTest, CatchesEntropy) {
  const auto caught = [&](const std::function<void()>& body) {
    return CaughtAt(Forbidden::kEntropy, body);
  };
  EXPECT_THAT(caught([] { std::random_device()(); }),
              Contains("std::random_device"));
  EXPECT_THAT(caught([] {
                char byte;
                ASSERT_EQ(getrandom(&byte, 1, 0), 1);
              }),
              ElementsAre("getrandom"));
  EXPECT_THAT(caught([] {
                char byte;
                ASSERT_EQ(getentropy(&byte, 1), 0);
              }),
              ElementsAre("getentropy"));
  EXPECT_THAT(caught([] { close(open("/dev/urandom", O_RDONLY)); }),
              ElementsAre("open"));
}

TEST_F(SandboxTest, CatchesSleeps) {
  const auto caught = [&](const std::function<void()>& body) {
    return CaughtAt(Forbidden::kSleep, body);
  };
  EXPECT_FALSE(caught([] {
                 std::this_thread::sleep_for(std::chrono::nanoseconds(1));
               }).empty());
  EXPECT_THAT(caught([] { usleep(1); }), ElementsAre("usleep"));
  EXPECT_THAT(caught([] { sleep(0); }), ElementsAre("sleep"));
  EXPECT_THAT(caught([] { poll(nullptr, 0, 0); }), ElementsAre("poll"));
  EXPECT_THAT(caught([] {
                timeval none = {};
                select(0, nullptr, nullptr, nullptr, &none);
              }),
              ElementsAre("select"));
}

TEST_F(SandboxTest, CatchesThreads) {
  EXPECT_THAT(CaughtAt(Forbidden::kThread, [] { std::thread([] {}).join(); }),
              ElementsAre("pthread_create"));
  EXPECT_THAT(CaughtAt(Forbidden::kThread,
                       [] { std::async(std::launch::async, [] {}).wait(); }),
              ElementsAre("pthread_create"));
  EXPECT_THAT(CaughtAt(Forbidden::kThread, [] { std::jthread([] {}); }),
              ElementsAre("pthread_create"));
}

TEST_F(SandboxTest, CatchesProcesses) {
  const auto caught = [&](const std::function<void()>& body) {
    return CaughtAt(Forbidden::kProcess, body);
  };
  EXPECT_THAT(caught([] {
                const pid_t child = fork();
                if (child == 0) _exit(0);
                waitpid(child, nullptr, 0);
              }),
              ElementsAre("fork"));
  EXPECT_THAT(caught([] { EXPECT_EQ(std::system("true"), 0); }),
              ElementsAre("system"));
  EXPECT_THAT(caught([] { pclose(popen("true", "r")); }), ElementsAre("popen"));
}

TEST_F(SandboxTest, SaysHowToAllowTheCall) {
  RunOnNode([] { std::thread([] {}).join(); });
  ASSERT_EQ(calls_.kept().size(), 1u);
  EXPECT_THAT(
      calls_.kept()[0].ToString(),
      HasSubstr("use env.tasks().Spawn(), or allow the calls that "
                "decide nothing by trial.Allow(Forbidden::kThread).\n"));
}

TEST_F(SandboxTest, CatchesSockets) {
  EXPECT_THAT(CaughtAt(Forbidden::kSocket,
                       [] {
                         const int made = socket(AF_INET, SOCK_STREAM, 0);
                         sockaddr_in nowhere = {};
                         connect(made, reinterpret_cast<sockaddr*>(&nowhere),
                                 sizeof(nowhere));
                         close(made);
                       }),
              ElementsAre("socket", "connect"));
}

TEST_F(SandboxTest, CatchesFiles) {
  const auto caught = [&](const std::function<void()>& body) {
    return CaughtAt(Forbidden::kFile, body);
  };
  EXPECT_THAT(caught([] { close(open("/dev/null", O_RDONLY)); }),
              ElementsAre("open"));
  EXPECT_THAT(caught([] { close(openat(AT_FDCWD, "/dev/null", O_RDONLY)); }),
              ElementsAre("openat"));
  EXPECT_THAT(caught([] { close(creat("/dev/null", 0600)); }),
              ElementsAre("creat"));
  EXPECT_THAT(caught([] { std::fclose(std::fopen("/dev/null", "r")); }),
              ElementsAre("fopen"));
  EXPECT_FALSE(caught([] { std::ifstream("/dev/null"); }).empty());
  EXPECT_FALSE(
      caught([] { std::filesystem::directory_iterator("/"); }).empty());
}

TEST_F(SandboxTest, ACallIsCarriedOut) {
  const std::string path = testing::TempDir() + "/carried_out";
  RunOnNode([&] {
    const int file = open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0640);
    EXPECT_EQ(write(file, "here", 4), 4);
    close(file);
    EXPECT_GT(std::time(nullptr), 1'000'000'000);
  });
  std::string content;
  std::ifstream(path) >> content;
  EXPECT_EQ(content, "here");
  EXPECT_EQ(std::filesystem::status(path).permissions(),
            std::filesystem::perms(0640));
}

TEST_F(SandboxTest, SaysWhereTheCallWasMade) {
  RunOnNode([] { LookAtTheClock(); });
  ASSERT_EQ(calls_.kept().size(), 1u);
  const ForbiddenCall& call = calls_.kept()[0];
  ASSERT_FALSE(call.stack.empty());
  EXPECT_THAT(call.stack[0], HasSubstr("LookAtTheClock"));
  EXPECT_THAT(call.stack, Not(Contains(HasSubstr("Scheduler::"))));
  EXPECT_THAT(call.where,
              HasSubstr("seed 1, virtual time 0.000000000 s, task \"main\", "
                        "node \"host\""));
  EXPECT_THAT(call.ToString(),
              HasSubstr("code of a node called clock_gettime: the wall clock "
                        "outside its env.\n"));
}

TEST_F(SandboxTest, CountsAllAndKeepsTheFirstOfEachFunction) {
  RunOnNode([] {
    for (int i = 0; i < 10; ++i) LookAtTheClock();
    std::time(nullptr);
  });
  EXPECT_EQ(calls_.count(), 11u);
  EXPECT_EQ(calls_.kept().size(), 2u);
}

TEST_F(SandboxTest, WhatIsAllowedPasses) {
  calls_.Allow(Forbidden::kWallClock);
  RunOnNode([] {
    LookAtTheClock();
    usleep(1);
  });
  ASSERT_EQ(calls_.kept().size(), 1u);
  EXPECT_EQ(calls_.kept()[0].function, "usleep");
}

TEST_F(SandboxTest, TheFrameworkIsNotJudged) {
  LookAtTheClock();
  Spawn("framework", [] { LookAtTheClock(); });
  Run();
  RunOnNode([] {
    const FrameworkMemoryScope scope;
    LookAtTheClock();
  });
  EXPECT_EQ(calls_.count(), 0u);
}

TEST_F(SandboxTest, WhatAThreadThatMayRunDoesIsNotJudged) {
  calls_.Allow(Forbidden::kThread);
  RunOnNode([] { std::thread(LookAtTheClock).join(); });
  EXPECT_EQ(calls_.count(), 0u);
}

TEST_F(SandboxTest, StopsTheProgramWhereNobodyListens) {
  scheduler_.SetForbiddenCalls(nullptr);
  EXPECT_DEATH(RunOnNode([] { LookAtTheClock(); }),
               "code of a node called clock_gettime");
}

}  // namespace
}  // namespace reprise
