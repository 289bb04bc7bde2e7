#include "reprise/checker/report/page.h"

#include "reprise/checker/report/page_assets.h"
#include "reprise/checker/report/page_content.h"
#include "reprise/checker/report/page_data.h"
#include "reprise/checker/report/page_summary.h"
#include "reprise/checker/report/page_template.h"

namespace reprise::checker {

std::string HtmlPage(const PageInput& input) {
  const PageContent content(input);
  return FilledTemplate(kPageHtml, {{"@TITLE@", PageTitleHtml(input)},
                                    {"@STYLE@", kPageStyle},
                                    {"@SUMMARY@", PageSummaryHtml(content)},
                                    {"@DATA@", PageDataJson(content)},
                                    {"@SCRIPT@", kPageScript}});
}

}  // namespace reprise::checker
