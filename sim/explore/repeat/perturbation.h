// Makes this thread's memory unlike that of a fresh thread. Code that depends
// on addresses, or on what memory held before, then behaves differently.
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
  // The blocks between the holes, which keep the holes from merging.
  std::vector<std::unique_ptr<char>> fences_;
};

// Writes over the stacks that the next tasks of this thread will run on.
// Requires that nothing is simulated on this thread.
void PerturbStacks();

// Writes over some kilobytes of this stack below the caller's frame, where the
// functions that it called have left their variables.
void PerturbStackBelow();

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_REPEAT_PERTURBATION_H_
