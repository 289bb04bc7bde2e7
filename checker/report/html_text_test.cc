#include "reprise/checker/report/html_text.h"

#include <string>

#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

std::string Html(std::string_view text) {
  std::string html;
  AppendHtmlText(text, html);
  return html;
}

std::string Plain(std::string_view text) {
  std::string html;
  AppendPlainHtmlText(text, html);
  return html;
}

TEST(HtmlTextTest, IsNothingButText) {
  EXPECT_EQ(Html("<b>&amp;'"), "&lt;b>&amp;amp;&#39;");
}

TEST(HtmlTextTest, ShowsWhatWouldDeceive) {
  EXPECT_EQ(Html("a\u202eb\x1b\xff"), "a\\xe2\\x80\\xaeb\\x1b\\xff");
  EXPECT_EQ(Plain("\u202e"), "\u2066\\xe2\\x80\\xae\u2069");
}

TEST(HtmlTextTest, KeepsQuotedTextFromTurningTheRest) {
  EXPECT_EQ(Html("put \"\u05d0\" to \"\\\"\""),
            "put <bdi dir=\"ltr\">&quot;\u05d0&quot;</bdi> to "
            "<bdi dir=\"ltr\">&quot;\\&quot;&quot;</bdi>");
  EXPECT_EQ(Plain("\"\u05d0\" x"),
            "\u2066\u2066&quot;\u05d0&quot;\u2069 x\u2069");
}

TEST(HtmlTextTest, EndsWhatIsNotClosed) {
  EXPECT_EQ(Html("\"a\\"), "<bdi dir=\"ltr\">&quot;a\\</bdi>");
}

}  // namespace
}  // namespace reprise::checker
