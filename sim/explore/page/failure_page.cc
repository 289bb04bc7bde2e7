#include "reprise/sim/explore/page/failure_page.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <sstream>
#include <utility>

#include "reprise/checker/report/whole_file.h"
#include "reprise/sim/explore/page/run_page.h"
#include "reprise/sim/explore/page/run_story.h"
#include "reprise/sim/explore/trial/violating_events.h"
#include "reprise/sim/trace/event.h"

namespace reprise {
namespace {

const PlayedRun& MainRun(const FailureToShow& failure) {
  return failure.minimal ? *failure.minimal : failure.original;
}

// As PageRun wants them: the one whose answer came last is last.
std::vector<uint64_t> InOrderOfAnswers(const PlayedRun& run) {
  std::map<uint64_t, uint64_t> answers;  // By operation.
  for (const ListedEvent& each : run.events) {
    if (each.event.kind == EventKind::kOperationReturned) {
      answers[each.event.id] = each.number;
    }
  }
  const auto answer = [&](uint64_t operation) {
    const auto found = answers.find(operation);
    return found != answers.end() ? found->second : 0;
  };
  std::vector<uint64_t> operations = run.verdict.operations;
  std::stable_sort(
      operations.begin(), operations.end(),
      [&](uint64_t a, uint64_t b) { return answer(a) < answer(b); });
  return operations;
}

PageRun RunOf(const char* title, const PlayedRun& run) {
  return {.title = title,
          .events = run.events,
          .contradiction = InOrderOfAnswers(run),
          .asides = run.asides};
}

uint64_t EventOf(const PlayedRun& run) {
  const std::vector<size_t> last = ViolatingEvents(run.verdict, run.events);
  return last.empty() ? 0 : run.events[last.back()].number;
}

}  // namespace

FailureStory StoryOf(const FailureToShow& failure) {
  const PlayedRun& run = MainRun(failure);
  return {.sentences = TellStory({.events = run.events,
                                  .verdict = run.verdict,
                                  .asides = run.asides,
                                  .text = failure.text}),
          .event = EventOf(run)};
}

RunPageInput PageOf(const FailureToShow& failure) {
  const PlayedRun& run = MainRun(failure);
  FailureStory story = StoryOf(failure);
  RunPageInput page{.scenario = failure.origin.scenario.name,
                    .seed = failure.seed,
                    .bug = failure.origin.bug,
                    .verdict = run.verdict.kind,
                    .property = run.verdict.property,
                    .message = run.verdict.message,
                    .story = std::move(story.sentences),
                    .commands = {ReplayCommand(failure.origin, failure.seed)},
                    .curve = failure.curve,
                    .text = failure.text};
  if (story.event > 0) {
    page.commands.push_back(
        DebugCommand(failure.origin, failure.seed, story.event));
  }
  page.commands.insert(page.commands.end(), failure.commands.begin(),
                       failure.commands.end());
  if (failure.minimal) page.runs.push_back(RunOf("minimal", *failure.minimal));
  if (!failure.original.events.empty()) {
    page.runs.push_back(RunOf("original", failure.original));
  }
  return page;
}

absl::Status WriteFailurePage(const std::string& path,
                              const FailureToShow& failure) {
  std::ostringstream content;
  WriteRunPage(content, PageOf(failure));
  return checker::WriteWholeFile(path, content.view());
}

}  // namespace reprise
