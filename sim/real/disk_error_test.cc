#include "reprise/sim/real/disk_error.h"

#include <cerrno>

#include "absl/status/status.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

TEST(DiskErrorTest, SaysWhatFailedAndWhy) {
  EXPECT_EQ(ReadError("cannot read", EIO),
            absl::DataLossError("cannot read: Input/output error"));
  EXPECT_EQ(WriteError("cannot write", EIO),
            absl::UnavailableError("cannot write: Input/output error"));
  EXPECT_EQ(SyncError("cannot sync", ENOSPC),
            absl::UnavailableError("cannot sync: No space left on device"));
}

TEST(DiskErrorTest, TellsAFullDiskFromABrokenOne) {
  for (const int error : {ENOSPC, EDQUOT, EFBIG}) {
    EXPECT_TRUE(absl::IsResourceExhausted(WriteError("cannot write", error)));
  }
}

}  // namespace
}  // namespace reprise
