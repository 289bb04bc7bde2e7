// Counts, value by value, what is still expected of it and how often it can
// still come about. Where more is expected, no order exists.
//
// A Cas that succeeded needs its value once for itself, because it takes it
// away; a read needs it once at least. Each write that can still happen, and
// the value that is there, supplies one.
//
//   supply.Change(value, Supply::kWrites, -1);
//   if (!supply.IsEnough()) GoBack();

#ifndef REPRISE_CHECKER_KEY_VALUE_SUPPLY_H_
#define REPRISE_CHECKER_KEY_VALUE_SUPPLY_H_

#include <array>
#include <cstdint>
#include <vector>

namespace reprise::checker {

class Supply {
 public:
  enum What : uint8_t {
    kWrites,  // writes of the value, and whether it is there
    kTakers,  // Cas that need it each for itself
    kReads,
  };

  explicit Supply(uint32_t values) : counts_(values) {}

  void Change(uint32_t value, What what, int32_t by) {
    std::array<int32_t, 3>& counts = counts_[value];
    lacking_ -= IsLacking(counts);
    counts[what] += by;
    lacking_ += IsLacking(counts);
  }

  bool IsEnough() const { return lacking_ == 0; }

 private:
  static bool IsLacking(const std::array<int32_t, 3>& counts) {
    return counts[kWrites] < counts[kTakers] ||
           (counts[kReads] > 0 && counts[kWrites] == 0);
  }

  std::vector<std::array<int32_t, 3>> counts_;
  uint32_t lacking_ = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_SUPPLY_H_
