#include "tools/kv_program/folder_owner.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/kv/testing/fake_disk.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/env/disk.h"

namespace reprise::kv {
namespace {

const std::vector<std::string> kNames = {"a", "b", "c"};

TEST(FolderOwnerTest, AFolderIsOfOneServer) {
  FakeDisk disk;
  EXPECT_EQ(ClaimFolder(disk, kNames, "b"), absl::OkStatus());
  EXPECT_EQ(ClaimFolder(disk, kNames, "b"), absl::OkStatus());
  const absl::Status status = ClaimFolder(disk, kNames, "a");
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_EQ(status.message(), "--name=a: expected b, as the folder is of it");
}

TEST(FolderOwnerTest, AListGrowsAtItsEnd) {
  FakeDisk disk;
  EXPECT_EQ(ClaimFolder(disk, kNames, "b"), absl::OkStatus());
  EXPECT_EQ(ClaimFolder(disk, {"a", "b", "c", "d"}, "b"), absl::OkStatus());
  for (const std::vector<std::string>& other :
       {kNames, {"b", "a", "c", "d"}, {"a", "b", "d", "c"}}) {
    const absl::Status status = ClaimFolder(disk, other, "b");
    EXPECT_TRUE(absl::IsFailedPrecondition(status));
    EXPECT_EQ(status.message(),
              "--replicas: expected the names a,b,c,d, as when the folder was "
              "used last, and further ones behind them");
  }
}

TEST(FolderOwnerTest, ItIsDurable) {
  FakeDisk disk;
  RandomStream draws(1);
  EXPECT_EQ(ClaimFolder(disk, kNames, "b"), absl::OkStatus());
  disk.Crash(Unsynced::kLost, draws);
  EXPECT_FALSE(ClaimFolder(disk, kNames, "c").ok());
}

TEST(FolderOwnerTest, DamageIsNoOwner) {
  FakeDisk disk;
  EXPECT_EQ(ClaimFolder(disk, kNames, "b"), absl::OkStatus());
  {
    const absl::StatusOr<std::unique_ptr<File>> file =
        disk.Open(kOwnerName, OpenMode::kExisting);
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE((*file)->Truncate((*file)->Size() - 1).ok());
  }
  EXPECT_TRUE(absl::IsDataLoss(ClaimFolder(disk, kNames, "b")));
}

}  // namespace
}  // namespace reprise::kv
