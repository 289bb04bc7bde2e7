#include "reprise/sim/explore/page/run_page.h"

#include <algorithm>
#include <string>
#include <vector>

#include "reprise/checker/report/page_template.h"
#include "reprise/sim/explore/page/run_assets.h"
#include "reprise/sim/explore/page/run_data.h"
#include "reprise/sim/explore/page/run_events.h"
#include "reprise/sim/explore/page/run_summary.h"

namespace reprise {
namespace {

// The runs share the room; what one does not need the next may have.
std::string RunsJson(const RunPageInput& input,
                     const std::vector<RunEvents>& runs, size_t room) {
  std::string json = "[";
  for (size_t i = 0; i < runs.size(); ++i) {
    const size_t left = room - std::min(room, json.size());
    const size_t share = left / (runs.size() - i);
    if (i > 0) json += ',';
    json += RunDataJson(runs[i], input.runs[i], share);
  }
  return json + "]";
}

}  // namespace

void WriteRunPage(std::ostream& out, const RunPageInput& input) {
  std::vector<RunEvents> runs;
  for (const PageRun& run : input.runs) {
    runs.emplace_back(run.events, input.text);
  }
  const std::string title = RunTitleHtml(input);
  const std::string summary = RunSummaryHtml(input, runs);
  const size_t words = kPageHtml.size() + kPageStyle.size() +
                       kPageScript.size() + title.size() + summary.size() +
                       CurveJson(input.curve).size() + 100;
  const size_t room = input.bytes_max - std::min(input.bytes_max, words);
  const std::string data = "{\"curve\":" + CurveJson(input.curve) +
                           ",\"runs\":" + RunsJson(input, runs, room) + "}";
  out << checker::FilledTemplate(kPageHtml, {{"@TITLE@", title},
                                             {"@STYLE@", kPageStyle},
                                             {"@SUMMARY@", summary},
                                             {"@DATA@", data},
                                             {"@SCRIPT@", kPageScript}});
}

}  // namespace reprise
