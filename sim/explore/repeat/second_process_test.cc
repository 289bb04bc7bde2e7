#include "reprise/sim/explore/repeat/second_process.h"

#include <fcntl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

using testing::EndsWith;

// Starts this test once more, up to Serve(place).
absl::StatusOr<std::unique_ptr<SecondProcess>> StartThisTest(
    const std::string& place) {
  const testing::TestInfo& test =
      *testing::UnitTest::GetInstance()->current_test_info();
  return SecondProcess::Start(
      {.place = place,
       .more_arguments = {std::string("--gtest_filter=SecondProcessTest.") +
                          test.name()}});
}

// In the second process, answers with what it was told, twice, until it is told
// to "abort" or to "exit". Told to "print", it prints "printed" first.
void Serve(const std::string& place) {
  std::optional<ProcessChannel> parent = ParentChannel(place);
  if (!parent) return;
  while (const std::optional<std::string> message = parent->Receive()) {
    if (*message == "abort") {
      std::signal(SIGABRT, SIG_DFL);
      std::abort();
    }
    if (*message == "exit") std::_Exit(7);
    if (*message == "print") std::cerr << "printed" << std::flush;
    parent->Send(*message + *message);
  }
  std::_Exit(0);
}

TEST(SecondProcessTest, AnswersMessagesOfAnySize) {
  Serve("here");
  ASSERT_FALSE(IsSecondProcess());
  auto process = StartThisTest("here");
  ASSERT_TRUE(process.ok()) << process.status();
  ProcessChannel& channel = (*process)->channel();
  for (const size_t size : {0, 1, 1'000'000}) {
    const std::string message(size, 'x');
    ASSERT_TRUE(channel.Send(message));
    EXPECT_EQ(channel.Receive(), message + message);
  }
}

TEST(SecondProcessTest, ServesTheWantedPlaceOnly) {
  Serve("elsewhere");
  Serve("here");
  auto process = StartThisTest("here");
  ASSERT_TRUE(process.ok()) << process.status();
  ASSERT_TRUE((*process)->channel().Send("a"));
  EXPECT_EQ((*process)->channel().Receive(), "aa");
}

TEST(SecondProcessTest, SaysHowItEnded) {
  Serve("here");
  const auto end_after = [](const char* message) {
    auto process = StartThisTest("here");
    EXPECT_TRUE(process.ok()) << process.status();
    EXPECT_TRUE((*process)->channel().Send(message));
    EXPECT_EQ((*process)->channel().Receive(), std::nullopt);
    return (*process)->DescribeEnd();
  };
  EXPECT_EQ(end_after("exit"), "ended with status 7");
  EXPECT_EQ(end_after("abort"), "was stopped by signal 6 (Aborted)");
}

TEST(SecondProcessTest, SaysToABorrowerHowItEnded) {
  Serve("here");
  auto process = StartThisTest("here");
  ASSERT_TRUE(process.ok()) << process.status();
  (*process)->Borrow();
  ASSERT_TRUE((*process)->channel().Send("abort"));
  EXPECT_EQ((*process)->channel().Receive(), std::nullopt);
  EXPECT_EQ((*process)->DescribeEnd(), "was stopped by signal 6 (Aborted)");
}

TEST(SecondProcessTest, KeepsWhatItPrints) {
  Serve("here");
  auto process = StartThisTest("here");
  ASSERT_TRUE(process.ok()) << process.status();
  (*process)->ForgetErrors();
  const auto print = [&] {
    EXPECT_TRUE((*process)->channel().Send("print"));
    EXPECT_EQ((*process)->channel().Receive(), "printprint");
  };
  print();
  print();
  EXPECT_EQ((*process)->TakeErrors(), "printedprinted");
  print();
  (*process)->ForgetErrors();
  EXPECT_EQ((*process)->TakeErrors(), "");
}

TEST(SecondProcessTest, EndsThoughAnotherProcessHoldsTheConnection) {
  Serve("here");
  auto process = StartThisTest("here");
  ASSERT_TRUE(process.ok()) << process.status();
  EXPECT_FALSE((*process)->HasEnded());
  const int of_another = dup((*process)->channel().descriptor());
  const pid_t id = (*process)->Abandon();
  EXPECT_TRUE((*process)->HasEnded());
  EXPECT_EQ(waitpid(id, nullptr, 0), id);
  close(of_another);
}

// A program whose standard streams are closed must not find the connection in
// their place.
TEST(SecondProcessTest, LeavesClosedStreamsAlone) {
  Serve("here");
  ASSERT_FALSE(IsSecondProcess());
  const int kept = dup(STDOUT_FILENO);
  ASSERT_EQ(close(STDOUT_FILENO), 0);
  auto process = StartThisTest("here");
  const bool is_closed = fcntl(STDOUT_FILENO, F_GETFD) < 0;
  dup2(kept, STDOUT_FILENO);
  close(kept);
  EXPECT_TRUE(is_closed);
  ASSERT_TRUE(process.ok()) << process.status();
  ASSERT_TRUE((*process)->channel().Send("a"));
  EXPECT_EQ((*process)->channel().Receive(), "aa");
}

TEST(SecondProcessTest, NoticesThatTheOtherEndIsGone) {
  Serve("here");
  auto process = StartThisTest("here");
  ASSERT_TRUE(process.ok()) << process.status();
  EXPECT_FALSE((*process)->channel().WaitUntilClosed(1));
  ASSERT_TRUE((*process)->channel().Send("exit"));
  EXPECT_TRUE((*process)->channel().WaitUntilClosed(60'000));
}

TEST(SecondProcessTest, ThatNeverServesIsAnError) {
  if (IsSecondProcess()) {
    std::cerr << "no such place\n" << std::flush;
    std::_Exit(5);
  }
  const absl::Status status = StartThisTest("nowhere").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(status.message(),
              EndsWith("it ended with status 5 before it came to the trials.\n"
                       "  it printed:\n    no such place"));
}

}  // namespace
}  // namespace reprise
