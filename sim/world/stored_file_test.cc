#include "reprise/sim/world/stored_file.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/env/disk.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

void Sync(StoredFile& file) { file.EndSync(file.BeginSync()); }

// A crash that does the same to each sector, and leaves the size as written.
void Crash(StoredFile& file, SectorFate fate) {
  file.Crash(file.bytes().size(), [fate](uint64_t) { return fate; });
}

StoredFile SyncedFile(const std::string& content) {
  StoredFile file;
  file.Write(0, content);
  Sync(file);
  return file;
}

TEST(StoredFileTest, TheSectorsThatWereWrittenAreNotSynced) {
  StoredFile file = SyncedFile(std::string(4 * kSectorBytes, 'a'));
  EXPECT_TRUE(file.IsSynced());
  file.Write(kSectorBytes - 1, "bb");
  file.Write(3 * kSectorBytes, "b");
  EXPECT_FALSE(file.IsSynced());
  EXPECT_THAT(file.UnsyncedSectors(), ElementsAre(0, 1, 3));
  Sync(file);
  EXPECT_THAT(file.UnsyncedSectors(), IsEmpty());
}

TEST(StoredFileTest, AKeptSectorIsAsWritten) {
  StoredFile file = SyncedFile("aaaa");
  file.Write(1, "bb");
  Crash(file, {SectorFate::kKept});
  EXPECT_EQ(file.bytes(), "abba");
  EXPECT_TRUE(file.IsSynced());
}

TEST(StoredFileTest, ALostSectorIsAsSynced) {
  StoredFile file = SyncedFile("aaaa");
  file.Write(1, "bb");
  file.Write(2, "cc");
  Crash(file, {SectorFate::kLost});
  EXPECT_EQ(file.bytes(), "aaaa");
}

TEST(StoredFileTest, ALostSectorBehindTheSyncedEndIsZero) {
  StoredFile file = SyncedFile("aa");
  file.Write(2, "bb");
  Crash(file, {SectorFate::kLost});
  EXPECT_EQ(file.bytes(), std::string("aa\0\0", 4));
}

TEST(StoredFileTest, ATornSectorHasTheFirstPartOfWhatWasWritten) {
  StoredFile file = SyncedFile("aaaaaaaa");
  file.Write(0, "b");
  file.Write(4, "bbb");
  // Of the four bytes written, the word takes the middle one of three borders.
  Crash(file, {SectorFate::kTorn, UINT64_MAX / 2});
  EXPECT_EQ(file.bytes(), "baaabaaa");
}

TEST(StoredFileTest, ATornSectorHasAtLeastOneByteOfEach) {
  for (uint64_t word : {uint64_t{0}, UINT64_MAX}) {
    StoredFile file = SyncedFile("aaaa");
    file.Write(0, "bbbb");
    Crash(file, {SectorFate::kTorn, word});
    EXPECT_EQ(file.bytes(), word == 0 ? "baaa" : "bbba");
  }
}

TEST(StoredFileTest, OnlyWrittenBytesAreGarbled) {
  StoredFile file = SyncedFile(std::string(kSectorBytes, 'a'));
  file.Write(100, std::string(50, 'b'));
  file.Write(200, std::string(50, 'b'));
  Crash(file, {SectorFate::kGarbled, 7});
  const std::string bytes(file.bytes());
  EXPECT_EQ(bytes.substr(0, 100), std::string(100, 'a'));
  EXPECT_EQ(bytes.substr(150, 50), std::string(50, 'a'));
  EXPECT_EQ(bytes.substr(250), std::string(kSectorBytes - 250, 'a'));
  for (const size_t place : {100, 200}) {
    const std::string part = bytes.substr(place, 50);
    EXPECT_NE(part, std::string(50, 'a'));
    EXPECT_NE(part, std::string(50, 'b'));
  }
}

TEST(StoredFileTest, WhatIsWrittenDuringASyncIsNotSynced) {
  StoredFile file = SyncedFile("aaaa");
  file.Write(0, "b");
  const StoredFile::Snapshot snapshot = file.BeginSync();
  file.Write(1, "c");
  file.EndSync(snapshot);
  EXPECT_EQ(file.bytes(), "bcaa");
  Crash(file, {SectorFate::kLost});
  EXPECT_EQ(file.bytes(), "baaa");
}

TEST(StoredFileTest, ASyncThatEndsAfterALaterOneTakesNothingBack) {
  StoredFile file = SyncedFile("aaaa");
  file.Write(0, "b");
  const StoredFile::Snapshot early = file.BeginSync();
  file.Write(0, "cccccc");
  const StoredFile::Snapshot late = file.BeginSync();
  file.EndSync(late);
  file.EndSync(early);
  EXPECT_TRUE(file.IsSynced());
  Crash(file, {SectorFate::kLost});
  EXPECT_EQ(file.bytes(), "cccccc");
}

TEST(StoredFileTest, ASyncThatNeverEndsMakesNothingDurable) {
  StoredFile file = SyncedFile("aaaa");
  file.Write(0, "b");
  file.BeginSync();
  Crash(file, {SectorFate::kLost});
  EXPECT_EQ(file.bytes(), "aaaa");
}

TEST(StoredFileTest, ALostTruncationBringsBackWhatWasCutOff) {
  const std::string content(3 * kSectorBytes, 'a');
  StoredFile file = SyncedFile(content);
  file.Resize(0);
  EXPECT_EQ(file.footprint(), content.size());
  file.Crash(content.size(), [](uint64_t) { return SectorFate{}; });
  EXPECT_EQ(file.bytes(), content);
}

TEST(StoredFileTest, GrowthThatIsLostIsCutOff) {
  StoredFile file = SyncedFile("aa");
  file.Write(2, "bbbb");
  file.Crash(3, [](uint64_t) { return SectorFate{}; });
  EXPECT_EQ(file.bytes(), "aab");
  EXPECT_EQ(file.synced_size(), 3u);
}

TEST(StoredFileTest, ARottenBitStaysOverACrash) {
  StoredFile file = SyncedFile("aaaa");
  file.FlipBit(9);
  EXPECT_TRUE(file.IsSynced());
  Crash(file, {SectorFate::kLost});
  EXPECT_EQ(file.bytes(), "acaa");
}

}  // namespace
}  // namespace reprise
