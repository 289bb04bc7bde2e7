// Writes a page for the tests in a browser: run_page_main KIND FILE, where KIND
// is sample, evil, large or plain.

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

#include "reprise/sim/explore/page/run_page.h"
#include "reprise/sim/explore/page/run_page_input.h"
#include "reprise/sim/explore/page/run_page_sample.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/trace/event.h"

int main(int count, char** words) {
  if (count != 3) {
    std::cerr << "expected: KIND FILE\n";
    return EXIT_FAILURE;
  }
  const std::string kind = words[1];
  const reprise::SampleRun sample;
  const reprise::LargeRun large(kind == "large" ? 17'000 : 300);
  reprise::EventList evil;
  reprise::RunPageInput input = sample.Input();
  if (kind == "large") {
    input.story.clear();
    input.curve = {};
    input.runs = {
        {"original", large.list().events(), {}, large.list().asides()}};
  } else if (kind == "evil") {
    const std::string text =
        "</script><script>alert(1)</script>\u202e\u200b<img src=x> \"\u05d0\"";
    input.scenario = input.property = input.message = input.bug = text;
    input.story = input.commands = {text};
    input.curve.turning_text = text;
    evil.OnEvent({.kind = reprise::EventKind::kNodeNamed, .id = 0}, text);
    evil.OnEvent({.kind = reprise::EventKind::kNodePaused}, "");
    evil.OnEvent({.kind = reprise::EventKind::kNote}, text);
    const std::string state =
        reprise::NodeStateText({.headline = text, .facts = {{text, text}}});
    for (const uint64_t id : {0, 1}) {
      evil.OnShown({.kind = reprise::EventKind::kNodeDescribed, .id = id},
                   state);
    }
    input.runs = {{text, evil.events(), {}, evil.asides()}};
  } else if (kind == "plain") {
    input.story.clear();
    input.commands.clear();
    input.curve = {};
    input.runs.clear();
  } else {
    input.runs.push_back(
        {"original", large.list().events(), {}, large.list().asides()});
  }
  std::ofstream file(words[2]);
  reprise::WriteRunPage(file, input);
  return file.good() ? EXIT_SUCCESS : EXIT_FAILURE;
}
