#include "reprise/sim/world/disk_options.h"

#include <gtest/gtest.h>

#include "reprise/sim/core/time.h"

namespace reprise {
namespace {

TEST(DiskOptionsTest, ACalmedDiskKeepsItsCapacityAndCalmDelays) {
  const DiskOptions calmed = Calmed({.read = {.calm = Milliseconds(2),
                                              .minimum = Milliseconds(1),
                                              .maximum = Milliseconds(9)},
                                     .capacity_bytes = 4096,
                                     .read_error = {1, 100},
                                     .sector_lost = {1, 4},
                                     .stall = {.start = {1, 100}},
                                     .bytes_per_second = 1000,
                                     .write_lost = {1, 100}});
  EXPECT_EQ(calmed, (DiskOptions{.read = {.calm = Milliseconds(2),
                                          .minimum = Milliseconds(2),
                                          .maximum = Milliseconds(2)},
                                 .capacity_bytes = 4096}));
}

}  // namespace
}  // namespace reprise
