#include "reprise/sim/real/testing/disk_contract.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/testing/files.h"

namespace reprise {
namespace {

using Names = std::vector<std::string>;

void ExpectContent(Disk& disk) {
  const auto file = OpenFile(disk, "content");
  EXPECT_EQ(file->Size(), 0u);
  EXPECT_TRUE(file->Append("hello").ok());
  EXPECT_TRUE(file->Append(" there").ok());
  EXPECT_TRUE(file->Write(1, "E").ok());
  EXPECT_EQ(file->Size(), 11u);
  EXPECT_EQ(*file->Read(0, 100), "hEllo there");
  EXPECT_EQ(*file->Read(6, 2), "th");
  EXPECT_EQ(*file->Read(11, 2), "");
  EXPECT_EQ(*file->Read(UINT64_MAX, UINT64_MAX), "");
  EXPECT_TRUE(file->Sync().ok());
  EXPECT_TRUE(file->Truncate(2).ok());
  EXPECT_TRUE(file->Write(4, "x").ok());
  EXPECT_EQ(*file->Read(0, 100), std::string("hE\0\0x", 5));
  EXPECT_TRUE(file->Truncate(7).ok());
  EXPECT_EQ(*file->Read(0, 100), std::string("hE\0\0x\0\0", 7));
  EXPECT_TRUE(file->Write(100, "").ok());
  EXPECT_EQ(file->Size(), 7u);
  EXPECT_TRUE(absl::IsResourceExhausted(file->Write(UINT64_MAX, "too far")));
  EXPECT_TRUE(absl::IsResourceExhausted(file->Write(INT64_MAX, "too far")));
  EXPECT_TRUE(absl::IsResourceExhausted(file->Truncate(UINT64_MAX)));
  EXPECT_EQ(file->Size(), 7u);
  EXPECT_TRUE(disk.Remove("content").ok());
}

void ExpectNames(Disk& disk) {
  EXPECT_TRUE(absl::IsNotFound(disk.Open("a", OpenMode::kExisting).status()));
  EXPECT_TRUE(absl::IsNotFound(disk.Rename("a", "b")));
  EXPECT_TRUE(absl::IsNotFound(disk.Remove("a")));
  for (const char* name : {"c", "a", "b"}) {
    EXPECT_TRUE(OpenFile(disk, name)->Append(name).ok());
  }
  EXPECT_EQ(*disk.List(), (Names{"a", "b", "c"}));
  EXPECT_TRUE(disk.Rename("a", "b").ok());
  EXPECT_TRUE(disk.Rename("b", "b").ok());
  EXPECT_TRUE(disk.Remove("c").ok());
  EXPECT_EQ(*disk.List(), (Names{"b"}));
  EXPECT_EQ(ContentOf(disk, "b"), "a");
  EXPECT_TRUE(disk.SyncDirectory().ok());
  EXPECT_TRUE(disk.Remove("b").ok());
  EXPECT_EQ(*disk.List(), Names());
}

void ExpectOpenFiles(Disk& disk) {
  const auto first = OpenFile(disk, "x");
  const auto second = OpenFile(disk, "x");
  EXPECT_TRUE(first->Append("one").ok());
  EXPECT_EQ(second->Size(), 3u);
  EXPECT_TRUE(second->Append("two").ok());
  EXPECT_TRUE(disk.Rename("x", "y").ok());
  EXPECT_TRUE(OpenFile(disk, "x")->Append("another").ok());
  EXPECT_EQ(*first->Read(0, 100), "onetwo");
  EXPECT_TRUE(disk.Remove("y").ok());
  EXPECT_TRUE(disk.SyncDirectory().ok());
  EXPECT_TRUE(first->Append("three").ok());
  EXPECT_TRUE(first->Sync().ok());
  EXPECT_EQ(*second->Read(0, 100), "onetwothree");
  EXPECT_EQ(ContentOf(disk, "x"), "another");
  EXPECT_TRUE(disk.Remove("x").ok());
}

// Names that mean something else to a system, and bytes of any kind.
void ExpectOddNames(Disk& disk) {
  const Names odd = {
      std::string("\0", 1), "\n",    "%2e", ".", "..", ".lock", "1",
      "content-1",          "names", "\xff"};
  for (const std::string& name : odd) {
    EXPECT_TRUE(OpenFile(disk, name)->Append(name).ok());
  }
  EXPECT_EQ(*disk.List(), odd);
  for (const std::string& name : odd) {
    EXPECT_EQ(ContentOf(disk, name), name);
    EXPECT_TRUE(disk.Remove(name).ok());
  }
  EXPECT_EQ(*disk.List(), Names());
}

}  // namespace

void ExpectDiskContract(Disk& disk) {
  ExpectContent(disk);
  ExpectNames(disk);
  ExpectOpenFiles(disk);
  ExpectOddNames(disk);
}

void ExpectCancelled(Disk& disk, File& file) {
  EXPECT_TRUE(absl::IsCancelled(file.Append("x")));
  EXPECT_TRUE(absl::IsCancelled(file.Sync()));
  EXPECT_TRUE(absl::IsCancelled(file.Read(0, 1).status()));
  EXPECT_TRUE(absl::IsCancelled(file.Truncate(5)));
  EXPECT_TRUE(absl::IsCancelled(disk.Remove("x")));
  EXPECT_TRUE(absl::IsCancelled(disk.Rename("x", "y")));
  EXPECT_TRUE(absl::IsCancelled(disk.List().status()));
  EXPECT_TRUE(absl::IsCancelled(disk.SyncDirectory()));
  EXPECT_TRUE(absl::IsCancelled(disk.Open("y", OpenMode::kCreate).status()));
}

}  // namespace reprise
