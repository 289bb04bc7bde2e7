#include "reprise/checker/models/growing_set.h"

#include <cstdint>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"

namespace reprise::checker {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using enum GrowingSetKind;

GrowingSetOperation Of(EventIndex call, EventIndex ret, GrowingSetKind kind,
                       uint32_t element) {
  return {.interval = {0, call, ret}, .kind = kind, .element = element};
}

GrowingSetOperation Read(EventIndex call, EventIndex ret,
                         const std::vector<uint32_t>& elements) {
  return {.interval = {0, call, ret}, .read = elements};
}

TEST(GrowingSetTest, AnElementThatWasAddedIsSeen) {
  const std::vector<uint32_t> all = {0, 1};
  const std::vector<uint32_t> one = {1};
  std::vector<GrowingSetOperation> operations = {
      Of(0, 1, kAdd, 0), Of(2, 9, kAdd, 1), Read(3, 4, all)};
  EXPECT_THAT(FindWrong(operations, {}, 2), IsEmpty());
  operations[2] = Read(3, 4, one);
  EXPECT_THAT(FindWrong(operations, {}, 2), ElementsAre(0, 1, 2));
}

TEST(GrowingSetTest, TwoReadsThatSawWhatTheOtherDidNotContradictEachOther) {
  const std::vector<uint32_t> zero = {0};
  const std::vector<uint32_t> one = {1};
  const std::vector<GrowingSetOperation> operations = {
      Of(0, 9, kAdd, 0), Of(0, 9, kAdd, 1), Of(0, 9, kAdd, 2), Read(1, 8, zero),
      Read(1, 8, one)};
  EXPECT_THAT(FindWrong(operations, {}, 3), ElementsAre(0, 1, 3, 4));
}

TEST(GrowingSetTest, WhatWasInAtFirstStaysIn) {
  const std::vector<uint32_t> first = {1};
  const std::vector<GrowingSetOperation> operations = {Of(0, 1, kFound, 1),
                                                       Of(2, 3, kMissing, 1)};
  EXPECT_THAT(FindWrong(operations, first, 2), ElementsAre(1));
}

TEST(GrowingSetTest, WhatNobodyAddedIsNotSeen) {
  const std::vector<uint32_t> all = {0, 1};
  const std::vector<GrowingSetOperation> operations = {Of(0, kNever, kAdd, 0),
                                                       Read(3, 4, all)};
  EXPECT_THAT(FindWrong(operations, {}, 2), ElementsAre(0, 1));
}

}  // namespace
}  // namespace reprise::checker
