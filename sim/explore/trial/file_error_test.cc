#include "reprise/sim/explore/trial/file_error.h"

#include <cerrno>

#include "gtest/gtest.h"

namespace reprise {
namespace {

TEST(FileErrorTest, NamesThePathAndTheReason) {
  EXPECT_EQ(FileError("out/a.json", "cannot be written", EACCES).message(),
            "out/a.json: cannot be written: Permission denied.");
}

TEST(FileErrorTest, SaysNothingOfAReasonThatIsNotKnown) {
  EXPECT_EQ(FileError("a", "cannot be read", 0).message(),
            "a: cannot be read.");
}

}  // namespace
}  // namespace reprise
