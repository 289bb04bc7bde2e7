#include "reprise/sim/world/stored_directory.h"

#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

void Sync(StoredDirectory& directory) {
  directory.EndSync(directory.BeginSync());
}

// Loses the changes of these numbers, counted from the last sync.
void CrashLosing(StoredDirectory& directory, const std::set<int>& lost) {
  int number = 0;
  directory.Crash([&](const NameChange&) { return lost.count(number++) > 0; });
}

// Holds "a", file 1, and "b", file 2, both durable.
StoredDirectory TwoFiles() {
  StoredDirectory directory;
  directory.Change({.added = "a", .file = 1});
  directory.Change({.added = "b", .file = 2});
  Sync(directory);
  return directory;
}

TEST(StoredDirectoryTest, ACreationIsKeptOrLost) {
  for (const bool is_lost : {false, true}) {
    StoredDirectory directory = TwoFiles();
    directory.Change({.added = "c", .file = 3});
    EXPECT_EQ(directory.Find("c"), 3u);
    CrashLosing(directory, is_lost ? std::set<int>{0} : std::set<int>{});
    EXPECT_EQ(directory.Find("c"), is_lost ? 0u : 3u);
    EXPECT_TRUE(directory.IsSynced());
  }
}

TEST(StoredDirectoryTest, ARemovalIsKeptOrLost) {
  for (const bool is_lost : {false, true}) {
    StoredDirectory directory = TwoFiles();
    directory.Change({.removed = "a", .file = 1});
    EXPECT_EQ(directory.Find("a"), 0u);
    EXPECT_TRUE(directory.Refers(1));
    EXPECT_THAT(directory.Files(), ElementsAre(1, 2));
    CrashLosing(directory, is_lost ? std::set<int>{0} : std::set<int>{});
    EXPECT_EQ(directory.Find("a"), is_lost ? 1u : 0u);
    EXPECT_EQ(directory.Refers(1), is_lost);
  }
}

TEST(StoredDirectoryTest, ARenameIsKeptOrLostAsAWhole) {
  StoredDirectory kept = TwoFiles();
  kept.Change({.removed = "a", .added = "b", .file = 1});
  EXPECT_THAT(kept.names(), ElementsAre(Pair("b", 1)));
  CrashLosing(kept, {});
  EXPECT_THAT(kept.names(), ElementsAre(Pair("b", 1)));
  EXPECT_FALSE(kept.Refers(2));

  StoredDirectory lost = TwoFiles();
  lost.Change({.removed = "a", .added = "b", .file = 1});
  CrashLosing(lost, {0});
  EXPECT_THAT(lost.names(), ElementsAre(Pair("a", 1), Pair("b", 2)));
}

TEST(StoredDirectoryTest, AFileHasOneNameWhateverIsLost) {
  StoredDirectory directory = TwoFiles();
  directory.Change({.removed = "a", .added = "c", .file = 1});
  directory.Change({.removed = "c", .added = "d", .file = 1});
  CrashLosing(directory, {0});
  EXPECT_THAT(directory.names(), ElementsAre(Pair("b", 2), Pair("d", 1)));
}

TEST(StoredDirectoryTest, ARenameOutlivesTheLossOfItsCreation) {
  StoredDirectory directory = TwoFiles();
  directory.Change({.added = "new", .file = 3});
  directory.Change({.removed = "new", .added = "a", .file = 3});
  CrashLosing(directory, {0});
  EXPECT_THAT(directory.names(), ElementsAre(Pair("a", 3), Pair("b", 2)));
}

TEST(StoredDirectoryTest, NoFileIsLostBecauseAnotherTookItsOldName) {
  StoredDirectory directory = TwoFiles();
  directory.Change({.removed = "a", .added = "old", .file = 1});
  directory.Change({.removed = "b", .added = "a", .file = 2});
  CrashLosing(directory, {0});
  EXPECT_THAT(directory.names(), ElementsAre(Pair("a", 2), Pair("old", 1)));
}

TEST(StoredDirectoryTest, WhatChangesDuringASyncIsNotSynced) {
  StoredDirectory directory = TwoFiles();
  directory.Change({.removed = "a", .file = 1});
  const uint64_t changes = directory.BeginSync();
  directory.Change({.removed = "b", .file = 2});
  EXPECT_EQ(directory.EndSync(changes), 1u);
  CrashLosing(directory, {0});
  EXPECT_THAT(directory.names(), ElementsAre(Pair("b", 2)));
}

TEST(StoredDirectoryTest, ASyncThatEndsAfterALaterOneTakesNothingBack) {
  StoredDirectory directory = TwoFiles();
  directory.Change({.removed = "a", .file = 1});
  const uint64_t early = directory.BeginSync();
  directory.Change({.removed = "b", .file = 2});
  EXPECT_EQ(directory.EndSync(directory.BeginSync()), 2u);
  EXPECT_EQ(directory.EndSync(early), 0u);
  EXPECT_THAT(directory.names(), IsEmpty());
}

TEST(StoredDirectoryTest, ChangesAreDescribed) {
  EXPECT_EQ(DescribeChange({.added = "a", .file = 1}), "create a");
  EXPECT_EQ(DescribeChange({.removed = "a", .file = 1}), "remove a");
  EXPECT_EQ(DescribeChange({.removed = "a", .added = "b", .file = 1}),
            "rename a to b");
}

}  // namespace
}  // namespace reprise
