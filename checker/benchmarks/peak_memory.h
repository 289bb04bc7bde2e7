// The most memory that this process has had at one time since a chosen moment.
//
// A program that links this counts all that operator new hands out, as malloc
// rounds it. One thread at a time.
//
//   RestartPeak();
//   Verdict verdict = CheckKeyValue(history, Budget());
//   state.counters["peak_MB"] = PeakBytes() / 1e6;

#ifndef REPRISE_CHECKER_BENCHMARKS_PEAK_MEMORY_H_
#define REPRISE_CHECKER_BENCHMARKS_PEAK_MEMORY_H_

#include <cstddef>

namespace reprise::checker {

// Begins a new peak. What is allocated already counts, too.
void RestartPeak();
size_t PeakBytes();

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_BENCHMARKS_PEAK_MEMORY_H_
