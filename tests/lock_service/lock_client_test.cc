#include "tests/lock_service/lock_client.h"

#include <cstdint>

#include "gtest/gtest.h"
#include "reprise/sim/core/time.h"

namespace reprise::locks {
namespace {

// What the holder counts of its lease on the slowest clock ends before the
// servers' fastest clock has counted all of it.
TEST(LockClientTest, TheUsablePartIsOverBeforeTheLease) {
  for (const uint32_t drift : {0u, 1u, 1000u, 128'000u, 500'000u}) {
    for (const int64_t lease :
         {int64_t{1}, int64_t{999'999'937}, int64_t{3'600'000'000'000}}) {
      const auto used = static_cast<__int128>(
          UsablePart(Nanoseconds(lease), drift).nanoseconds());
      EXPECT_LE(used * (1'000'000 + drift),
                static_cast<__int128>(lease) * (1'000'000 - drift));
      EXPECT_GT((used + 1) * (1'000'000 + drift),
                static_cast<__int128>(lease) * (1'000'000 - drift));
    }
  }
}

}  // namespace
}  // namespace reprise::locks
