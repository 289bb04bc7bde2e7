#include "reprise/sim/explore/page/run_summary.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "reprise/checker/report/html_text.h"
#include "reprise/sim/explore/page/curve_picture.h"
#include "reprise/sim/explore/page/run_asides.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event.h"
#include "reprise/text/numbers.h"

namespace reprise {
namespace {

constexpr size_t kLongestMessage = 8'000;  // bytes

std::string Html(std::string_view text) {
  std::string html;
  checker::AppendHtmlText(text, html);
  return html;
}

std::string NameOf(const RunPageInput& input) {
  std::string name =
      absl::StrCat(input.scenario, " · seed ", input.seed.value());
  if (!input.bug.empty()) absl::StrAppend(&name, " · ", input.bug);
  return name;
}

// A piece of text, told as one that was cut where it is too long.
std::string_view Cut(std::string_view text) {
  return text.substr(0, text.size() <= kLongestMessage
                            ? text.size()
                            : text.rfind('\n', kLongestMessage));
}

void AppendHead(const RunPageInput& input, std::string& html) {
  const std::string verdict(VerdictName(input.verdict).data(),
                            VerdictName(input.verdict).size());
  absl::StrAppend(&html, "<div class=\"head\"><h1>", Html(NameOf(input)),
                  "</h1><span id=\"badge\" class=\"badge ", verdict, "\">",
                  verdict,
                  "</span><button id=\"theme\" class=\"quiet\" "
                  "title=\"Dark or light (d)\" aria-label=\"Dark or light\">"
                  "◐</button></div>\n");
}

void AppendSentence(const RunPageInput& input, std::string& html) {
  const std::string_view message = Cut(input.message);
  const size_t line = message.find('\n');
  absl::StrAppend(&html, "<p id=\"sentence\" class=\"sentence\">");
  if (!input.property.empty()) {
    absl::StrAppend(&html, "<b class=\"property\">", Html(input.property),
                    "</b> ");
  }
  absl::StrAppend(&html, Html(message.substr(0, line)), "</p>\n");
  if (line == message.npos) return;
  absl::StrAppend(&html,
                  "<details id=\"evidence\"><summary>All of the "
                  "evidence</summary><pre>");
  for (const absl::string_view each :
       absl::StrSplit(absl::string_view(message.data() + line + 1,
                                        message.size() - line - 1),
                      '\n')) {
    absl::StrAppend(&html, Html({each.data(), each.size()}), "\n");
  }
  if (message.size() < input.message.size()) {
    absl::StrAppend(&html, WithThousands(input.message.size() - message.size()),
                    " more bytes are left out.\n");
  }
  html += "</pre></details>\n";
}

void AppendStory(const RunPageInput& input, std::string& html) {
  if (input.story.empty()) return;
  html += "<ol id=\"story\" class=\"story\">";
  for (const std::string& line : input.story) {
    absl::StrAppend(&html, "<li>", Html(line), "</li>");
  }
  html += "</ol>\n";
}

// What the nodes of the first run were, a row for each.
void AppendNodes(const RunPageInput& input, const std::vector<RunEvents>& runs,
                 std::string& html) {
  if (runs.empty()) return;
  std::vector<DescribedNode> nodes;
  for (ShownState& each : StatesAtViolation(input.runs.front().asides)) {
    nodes.push_back(
        {runs.front().names().NodeName(each.node), std::move(each.state)});
  }
  if (nodes.empty()) return;
  const NodeTable table = TableOfNodes(nodes);
  const auto append_row = [&html](const char* cell,
                                  const std::vector<std::string>& texts) {
    html += "<tr>";
    for (const std::string& text : texts) {
      absl::StrAppend(&html, "<", cell, ">", Html(text), "</", cell, ">");
    }
    html += "</tr>";
  };
  html +=
      "<div class=\"states\"><table id=\"states\"><caption>The nodes at the "
      "violation</caption><thead>";
  append_row("th", table.titles);
  html += "</thead><tbody>";
  for (const std::vector<std::string>& row : table.rows) append_row("td", row);
  html += "</tbody></table></div>\n";
}

void AppendCommands(const RunPageInput& input, std::string& html) {
  if (input.commands.empty()) return;
  html += "<ul id=\"commands\" class=\"commands\">";
  for (const std::string& command : input.commands) {
    absl::StrAppend(&html, "<li><code>", Html(command),
                    "</code><button class=\"copy\" hidden>Copy</button></li>");
  }
  html += "</ul>\n";
}

// "1,603 events · 6 nodes · 224 operations · 43 lost · 55 duplicate".
std::string CountsOf(const RunEvents& run) {
  std::map<std::string, uint64_t> faults;
  uint64_t operations = 0;
  for (const RunEvent& each : run.events()) {
    const std::string& fault = run.WordsOf(each).fault;
    if (!fault.empty()) ++faults[absl::AsciiStrToLower(fault)];
    if (each.listed->event.kind == EventKind::kOperationCalled) ++operations;
  }
  std::string text = absl::StrCat(Count(run.events().size(), "event"), " · ",
                                  Count(run.nodes().size(), "node"));
  if (operations > 0) {
    absl::StrAppend(&text, " · ", Count(operations, "operation"));
  }
  for (const auto& [fault, count] : faults) {
    absl::StrAppend(&text, " · ", WithThousands(count), " ", fault);
  }
  return text;
}

void AppendCounts(const RunPageInput& input, const std::vector<RunEvents>& runs,
                  std::string& html) {
  for (size_t i = 0; i < runs.size(); ++i) {
    const std::string title =
        runs.size() > 1 ? input.runs[i].title + ": " : std::string();
    absl::StrAppend(&html, "<p class=\"facts counts\">", Html(title),
                    Html(CountsOf(runs[i])), "</p>\n");
  }
}

}  // namespace

std::string RunTitleHtml(const RunPageInput& input) {
  std::string html;
  checker::AppendPlainHtmlText(NameOf(input), html);
  const std::string_view verdict = VerdictName(input.verdict);
  return html + " · " + std::string(verdict);
}

std::string RunSummaryHtml(const RunPageInput& input,
                           const std::vector<RunEvents>& runs) {
  std::string html;
  AppendHead(input, html);
  AppendSentence(input, html);
  AppendStory(input, html);
  AppendNodes(input, runs, html);
  AppendCounts(input, runs, html);
  AppendCommands(input, html);
  html += CurvePictureHtml(input.curve);
  return html;
}

}  // namespace reprise
