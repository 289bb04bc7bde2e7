#include "reprise/checker/report/page_template.h"

#include <cstddef>

#include "reprise/checker/history/require.h"

namespace reprise::checker {

std::string FilledTemplate(std::string_view text,
                           std::initializer_list<TemplatePart> parts) {
  std::string filled;
  for (const TemplatePart& part : parts) {
    const size_t at = text.find(part.mark);
    REPRISE_REQUIRE(at != text.npos, "the page has no place for its content");
    filled += text.substr(0, at);
    filled += part.content;
    text.remove_prefix(at + part.mark.size());
  }
  filled += text;
  return filled;
}

}  // namespace reprise::checker
