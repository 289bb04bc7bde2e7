#include "reprise/checker/report/html_text.h"

#include <algorithm>

#include "reprise/text/printable.h"

namespace reprise::checker {
namespace {

// What stands around a part that must not turn others.
struct Isolation {
  std::string_view begin;
  std::string_view end;
};

constexpr Isolation kElement = {"<bdi dir=\"ltr\">", "</bdi>"};
// LEFT-TO-RIGHT ISOLATE, POP DIRECTIONAL ISOLATE.
constexpr Isolation kMarks = {"\u2066", "\u2069"};

void AppendEscaped(std::string_view text, std::string& html) {
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += c;
    }
  }
}

// The size of the quoted part that `text` begins with.
size_t QuotedSize(std::string_view text) {
  for (size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return text.size();
}

void Append(std::string_view text, const Isolation& isolation,
            std::string& html) {
  const std::string printable = Printable(text);
  std::string_view rest = printable;
  while (!rest.empty()) {
    const size_t plain = std::min(rest.find('"'), rest.size());
    AppendEscaped(rest.substr(0, plain), html);
    rest.remove_prefix(plain);
    if (rest.empty()) return;
    const size_t quoted = QuotedSize(rest);
    html += isolation.begin;
    AppendEscaped(rest.substr(0, quoted), html);
    html += isolation.end;
    rest.remove_prefix(quoted);
  }
}

}  // namespace

void AppendHtmlText(std::string_view text, std::string& html) {
  Append(text, kElement, html);
}

void AppendPlainHtmlText(std::string_view text, std::string& html) {
  // As a whole, too: a title stands beside other words.
  html += kMarks.begin;
  Append(text, kMarks, html);
  html += kMarks.end;
}

}  // namespace reprise::checker
