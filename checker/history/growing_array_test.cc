#include "reprise/checker/history/growing_array.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

TEST(GrowingArrayTest, KeepsWhatWasAppendedWhileItGrows) {
  constexpr size_t kItems = 100'000;
  GrowingArray<uint64_t> array;
  EXPECT_TRUE(array.empty());
  for (size_t i = 0; i < kItems; ++i) array.Append(i * i);
  ASSERT_EQ(array.size(), kItems);
  for (size_t i = 0; i < kItems; ++i) ASSERT_EQ(array[i], i * i);
}

TEST(GrowingArrayTest, StaysInPlaceWithinWhatWasReserved) {
  GrowingArray<int> array;
  array.Reserve(1000);
  const int* place = array.data();
  for (int i = 0; i < 1000; ++i) array.Append(i);
  EXPECT_EQ(array.data(), place);
}

TEST(GrowingArrayTest, ClearingKeepsTheMemory) {
  GrowingArray<int> array;
  for (int i = 0; i < 1000; ++i) array.Append(i);
  const size_t capacity = array.capacity();
  array.Clear();
  EXPECT_EQ(array.size(), 0u);
  EXPECT_EQ(array.capacity(), capacity);
}

TEST(GrowingArrayTest, MovesWithoutCopying) {
  GrowingArray<int> array;
  array.Append(7);
  const int* place = array.data();
  const GrowingArray<int> moved = std::move(array);
  EXPECT_EQ(moved.data(), place);
  EXPECT_EQ(moved[0], 7);
}

}  // namespace
}  // namespace reprise::checker
