#include "reprise/sim/core/memory_account.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "reprise/sim/core/sanitizer.h"
#include "reprise/sim/core/scheduler.h"

namespace reprise {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class MemoryAccountTest : public ::testing::Test {
 protected:
  MemoryAccountHandle account_ = NewMemoryAccount();
};

TEST_F(MemoryAccountTest, IsLinked) { EXPECT_TRUE(IsMemoryAccountingLinked()); }

TEST_F(MemoryAccountTest, ChargesBytesAsRequestedUntilTheyAreFreed) {
  std::vector<char> bytes;
  {
    const MemoryScope scope(account_.get());
    bytes.reserve(1000);
  }
  EXPECT_EQ(account_->held_bytes(), 1000);
  EXPECT_EQ(account_->held_blocks(), 1);
  std::vector<char>().swap(bytes);
  EXPECT_EQ(account_->held_bytes(), 0);
  EXPECT_EQ(account_->peak_bytes(), 1000);
}

TEST_F(MemoryAccountTest, ChargesAlignedBlocks) {
  struct alignas(256) Wide {
    char bytes[512];
  };
  std::unique_ptr<Wide> wide;
  {
    const MemoryScope scope(account_.get());
    wide = std::make_unique<Wide>();
  }
  EXPECT_EQ(reinterpret_cast<uintptr_t>(wide.get()) % 256, 0u);
  EXPECT_EQ(account_->held_bytes(), 512);
  wide.reset();
  EXPECT_EQ(account_->held_bytes(), 0);
}

TEST_F(MemoryAccountTest, GivesABlockOutAgainToWhoeverAsksNext) {
  void* block = ::operator new(100);
  ::operator delete(block);
  const MemoryScope scope(account_.get());
  block = ::operator new(90);
  EXPECT_EQ(account_->held_bytes(), 90);
  ::operator delete(block);
  EXPECT_EQ(account_->held_bytes(), 0);
  EXPECT_EQ(account_->held_blocks(), 0);
}

TEST_F(MemoryAccountTest, NobodyGetsMoreThanAMachineHas) {
  void* volatile block = nullptr;
  for (const volatile size_t size : {SIZE_MAX, SIZE_MAX - 20, SIZE_MAX / 2}) {
    EXPECT_THROW(block = ::operator new(size), std::bad_alloc);
    EXPECT_THROW(block = ::operator new (size, std::align_val_t{64}),
                 std::bad_alloc);
  }
  EXPECT_EQ(block, nullptr);
}

TEST_F(MemoryAccountTest, RefusesToFreeABlockTwice) {
#if defined(REPRISE_ADDRESS_SANITIZER)
  GTEST_SKIP() << "it reports that itself";
#endif
  void* volatile block = ::operator new(100);
  ::operator delete(block);
  EXPECT_DEATH(::operator delete(block), "memory is freed twice");
  block = ::operator new(100);
  ::operator delete(block);
}

TEST_F(MemoryAccountTest, ChargesNobodyOutsideScopes) {
  const auto block = std::make_unique<int>(1);
  {
    const MemoryScope scope(account_.get());
    const FrameworkMemoryScope framework;
    const auto other = std::make_unique<int>(2);
    EXPECT_EQ(*block + *other, 3);
  }
  EXPECT_EQ(account_->peak_bytes(), 0);
}

TEST_F(MemoryAccountTest, BlocksMayOutliveTheirAccount) {
  std::unique_ptr<int> block;
  {
    const MemoryScope scope(account_.get());
    block = std::make_unique<int>(1);
  }
  account_.reset();
  EXPECT_EQ(*block, 1);
}

TEST_F(MemoryAccountTest, TransfersTheChargeOfAStringOnTheHeap) {
  const MemoryAccountHandle receiver = NewMemoryAccount();
  std::string large;
  std::string small;
  {
    const MemoryScope scope(account_.get());
    large.reserve(100);
    small = "small";
  }
  TransferCharge(large, receiver.get());
  TransferCharge(small, receiver.get());
  EXPECT_EQ(account_->held_bytes(), 0);
  EXPECT_EQ(receiver->held_bytes(), 101);
  std::string().swap(large);
  EXPECT_EQ(receiver->held_bytes(), 0);
}

TEST_F(MemoryAccountTest, KeepsTheInstantAtWhichItsLimitWasBreached) {
  TaskGroup group("host");
  Scheduler scheduler(Seed(1));
  account_->SetLimit(1500);
  scheduler.Spawn(group, "grows", [&] {
    const MemoryScope scope(account_.get());
    const std::vector<char> first(1000);
    scheduler.SleepUntil(VirtualTime::Milliseconds(5));
    EXPECT_FALSE(account_->HasBreachedLimit());
    const std::vector<char> second(1000);
  });
  scheduler.Run({});
  EXPECT_TRUE(account_->HasBreachedLimit());
  EXPECT_EQ(account_->breach_time(), VirtualTime::Milliseconds(5));
}

TEST_F(MemoryAccountTest, ScopesFollowTheirTask) {
  const MemoryAccountHandle other = NewMemoryAccount();
  TaskGroup group("host");
  Scheduler scheduler(Seed(1));
  std::vector<std::unique_ptr<char[]>> kept;
  const auto hold = [&](MemoryAccount* account, size_t bytes) {
    const MemoryScope scope(account);
    for (int i = 0; i < 3; ++i) {
      auto block = std::make_unique<char[]>(bytes);
      const FrameworkMemoryScope framework;
      kept.push_back(std::move(block));
      scheduler.Yield();
    }
  };
  scheduler.Spawn(group, "a", [&] { hold(account_.get(), 10); });
  scheduler.Spawn(group, "b", [&] { hold(other.get(), 100); });
  scheduler.Run({});
  EXPECT_EQ(account_->held_bytes(), 30);
  EXPECT_EQ(other->held_bytes(), 300);
}

[[gnu::noinline]] std::unique_ptr<char[]> PlantedLeak(size_t bytes) {
  return std::make_unique<char[]>(bytes);
}

TEST_F(MemoryAccountTest, ListsTheSitesThatHoldTheMost) {
  StartAllocationProfile();
  std::unique_ptr<char[]> large;
  std::unique_ptr<char[]> small;
  {
    const MemoryScope scope(account_.get());
    large = PlantedLeak(5000);
    small = std::make_unique<char[]>(10);
  }
  const std::vector<AllocationSite> sites =
      LargestAllocationSites(*account_, 5);
  ASSERT_EQ(sites.size(), 2u);
  EXPECT_EQ(sites[0].bytes, 5000);
  EXPECT_EQ(sites[0].blocks, 1);
  EXPECT_THAT(sites[0].frames, Contains(HasSubstr("PlantedLeak")));
  large.reset();
  EXPECT_EQ(LargestAllocationSites(*account_, 5).size(), 1u);
}

}  // namespace
}  // namespace reprise
