#include "reprise/sim/explore/isolation/kept_errors.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

using testing::EndsWith;
using testing::StartsWith;

void WriteTo(const KeptErrors& errors, std::string_view text) {
  EXPECT_EQ(write(errors.descriptor(), text.data(), text.size()),
            static_cast<ssize_t>(text.size()));
}

TEST(KeptErrorsTest, HandsOutWhatIsNew) {
  std::optional<KeptErrors> errors = KeptErrors::Open();
  ASSERT_TRUE(errors);
  EXPECT_EQ(errors->Take(), "");
  WriteTo(*errors, "a\n");
  WriteTo(*errors, "b\n");
  EXPECT_EQ(errors->Take(), "a\nb\n");
  const std::string much(100'000, 'x');
  WriteTo(*errors, much);
  KeptErrors moved = *std::move(errors);
  EXPECT_EQ(moved.Take(), much);
  EXPECT_EQ(moved.Take(), "");
}

TEST(KeptErrorsTest, ForgetsWhatAForkedProcessTook) {
  std::optional<KeptErrors> errors = KeptErrors::Open();
  ASSERT_TRUE(errors);
  const pid_t id = fork();
  ASSERT_GE(id, 0);
  if (id == 0) {
    WriteTo(*errors, "taken");
    const bool was_taken = errors->Take() == "taken";
    errors->Clear();
    _exit(was_taken ? EXIT_SUCCESS : EXIT_FAILURE);
  }
  int status = -1;
  ASSERT_EQ(waitpid(id, &status, 0), id);
  EXPECT_EQ(status, 0);
  WriteTo(*errors, "new");
  EXPECT_EQ(errors->Take(), "new");
}

TEST(KeptErrorsTest, LeavesClosedStreamsAlone) {
  const int kept = dup(STDIN_FILENO);
  close(STDIN_FILENO);
  const std::optional<KeptErrors> errors = KeptErrors::Open();
  const bool is_closed = fcntl(STDIN_FILENO, F_GETFD) < 0;
  if (kept >= 0) {
    dup2(kept, STDIN_FILENO);
    close(kept);
  }
  ASSERT_TRUE(errors);
  EXPECT_TRUE(is_closed);
}

TEST(QuotePrintedTest, IndentsEachLine) {
  EXPECT_EQ(QuotePrinted(""), "");
  EXPECT_EQ(QuotePrinted("a\nb\n\n"), "  it printed:\n    a\n    b\n");
}

TEST(QuotePrintedTest, KeepsTheEnd) {
  const std::string quoted =
      QuotePrinted(std::string(5000, 'a') + std::string(4095, 'b') + "c");
  EXPECT_THAT(quoted, StartsWith("  it printed:\n    bbb"));
  EXPECT_THAT(quoted, EndsWith("bbbc\n"));
}

}  // namespace
}  // namespace reprise
