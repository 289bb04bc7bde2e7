// Measures: the fixed work whose machine instructions are counted.
//
// Guarantees: the same work in every run and on every machine. Work of a
// greater count does all that work of a smaller one does, and more of the same,
// so that the difference of two counts is free of what a program does once.
//
//   for (const Measure& measure : Measures()) measure.run(measure.few);

#ifndef TOOLS_INSTRUCTIONS_MEASURES_H_
#define TOOLS_INSTRUCTIONS_MEASURES_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace reprise {

struct Measure {
  std::string name;
  // What is counted once: a call, a trial.
  std::string about;
  // The counts of the two runs whose difference is the measure.
  uint64_t few = 0;
  uint64_t many = 0;
  // Does the work so many times. It stops the program where a trial does not
  // hold, because it would then have done other work.
  std::function<void(uint64_t count)> run;
};

std::vector<Measure> Measures();

}  // namespace reprise

#endif  // TOOLS_INSTRUCTIONS_MEASURES_H_
