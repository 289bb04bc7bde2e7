// Latencies: how long operations took, and what most of them took at most.
//
//   Latencies latencies;
//   latencies.Add(Microseconds(120));
//   latencies.AtMost(0.99);  // 99 of 100 took no longer.

#ifndef TOOLS_KV_PROGRAM_LATENCIES_H_
#define TOOLS_KV_PROGRAM_LATENCIES_H_

#include <cstddef>
#include <vector>

#include "reprise/sim/core/time.h"

namespace reprise::kv {

// Keeps each, in 8 bytes.
class Latencies {
 public:
  void Add(Duration latency) { latencies_.push_back(latency); }

  size_t count() const { return latencies_.size(); }
  // What the share `share` of them, of 0 to 1, took at most: the nearest rank.
  // Zero where there are none. Takes linear time, and moves them about.
  Duration AtMost(double share);
  Duration Mean() const;

 private:
  std::vector<Duration> latencies_;
};

}  // namespace reprise::kv

#endif  // TOOLS_KV_PROGRAM_LATENCIES_H_
