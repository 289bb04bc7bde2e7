// What the page's script draws, as JSON; row for row as page_model.js reads it.
//
//   page += "<script type=\"application/json\">" + PageDataJson(content);

#ifndef REPRISE_CHECKER_REPORT_PAGE_DATA_H_
#define REPRISE_CHECKER_REPORT_PAGE_DATA_H_

#include <string>

#include "reprise/checker/report/page_content.h"

namespace reprise::checker {

std::string PageDataJson(const PageContent& content);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_PAGE_DATA_H_
