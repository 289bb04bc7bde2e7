// TrialMarks: counts the marks of one trial and judges those that must hold.
//
// Guarantees: counting allocates nothing. A false Always violates the property
// "always", an Unreachable the property "unreachable", each mark once.
//
//   TrialMarks marks(trial, counts);
//   context.marks = &marks;

#ifndef REPRISE_SIM_EXPLORE_TRIAL_TRIAL_MARKS_H_
#define REPRISE_SIM_EXPLORE_TRIAL_TRIAL_MARKS_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "reprise/sim/core/mark.h"

namespace reprise {

class Trial;

inline constexpr std::string_view kAlwaysProperty = "always";
inline constexpr std::string_view kUnreachableProperty = "unreachable";

class TrialMarks final : public MarkListener {
 public:
  // Counts in `counts`, by Mark::number(), from zero on. Both must outlive it.
  TrialMarks(Trial& trial, std::span<uint64_t> counts);

  void OnMark(const Mark& mark, bool holds, const MarkPlace& place) override;

  std::span<const uint64_t> counts() const { return counts_; }

 private:
  void Violate(const Mark& mark, const MarkPlace& place);

  Trial& trial_;
  std::span<uint64_t> counts_;
  std::vector<const Mark*> violated_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_TRIAL_MARKS_H_
