// Values to try in place of one that failed: smaller, and easy to read.
//
// Guarantees: ascending, each smaller than `value` but for the last of
// RoundDurations, which is `value` rounded up where that is not round. O(log
// value).
//
//   SmallerSizes(12);              // 1, 2, 3, 4, 6, 8, 11
//   RoundDurations(137'402'113);   // 1 us, 2 us, 5 us, ... 100 ms, 200 ms

#ifndef REPRISE_SIM_EXPLORE_SHRINK_ROUND_VALUES_H_
#define REPRISE_SIM_EXPLORE_SHRINK_ROUND_VALUES_H_

#include <cstdint>
#include <vector>

namespace reprise {

// Of a workload, such as how many clients there are. Empty for 1 and less.
std::vector<int64_t> SmallerSizes(int64_t value);

// In nanoseconds; round are 1, 2 and 5 times a power of ten.
std::vector<uint64_t> RoundDurations(uint64_t value);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SHRINK_ROUND_VALUES_H_
