// Which operations of a history a page shows, where it cannot show all.
//
//   PageSelection part = SelectForPage(source, {.focus = 0, .most = 10'000});
//   for (OperationId id : part.ids) Draw(source.Facts(id));

#ifndef REPRISE_CHECKER_REPORT_PAGE_SELECTION_H_
#define REPRISE_CHECKER_REPORT_PAGE_SELECTION_H_

#include <cstddef>
#include <string>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/report/page_source.h"

namespace reprise::checker {

struct PageFocus {
  PartitionId focus = 0;               // what the page is about
  OperationId centre = 0;              // where it opens
  std::vector<OperationId> must = {};  // of that partition, never left out
  size_t most = 10'000;                // operations
};

struct PageSelection {
  std::vector<OperationId> ids;  // ascending
  std::string left_out;          // what is not shown; "" if everything is
};

// All operations if there are at most `most`. Else those of the focus, or the
// `most` of them around the centre; then whole other partitions, as many as
// fit.
PageSelection SelectForPage(const PageSource& history, const PageFocus& focus);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_PAGE_SELECTION_H_
