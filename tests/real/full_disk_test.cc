// What a file of a real node says where its file system is full.

#include "tests/real/full_disk.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/real/real_disk.h"
#include "reprise/sim/real/testing/loop_host.h"
#include "tests/real/ballast.h"
#include "tests/real/namespaces.h"
#include "tests/real/testing.h"

namespace reprise {
namespace {

constexpr uint64_t kBytes = 64 << 10;

TEST(FullDiskTest, WritesNothingOfWhatDoesNotFitAndGoesOnWhenItDoes) {
  const std::filesystem::path folder = EmptyFolder("small");
  absl::Status status = EnterOwnMounts();
  if (status.ok()) status = MountSmallDisk(folder, kBytes);
  if (!status.ok()) GTEST_SKIP() << status.message();
  LoopHost host;
  absl::StatusOr<std::unique_ptr<RealDisk>> disk =
      RealDisk::Open(host.loop(), folder / "node");
  ASSERT_TRUE(disk.ok()) << disk.status();
  host.Run([&] {
    absl::StatusOr<std::unique_ptr<File>> file =
        (*disk)->Open("log", OpenMode::kCreate);
    ASSERT_TRUE(file.ok()) << file.status();
    EXPECT_TRUE((*file)->Append("first").ok());
    // Its beginning would fit.
    const std::string most(2 * kBytes, 'm');
    EXPECT_TRUE(absl::IsResourceExhausted((*file)->Append(most)));
    EXPECT_EQ((*file)->Size(), 5u);
    const Ballast ballast(folder / "ballast");
    ballast.Fill();
    const std::string page(4096, 'p');
    EXPECT_TRUE(absl::IsResourceExhausted((*file)->Append(page)));
    EXPECT_EQ(*(*file)->Read(0, 100), "first");

    ballast.Remove();

    EXPECT_TRUE((*file)->Append(page).ok());
    EXPECT_TRUE((*file)->Sync().ok());
    EXPECT_EQ(*(*file)->Read(0, 5 + page.size()), "first" + page);
  });
}

}  // namespace
}  // namespace reprise
