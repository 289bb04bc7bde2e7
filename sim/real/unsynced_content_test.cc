#include "reprise/sim/real/unsynced_content.h"

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "reprise/sim/real/testing/loop_host.h"
#include "reprise/sim/real/testing/memory_disk.h"

namespace reprise {
namespace {

TEST(UnsyncedContentTest, ChangesTheInnerFileInASyncAlone) {
  MemoryFiles files;
  MemoryDisk inner(files);
  LoopHost host;
  host.Run([&] {
    UnsyncedContent content(inner, "7");
    EXPECT_TRUE(content.Load().ok());
    EXPECT_TRUE(content.Write(2, "abc").ok());
    EXPECT_TRUE(content.Write(5, "def").ok());
    EXPECT_TRUE(content.Truncate(6).ok());
    EXPECT_EQ(content.bytes(), std::string("\0\0abcd", 6));
    EXPECT_FALSE(content.IsSynced());
    EXPECT_EQ(files.names.count("7"), 0u);
    EXPECT_TRUE(content.Sync().ok());
    EXPECT_TRUE(content.IsSynced());
    EXPECT_EQ(*files.names.at("7"), content.bytes());

    UnsyncedContent again(inner, "7");
    EXPECT_TRUE(again.Load().ok());
    EXPECT_EQ(again.bytes(), content.bytes());
  });
}

TEST(UnsyncedContentTest, HasALimit) {
  MemoryFiles files;
  MemoryDisk inner(files);
  UnsyncedContent content(inner, "7");
  EXPECT_TRUE(absl::IsResourceExhausted(
      content.Write(UnsyncedContent::kBytesMax, "x")));
  EXPECT_TRUE(absl::IsResourceExhausted(
      content.Truncate(UnsyncedContent::kBytesMax + 1)));
  EXPECT_EQ(content.bytes(), "");
  EXPECT_TRUE(content.IsSynced());
}

// The inner file's name must be durable before a Sync says so.
TEST(UnsyncedContentTest, SyncsTheNameOfTheInnerFile) {
  MemoryFiles files;
  MemoryDisk inner(files);
  LoopHost host;
  host.Run([&] {
    UnsyncedContent content(inner, "7");
    EXPECT_TRUE(content.Load().ok());
    EXPECT_TRUE(content.Write(0, "x").ok());
    files.left = 3;  // To open, to write and to sync.
    EXPECT_TRUE(absl::IsUnavailable(content.Sync()));
    files.left = 2;  // To write and to sync.
    files.is_dead = false;
    EXPECT_TRUE(absl::IsUnavailable(content.Sync()));
    files.left = 3;
    files.is_dead = false;
    EXPECT_TRUE(content.Sync().ok());
  });
}

}  // namespace
}  // namespace reprise
