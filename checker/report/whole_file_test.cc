#include "reprise/checker/report/whole_file.h"

#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

std::string Content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class WholeFileTest : public testing::Test {
 protected:
  WholeFileTest() {
    fs::remove_all(folder_);
    fs::create_directory(folder_);
  }

  size_t Files() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder_),
                                             fs::directory_iterator()));
  }

  const fs::path folder_ = fs::path(testing::TempDir()) / "whole_file";
  const std::string page_ = folder_ / "page.html";
};

// While it lives, no file can grow beyond so many bytes, as on a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_ = {};
};

TEST_F(WholeFileTest, IsWrittenAndReplaced) {
  EXPECT_TRUE(WriteWholeFile(page_, "old").ok());
  EXPECT_TRUE(WriteWholeFile(page_, "new").ok());
  EXPECT_EQ(Content(page_), "new");
  EXPECT_EQ(Files(), 1u);
}

TEST_F(WholeFileTest, StaysAsItWasWhereTheDiskIsFull) {
  ASSERT_TRUE(WriteWholeFile(page_, "old").ok());
  const FileSizeLimit limit(100'000);
  const absl::Status status =
      WriteWholeFile(page_, std::string(1'000'000, 'x'));
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("page.html: cannot be written: File too large"));
  EXPECT_EQ(Content(page_), "old");
  EXPECT_EQ(Files(), 1u);
}

TEST_F(WholeFileTest, NeedsItsFolder) {
  const absl::Status status = WriteWholeFile(folder_ / "no" / "page", "x");
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("cannot be written: No such file or directory"));
}

TEST_F(WholeFileTest, IsProbedWithoutATrace) {
  EXPECT_TRUE(ProbeWholeFile(page_).ok());
  EXPECT_EQ(Files(), 0u);
  ASSERT_TRUE(WriteWholeFile(page_, "old").ok());
  EXPECT_TRUE(ProbeWholeFile(page_).ok());
  EXPECT_EQ(Content(page_), "old");
  EXPECT_THAT(std::string(ProbeWholeFile(folder_ / "no" / "page").message()),
              HasSubstr("cannot be written: No such file or directory"));
  EXPECT_FALSE(ProbeWholeFile(folder_).ok());
}

TEST_F(WholeFileTest, ReplacesNoFolder) {
  EXPECT_FALSE(WriteWholeFile(folder_, "x").ok());
  EXPECT_TRUE(fs::is_directory(folder_));
}

TEST_F(WholeFileTest, LeavesALinkALink) {
  const fs::path link = folder_ / "link";
  ASSERT_TRUE(WriteWholeFile(page_, "old").ok());
  fs::create_symlink(page_, link);
  EXPECT_TRUE(WriteWholeFile(link, "new").ok());
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(Content(page_), "new");
}

TEST_F(WholeFileTest, KeepsItsPermissions) {
  ASSERT_TRUE(WriteWholeFile(page_, "old").ok());
  fs::permissions(page_, fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_TRUE(WriteWholeFile(page_, "new").ok());
  EXPECT_EQ(fs::status(page_).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(WholeFileTest, WritesADeviceInItsPlace) {
  EXPECT_TRUE(WriteWholeFile("/dev/null", "x").ok());
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(WholeFileTest, TryingALinkToNowhereLeavesItAsItIs) {
  fs::create_symlink(folder_ / "nowhere", page_);
  EXPECT_TRUE(ProbeWholeFile(page_).ok());
  EXPECT_TRUE(fs::is_symlink(page_));
  EXPECT_FALSE(fs::exists(folder_ / "nowhere"));
}

}  // namespace
}  // namespace reprise::checker
