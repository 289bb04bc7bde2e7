// Makes this thread's memory unlike that of a fresh thread, so that code whose
// behaviour depends on addresses or on what memory held before shows it.
//
//   const HeapPerturbation heap;   // For as long as trials run.
//   PerturbStacks();               // Before each trial.

#ifndef REPRISE_SIM_EXPLORE_REPEAT_PERTURBATION_H_
#define REPRISE_SIM_EXPLORE_REPEAT_PERTURBATION_H_

#include <memory>
#include <vector>

namespace reprise {

// Leaves holes for small blocks all over the heap, so that blocks that are
// allocated one after the other do not ascend in memory.
class HeapPerturbation {
 public:
  HeapPerturbation();

 private:
  // What lies between the holes, lest they become one.
  std::vector<std::unique_ptr<char[]>> fences_;
};

// Writes over the stacks that the next tasks of this thread will run on.
// Requires that nothing is simulated on this thread.
void PerturbStacks();

// Writes over some kilobytes of this stack below the caller, where what it
// called has left its variables.
void PerturbStackBelow();

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_REPEAT_PERTURBATION_H_
