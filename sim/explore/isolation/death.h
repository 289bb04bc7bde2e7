// What the end of a watched process means for the trial that it was at.
//
//   Death death = DescribeDeath(page, child->Wait(), child->TakeErrors());
//   if (death.is_refusal) return BadInput(death.printed);
//   result.verdict = death.verdict;

#ifndef REPRISE_SIM_EXPLORE_ISOLATION_DEATH_H_
#define REPRISE_SIM_EXPLORE_ISOLATION_DEATH_H_

#include <string>

#include "absl/status/status.h"
#include "reprise/sim/explore/isolation/child_process.h"
#include "reprise/sim/explore/isolation/shared_page.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {

struct Death {
  // Violated: "no-crash", with the evidence. Undecided: it was no fault that
  // can be laid to the code: no memory, or a watchdog without patience.
  Verdict verdict = {};
  // Whether the process refused what the scenario asked for; see Refuse(). What
  // it printed says why.
  bool is_refusal = false;
};

// `printed`: what the process wrote to standard error at the end; the evidence
// quotes the last of it.
Death DescribeDeath(const SharedWords& words, const ChildEnd& end,
                    const std::string& printed);

// InvalidArgument with what a process printed that refused a trial.
absl::Status RefusalError(const std::string& printed);

// Leaves the result of a trial undecided if the machine had no memory left
// meanwhile, whatever the code under test made of that. For the next trial,
// forgets it.
void NoteLackOfMemory(SharedWords& words, TrialResult& result);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_ISOLATION_DEATH_H_
