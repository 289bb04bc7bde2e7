#include "reprise/sim/explore/isolation/wall_clock.h"

#include <chrono>
#include <cstdint>

namespace reprise {
namespace {

int64_t NowNanoseconds() {
  const auto since_boot = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(since_boot)
      .count();
}

}  // namespace

Stopwatch::Stopwatch() : started_ns_(NowNanoseconds()) {}

double Stopwatch::Seconds() const {
  return static_cast<double>(NowNanoseconds() - started_ns_) / 1e9;
}

}  // namespace reprise
