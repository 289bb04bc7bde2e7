// What a service holds, counted as the bytes requested through operator new.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>

#include "gtest/gtest.h"
#include "reprise/kv/service.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/random.h"

namespace {

// tidy: allow(global) operator new has no other place to count
int64_t held_bytes = 0;
// Before each block: its size, in a space that keeps the block aligned.
constexpr size_t kHeader = alignof(std::max_align_t);

}  // namespace

void* operator new(size_t size) {
  char* block = static_cast<char*>(std::malloc(size + kHeader));
  if (block == nullptr) std::abort();
  *reinterpret_cast<size_t*>(block) = size;
  held_bytes += static_cast<int64_t>(size);
  return block + kHeader;
}

void operator delete(void* pointer) noexcept {
  if (pointer == nullptr) return;
  char* block = static_cast<char*>(pointer) - kHeader;
  held_bytes -= static_cast<int64_t>(*reinterpret_cast<size_t*>(block));
  std::free(block);
}

void operator delete(void* pointer, size_t) noexcept {
  operator delete(pointer);
}

namespace reprise::kv {
namespace {

constexpr int kClients = 100'000;
constexpr size_t kMiB = size_t{1} << 20;

class ServiceMemoryTest : public testing::Test {
 protected:
  void Ask(RequestKind kind, uint64_t client, uint64_t sequence,
           const std::string& value) {
    const Bytes request = EncodeRequest({.kind = kind,
                                         .client = client,
                                         .sequence = sequence,
                                         .key = "k",
                                         .value = value});
    ASSERT_TRUE(service_.Handle(request).ok());
  }

  // A client's id, as random as a clerk draws it.
  static uint64_t Client(int number) { return WordAt(1, number); }

  int64_t HeldBytes() const { return held_bytes - before_; }

 private:
  int64_t before_ = held_bytes;
  Service service_;
};

TEST_F(ServiceMemoryTest, APutGivesBackWhatItReplaces) {
  Ask(RequestKind::kPut, 1, 1, std::string(10 * kMiB, 'a'));
  EXPECT_GE(HeldBytes(), int64_t{10 * kMiB});
  Ask(RequestKind::kPut, 2, 1, "");
  EXPECT_LT(HeldBytes(), 1000);
}

TEST_F(ServiceMemoryTest, AnAppendOwesNoCopy) {
  Ask(RequestKind::kAppend, 1, 1, std::string(10 * kMiB, 'a'));
  Ask(RequestKind::kAppend, 2, 1, std::string(10 * kMiB, 'b'));
  EXPECT_LE(HeldBytes(), int64_t{22 * kMiB});
}

TEST_F(ServiceMemoryTest, ManyAppendsHoldLittleMoreThanTheValue) {
  for (uint64_t sequence = 1; sequence <= 1000; ++sequence) {
    Ask(RequestKind::kAppend, 1, sequence, std::string(1000, 'a'));
  }
  EXPECT_LE(HeldBytes(), 1'200'000);
}

TEST_F(ServiceMemoryTest, AClientThatWritesCostsASmallEntry) {
  Ask(RequestKind::kPut, 1, 1, std::string(1000, 'a'));
  const int64_t before = HeldBytes();
  for (int client = 0; client < kClients; ++client) {
    Ask(RequestKind::kPut, Client(client), 1, std::string(1000, 'a'));
  }
  RecordProperty("bytes_per_client",
                 static_cast<int>((HeldBytes() - before) / kClients));
  EXPECT_LE(HeldBytes() - before, 64 * kClients);
}

TEST_F(ServiceMemoryTest, AClientThatReadsCostsNothing) {
  Ask(RequestKind::kPut, 1, 1, "");
  const int64_t before = HeldBytes();
  for (int client = 0; client < kClients; ++client) {
    Ask(RequestKind::kGet, Client(client), 1, "");
  }
  EXPECT_EQ(HeldBytes(), before);
}

TEST_F(ServiceMemoryTest, AReplacedValueIsKeptAsFarAsItIsOwed) {
  Ask(RequestKind::kPut, 1, 1, std::string(kMiB, 'a'));
  Ask(RequestKind::kAppend, 1, 2, std::string(9 * kMiB, 'b'));
  Ask(RequestKind::kAppend, 2, 1, "c");
  Ask(RequestKind::kPut, 3, 1, "");
  EXPECT_GE(HeldBytes(), int64_t{10 * kMiB});
  Ask(RequestKind::kGet, 2, 2, "");
  EXPECT_GE(HeldBytes(), int64_t{kMiB});
  EXPECT_LT(HeldBytes(), int64_t{kMiB} + 1000);
  Ask(RequestKind::kGet, 1, 3, "");
  EXPECT_LT(HeldBytes(), 1000);
}

}  // namespace
}  // namespace reprise::kv
