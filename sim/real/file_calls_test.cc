#include "reprise/sim/real/file_calls.h"

#include <fcntl.h>

#include <cerrno>
#include <string>

#include "gtest/gtest.h"
#include "reprise/sim/real/file_descriptor.h"
#include "reprise/sim/real/testing/failing_calls.h"

namespace reprise {
namespace {

class FileCallsTest : public testing::Test {
 protected:
  FailingCalls calls_;
  const FileDescriptor file_{
      open(testing::TempDir().c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)};
};

TEST_F(FileCallsTest, ComeToTheEndPieceByPiece) {
  calls_.piece = 3;
  calls_.is_interrupted = true;
  EXPECT_EQ(WriteFully(calls_, file_.get(), 2, "0123456789").count, 10u);
  std::string bytes(100, 'x');
  const Transfer read = ReadFully(calls_, file_.get(), 0, bytes);
  EXPECT_EQ(read.error, 0);
  EXPECT_EQ(bytes.substr(0, read.count), std::string("\0\0", 2) + "0123456789");
  EXPECT_EQ(TruncateFully(calls_, file_.get(), 5), 0);
  EXPECT_EQ(ReadFully(calls_, file_.get(), 0, bytes).count, 5u);
  EXPECT_EQ(SyncData(calls_, file_.get()), 0);
  EXPECT_EQ(SyncAll(calls_, file_.get()), 0);
}

TEST_F(FileCallsTest, TellHowFarTheyCameAndWhyNoFurther) {
  calls_.room = 4;
  const Transfer written = WriteFully(calls_, file_.get(), 0, "0123456789");
  EXPECT_EQ(written.count, 4u);
  EXPECT_EQ(written.error, ENOSPC);
  calls_.piece = 0;
  EXPECT_EQ(WriteFully(calls_, file_.get(), 0, "x").error, EIO);
  EXPECT_EQ(SyncData(calls_, -1), EBADF);
}

}  // namespace
}  // namespace reprise
