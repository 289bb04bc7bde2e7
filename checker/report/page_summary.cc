#include "reprise/checker/report/page_summary.h"

#include <cstdint>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/report/html_text.h"
#include "reprise/checker/report/page_input.h"
#include "reprise/checker/report/page_source.h"
#include "reprise/text/numbers.h"

namespace reprise::checker {
namespace {

std::string Html(std::string_view text) {
  std::string html;
  AppendHtmlText(text, html);
  return html;
}

// What is shown of an operation's answer beside its call.
std::string AnswerText(const ShownOperation& operation) {
  switch (operation.facts.answer) {
    case PageAnswer::kUnknown:
      return " → no answer";
    case PageAnswer::kFailed:
      if (operation.output.empty()) return " → failed";
      [[fallthrough]];
    case PageAnswer::kAnswered:
      break;
  }
  return operation.output.empty() ? "" : " → " + operation.output;
}

// The table of the operations that contradict each other.
class ConflictTable {
 public:
  explicit ConflictTable(const PageContent& content)
      : content_(content), input_(content.input()) {}

  std::string Html() {
    AddHead();
    size_t number = 0;
    for (const PageConflict& conflict : input_.contradiction) {
      AddRow(++number, conflict);
    }
    html_ += "</tbody>\n</table>\n</div>\n";
    return std::move(html_);
  }

 private:
  void AddHead() {
    const std::string unit = content_.HasTimes() ? "" : " at event";
    html_ += "<div class=\"conflict\">\n<table id=\"conflict-list\">\n";
    html_ += "<caption>";
    html_ += input_.contradiction.size() == 1
                 ? "The operation that cannot be explained"
                 : "Operations that contradict each other";
    html_ += "</caption>\n<thead><tr>";
    for (const std::string& name :
         {std::string("#"), std::string("client"), std::string("operation"),
          "called" + unit, "returned" + unit, std::string("line")}) {
      if (name == "line" && !HasLines()) continue;
      absl::StrAppend(&html_, "<th scope=\"col\">", checker::Html(name),
                      "</th>");
    }
    html_ += "</tr></thead>\n<tbody>\n";
  }

  bool HasLines() const {
    return content_.Find(input_.contradiction[0].id).facts.line > 0;
  }

  void AddRow(size_t number, const PageConflict& conflict) {
    const ShownOperation& operation = content_.Find(conflict.id);
    const bool is_illegal = input_.first_illegal == conflict.id;
    absl::StrAppend(&html_, "<tr data-id=\"", conflict.id, "\"",
                    is_illegal ? " class=\"illegal\"" : "", "><td><b>",
                    WithThousands(number), "</b></td><td>",
                    operation.facts.client, "</td><td>");
    const size_t colour = content_.functions()[operation.function].colour;
    absl::StrAppend(
        &html_, "<i class=\"swatch function-", colour, "\"></i><code>",
        checker::Html(operation.call + AnswerText(operation)), "</code>");
    if (is_illegal) {
      html_ += " <em>no order explains this answer</em>";
    } else if (!conflict.answer_counts) {
      html_ += " <small>whatever came of it</small>";
    }
    html_ += "</td>";
    AddInstants(operation.facts);
    if (HasLines()) {
      absl::StrAppend(&html_, "<td>",
                      WithThousands(uint64_t{operation.facts.line}), "</td>");
    }
    html_ += "</tr>\n";
  }

  void AddInstants(const PageFacts& facts) {
    const bool is_open = facts.ret == kNever;
    const std::string call = facts.times ? Time(facts.times->call)
                                         : WithThousands(uint64_t{facts.call});
    std::string ret = "never";
    if (!is_open) {
      ret = facts.times ? Time(facts.times->ret)
                        : WithThousands(uint64_t{facts.ret});
    }
    absl::StrAppend(&html_, "<td>", call, "</td><td>", ret, "</td>");
  }

  std::string Time(int64_t time) const {
    std::string text =
        absl::StrCat("+", WithThousands(content_.SinceStart(time)));
    if (!input_.time_unit.empty()) {
      absl::StrAppend(&text, " ", checker::Html(input_.time_unit));
    }
    return text;
  }

  const PageContent& content_;
  const PageInput& input_;
  std::string html_;
};

void AddNotice(std::string_view id, std::string_view text, std::string& html) {
  absl::StrAppend(&html, "<p id=\"", std::string(id), "\" class=\"notice\">",
                  Html(text), "</p>\n");
}

}  // namespace

std::string PageTitleHtml(const PageInput& input) {
  std::string html;
  AppendPlainHtmlText(input.title, html);
  absl::StrAppend(&html, " · ", std::string(OutcomeName(input.outcome)));
  return html;
}

std::string PageSummaryHtml(const PageContent& content) {
  const PageInput& input = content.input();
  const std::string outcome(OutcomeName(input.outcome));
  std::string html = absl::StrCat(
      "<div class=\"head\">\n<span id=\"badge\" class=\"badge ", outcome, "\">",
      outcome, "</span>\n<h1 id=\"title\" dir=\"ltr\">", Html(input.title),
      "</h1>\n<button id=\"theme\" class=\"quiet\" title=\"Light or dark (d)\" "
      "aria-label=\"Switch between light and dark\">◐</button>\n</div>\n");
  absl::StrAppend(&html, "<p id=\"sentence\" class=\"sentence\" dir=\"ltr\">",
                  Html(input.sentence),
                  "</p>\n<p id=\"facts\" class=\"facts\">",
                  Html(content.Facts()), "</p>\n");
  if (!content.left_out().empty()) {
    AddNotice("left-out", content.left_out(), html);
  }
  if (!input.is_minimal) {
    AddNotice("not-minimal",
              "A smaller contradiction may exist: the budget ran out before "
              "each operation was tried.",
              html);
  }
  if (!input.contradiction.empty()) html += ConflictTable(content).Html();
  return html;
}

}  // namespace reprise::checker
