// Which operations of a history a page shows, where it cannot show all.

#ifndef REPRISE_CHECKER_REPORT_PAGE_SELECTION_H_
#define REPRISE_CHECKER_REPORT_PAGE_SELECTION_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "reprise/checker/history/history.h"

namespace reprise::checker {

struct PageSelection {
  std::vector<OperationId> ids;  // ascending
  std::string left_out;          // what is not shown; "" if everything is
};

// All operations if there are at most `most`. Else those of `focus`, or the
// `most` of them around `centre`; then whole other keys, as many as fit.
// `must`, operations of that key, are always among them.
PageSelection SelectForPage(const History& history, KeyId focus,
                            OperationId centre,
                            std::span<const OperationId> must, size_t most);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_PAGE_SELECTION_H_
