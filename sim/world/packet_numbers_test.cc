#include "reprise/sim/world/packet_numbers.h"

#include <cstdint>
#include <map>
#include <tuple>

#include "gtest/gtest.h"
#include "reprise/sim/core/random.h"

namespace reprise {
namespace {

constexpr uint32_t kPut = 0;
constexpr uint32_t kGet = 3;

TEST(PacketNumbersTest, CountsTheRetriesOfAnOperation) {
  PacketNumbers numbers;
  EXPECT_EQ(numbers.Next(kPut, {3, 7}), 0u);
  EXPECT_EQ(numbers.Next(kPut, {3, 7}), 1u);
  EXPECT_EQ(numbers.Next(kGet, {3, 7}), 0u);
  EXPECT_EQ(numbers.Next(kPut, {3, 8}), 0u);
  EXPECT_EQ(numbers.Next(kPut, {3, 8}), 1u);
}

TEST(PacketNumbersTest, GoesOnWithAnOperationThatIsNotTheNewest) {
  PacketNumbers numbers;
  EXPECT_EQ(numbers.Next(kPut, {3, 7}), 0u);
  EXPECT_EQ(numbers.Next(kPut, {4, 0}), 0u);
  EXPECT_EQ(numbers.Next(kPut, {3, 7}), 1u);
  EXPECT_EQ(numbers.Next(kPut, {3, 8}), 0u);  // Newer than 3.7, before 4.0.
  EXPECT_EQ(numbers.Next(kPut, {3, 8}), 1u);
  EXPECT_EQ(numbers.Next(kPut, {4, 0}), 1u);
}

TEST(PacketNumbersTest, CountsByMethodWhatServesNoOperation) {
  PacketNumbers numbers;
  EXPECT_EQ(numbers.Next(kGet, {}), 0u);
  EXPECT_EQ(numbers.Next(kGet, {0, 0}), 0u);
  EXPECT_EQ(numbers.Next(kPut, {}), 0u);
  EXPECT_EQ(numbers.Next(kGet, {}), 1u);
}

TEST(PacketNumbersTest, AgreesWithCountingInAMap) {
  RandomStream random(1);
  PacketNumbers numbers;
  std::map<std::tuple<uint32_t, uint64_t>, uint32_t> expected;
  for (int i = 0; i < 20'000; ++i) {
    const uint32_t method = static_cast<uint32_t>(random.Uniform(0, 2));
    ServedOperation operation;
    if (random.Uniform(0, 3) > 0) {
      operation = {static_cast<uint32_t>(random.Uniform(0, 4)),
                   static_cast<uint32_t>(random.Uniform(0, 199))};
    }
    const uint32_t number = expected[{method, operation.word()}]++;
    ASSERT_EQ(numbers.Next(method, operation), number) << i;
  }
}

}  // namespace
}  // namespace reprise
