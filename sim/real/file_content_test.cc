#include "reprise/sim/real/file_content.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "reprise/sim/real/file_descriptor.h"
#include "reprise/sim/real/testing/failing_calls.h"

namespace reprise {
namespace {

// A content of an empty file, and calls to make it fail.
struct TestFile {
  std::string All() const { return *content.Read(0, content.size()); }
  // What the system says.
  uint64_t StoredSize() const {
    struct stat status = {};
    EXPECT_EQ(fstat(number, &status), 0);
    return static_cast<uint64_t>(status.st_size);
  }

  FailingCalls calls;
  const int number =
      open(testing::TempDir().c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  FileContent content{calls, FileDescriptor(number), 0};
};

TEST(FileContentTest, KeepsWhatIsWritten) {
  TestFile file;
  EXPECT_TRUE(file.content.Append("hello").ok());
  EXPECT_TRUE(file.content.Append(" there").ok());
  EXPECT_TRUE(file.content.Write(1, "E").ok());
  EXPECT_EQ(file.All(), "hEllo there");
  EXPECT_EQ(*file.content.Read(6, 100), "there");
  EXPECT_EQ(*file.content.Read(100, 100), "");
  EXPECT_EQ(*file.content.Read(UINT64_MAX, UINT64_MAX), "");
  EXPECT_TRUE(file.content.Truncate(2).ok());
  EXPECT_TRUE(file.content.Write(4, "x").ok());
  EXPECT_EQ(file.All(), std::string("hE\0\0x", 5));
  EXPECT_TRUE(file.content.Write(100, "").ok());
  EXPECT_EQ(file.content.size(), 5u);
}

TEST(FileContentTest, GoesOnAfterShortCountsAndInterruptions) {
  TestFile file;
  file.calls.piece = 3;
  file.calls.is_interrupted = true;
  EXPECT_TRUE(file.content.Append("0123456789").ok());
  EXPECT_EQ(file.All(), "0123456789");
  EXPECT_TRUE(file.content.Truncate(4).ok());
  EXPECT_TRUE(file.content.Sync().ok());
  EXPECT_EQ(file.calls.syncs, 1);
}

TEST(FileContentTest, NamesABrokenDisk) {
  TestFile file;
  EXPECT_TRUE(file.content.Append("0123456789").ok());
  file.calls.read_error = EIO;
  EXPECT_TRUE(absl::IsDataLoss(file.content.Read(0, 10).status()));
  EXPECT_EQ(file.All(), "0123456789");
  file.calls.truncate_error = EIO;
  EXPECT_TRUE(absl::IsUnavailable(file.content.Truncate(5)));
  EXPECT_EQ(file.content.size(), 10u);
  file.calls.truncate_error = ENOSPC;
  EXPECT_TRUE(absl::IsResourceExhausted(file.content.Truncate(5000)));
  EXPECT_EQ(file.content.size(), 10u);
}

TEST(FileContentTest, KnowsWhatABrokenDiskHasWritten) {
  for (const size_t room : {0, 1, 4}) {
    TestFile file;
    EXPECT_TRUE(file.content.Append("old").ok());
    file.calls.room = room;
    file.calls.write_error = EIO;
    EXPECT_TRUE(absl::IsUnavailable(file.content.Append("12345")));
    EXPECT_EQ(file.All(), "old" + std::string("12345").substr(0, room));
    EXPECT_EQ(file.StoredSize(), 3 + room);
    EXPECT_EQ(file.content.size(), 3 + room);
  }
}

TEST(FileContentTest, HasNothingOfWhatAFullDiskDidNotTake) {
  for (const int error : {ENOSPC, EDQUOT, EFBIG}) {
    for (size_t room = 0; room < 8; ++room) {
      for (const uint64_t offset : {0, 2, 5, 6, 9}) {
        TestFile file;
        EXPECT_TRUE(file.content.Append("012345").ok());
        file.calls.room = room;
        file.calls.write_error = error;
        EXPECT_TRUE(
            absl::IsResourceExhausted(file.content.Write(offset, "abcdefgh")));
        EXPECT_EQ(file.All(), "012345") << "room " << room << " at " << offset;
        EXPECT_EQ(file.StoredSize(), 6u);
      }
    }
  }
}

TEST(FileContentTest, OwnsUpWhereItCannotPutBack) {
  TestFile file;
  file.calls.room = 4;
  file.calls.truncate_error = EIO;
  EXPECT_TRUE(absl::IsUnavailable(file.content.Append("12345")));
  EXPECT_EQ(file.All(), "1234");
}

TEST(FileContentTest, SyncsOnlyWhatWasWritten) {
  TestFile file;
  EXPECT_TRUE(file.content.Sync().ok());  // Who knows what was before.
  EXPECT_EQ(file.calls.syncs, 1);
  EXPECT_TRUE(file.content.Sync().ok());
  EXPECT_EQ(file.calls.syncs, 1);
  EXPECT_TRUE(file.content.Append("x").ok());
  EXPECT_TRUE(file.content.Sync().ok());
  EXPECT_EQ(file.calls.syncs, 2);
  EXPECT_TRUE(file.content.Truncate(0).ok());
  EXPECT_TRUE(file.content.Sync().ok());
  EXPECT_EQ(file.calls.syncs, 3);
}

TEST(FileContentTest, NeverPretendsAfterASyncThatFailed) {
  TestFile file;
  EXPECT_TRUE(file.content.Append("x").ok());
  file.calls.sync_error = EIO;
  EXPECT_TRUE(absl::IsUnavailable(file.content.Sync()));
  EXPECT_TRUE(absl::IsUnavailable(file.content.Sync()));
  EXPECT_TRUE(file.content.Append("y").ok());
  EXPECT_TRUE(absl::IsUnavailable(file.content.Sync()));
  EXPECT_EQ(file.All(), "xy");
  EXPECT_EQ(file.calls.syncs, 0);
}

}  // namespace
}  // namespace reprise
