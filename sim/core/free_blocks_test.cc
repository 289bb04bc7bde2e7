#include "reprise/sim/core/free_blocks.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace reprise {
namespace {

void* NewPiece(size_t size) { return std::malloc(FreeBlocks::RoundUp(size)); }

TEST(FreeBlocksTest, GivesWhatWasKeptLastFirst) {
  FreeBlocks blocks;
  void* const first = NewPiece(40);
  void* const second = NewPiece(40);
  EXPECT_TRUE(blocks.Keep(first, 40));
  EXPECT_TRUE(blocks.Keep(second, 40));
  EXPECT_EQ(blocks.Take(40), second);
  EXPECT_EQ(blocks.Take(40), first);
  EXPECT_EQ(blocks.Take(40), nullptr);
  EXPECT_TRUE(blocks.Keep(first, 40));
  EXPECT_TRUE(blocks.Keep(second, 40));
}

TEST(FreeBlocksTest, GivesAPieceForEachSizeThatHasAsMuchRoom) {
  FreeBlocks blocks;
  void* const piece = NewPiece(33);
  ASSERT_TRUE(blocks.Keep(piece, 33));
  EXPECT_EQ(blocks.Take(32), nullptr);
  EXPECT_EQ(blocks.Take(49), nullptr);
  EXPECT_EQ(blocks.Take(48), piece);
  std::free(piece);
}

TEST(FreeBlocksTest, KeepsNoLargePieces) {
  FreeBlocks blocks;
  EXPECT_EQ(blocks.Take(FreeBlocks::kLargest + 1), nullptr);
  void* const piece = NewPiece(FreeBlocks::kLargest + 1);
  EXPECT_FALSE(blocks.Keep(piece, FreeBlocks::kLargest + 1));
  std::free(piece);
}

TEST(FreeBlocksTest, KeepsOnlySoManyOfASize) {
  FreeBlocks blocks;
  for (uint32_t i = 0; i < FreeBlocks::kMostKept; ++i) {
    ASSERT_TRUE(blocks.Keep(NewPiece(16), 16));
  }
  void* const piece = NewPiece(16);
  EXPECT_FALSE(blocks.Keep(piece, 16));
  std::free(piece);
  void* const larger = NewPiece(FreeBlocks::kLargest);
  EXPECT_TRUE(blocks.Keep(larger, FreeBlocks::kLargest));
}

}  // namespace
}  // namespace reprise
