// The page of one failing trial: a self-contained HTML file with the sentence,
// the story, the curve of failures and a space-time diagram of one or two runs,
// a lane for each node.
//
// Guarantees: loads nothing from anywhere; sentence, story, commands, counts
// and curve can be read without scripts and on paper; no text of a run can turn
// or hide other text. A page of more than `bytes_max` leaves out texts, then
// the oldest events, and says how many. The same input gives the same page.
//
//   std::ostringstream page;
//   WriteRunPage(page, input);

#ifndef REPRISE_SIM_EXPLORE_PAGE_RUN_PAGE_H_
#define REPRISE_SIM_EXPLORE_PAGE_RUN_PAGE_H_

#include <ostream>

#include "reprise/sim/explore/page/run_page_input.h"

namespace reprise {

void WriteRunPage(std::ostream& out, const RunPageInput& input);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_RUN_PAGE_H_
