// What the page of a run says in words, as HTML: it needs no script.

#ifndef REPRISE_SIM_EXPLORE_PAGE_RUN_SUMMARY_H_
#define REPRISE_SIM_EXPLORE_PAGE_RUN_SUMMARY_H_

#include <string>
#include <vector>

#include "reprise/sim/explore/page/run_events.h"
#include "reprise/sim/explore/page/run_page_input.h"

namespace reprise {

std::string RunTitleHtml(const RunPageInput& input);

// Sentence, story, commands, counts and curve; `runs` are those of the input.
std::string RunSummaryHtml(const RunPageInput& input,
                           const std::vector<RunEvents>& runs);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_RUN_SUMMARY_H_
