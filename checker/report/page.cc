#include "reprise/checker/report/page.h"

#include <initializer_list>
#include <string_view>

#include "reprise/checker/history/require.h"
#include "reprise/checker/report/page_assets.h"
#include "reprise/checker/report/page_content.h"
#include "reprise/checker/report/page_data.h"
#include "reprise/checker/report/page_summary.h"

namespace reprise::checker {
namespace {

struct Part {
  std::string_view mark;
  std::string_view content;
};

// `text` with each part in the place of its mark. Content that looks like a
// mark is none. Requires the parts in the order of their marks.
std::string Filled(std::string_view text, std::initializer_list<Part> parts) {
  std::string filled;
  for (const Part& part : parts) {
    const size_t at = text.find(part.mark);
    REPRISE_REQUIRE(at != text.npos, "the page has no place for its content");
    filled += text.substr(0, at);
    filled += part.content;
    text.remove_prefix(at + part.mark.size());
  }
  filled += text;
  return filled;
}

}  // namespace

std::string HtmlPage(const PageInput& input) {
  const PageContent content(input);
  return Filled(kPageHtml, {{"@TITLE@", PageTitleHtml(input)},
                            {"@STYLE@", kPageStyle},
                            {"@SUMMARY@", PageSummaryHtml(content)},
                            {"@DATA@", PageDataJson(content)},
                            {"@SCRIPT@", kPageScript}});
}

}  // namespace reprise::checker
