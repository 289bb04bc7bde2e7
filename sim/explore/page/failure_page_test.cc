#include "reprise/sim/explore/page/failure_page.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/page/run_page_input.h"
#include "reprise/sim/explore/page/run_page_sample.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_list.h"

namespace reprise {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class FailurePageTest : public testing::Test {
 protected:
  FailureToShow Failure() const {
    return {.origin = {.scenario = scenario_,
                       .program = "tools/reprise",
                       .replay_file = "out/a.json"},
            .seed = Seed(17),
            .original = {large_.list().events(), original_,
                         large_.list().asides()}};
  }

  const Scenario scenario_{.name = "sample"};
  const SampleRun sample_;
  const LargeRun large_{10};
  const Verdict original_{.kind = VerdictKind::kViolated,
                          .property = "linearizability",
                          .message = "as it was found",
                          .operations = {3}};
  // Operation 1 was called first and answered first.
  const Verdict minimal_{.kind = VerdictKind::kViolated,
                         .property = "linearizability",
                         .message = "as little as can be",
                         .operations = {2, 1}};
};

TEST_F(FailurePageTest, ShowsTheRunAsItWasFound) {
  const FailureToShow failure = Failure();
  const RunPageInput page = PageOf(failure);
  EXPECT_EQ(page.message, "as it was found");
  ASSERT_EQ(page.runs.size(), 1u);
  EXPECT_EQ(page.runs[0].title, "original");
  EXPECT_THAT(page.runs[0].contradiction, ElementsAre(3));
  EXPECT_EQ(page.runs[0].asides.size(), large_.list().asides().size());
  EXPECT_THAT(page.story.back(), HasSubstr("as it was found"));
}

TEST_F(FailurePageTest, ShowsTheMinimalRunFirst) {
  FailureToShow failure = Failure();
  failure.minimal = {sample_.list().events(), minimal_};
  failure.curve.turning_text = "a reply is lost";
  failure.commands = {"tools/reprise branch out/a.json"};
  const RunPageInput page = PageOf(failure);
  EXPECT_EQ(page.message, "as little as can be");
  ASSERT_EQ(page.runs.size(), 2u);
  EXPECT_EQ(page.runs[0].title, "minimal");
  EXPECT_EQ(page.runs[1].title, "original");
  EXPECT_EQ(page.curve.turning_text, "a reply is lost");
  EXPECT_THAT(page.commands,
              ElementsAre("tools/reprise replay out/a.json --trace",
                          AllOf(HasSubstr("gdb "), HasSubstr("--break")),
                          "tools/reprise branch out/a.json"));
}

TEST_F(FailurePageTest, TheAnswerThatViolatesTheProperty) {
  FailureToShow failure = Failure();
  failure.minimal = {sample_.list().events(), minimal_};
  // Operation 2 returned last.
  EXPECT_THAT(PageOf(failure).runs[0].contradiction, ElementsAre(1, 2));
  const FailureStory story = StoryOf(failure);
  EXPECT_THAT(story.sentences.back(),
              HasSubstr("Operations 2 and 1 contradict each other: as little"));
  uint64_t answer = 0;
  for (const ListedEvent& each : sample_.list().events()) {
    const bool is_answer = each.event.kind == EventKind::kOperationReturned;
    if (is_answer && each.event.id == 2) answer = each.number;
  }
  EXPECT_EQ(story.event, answer);
}

TEST_F(FailurePageTest, WritesTheWholePage) {
  const std::string path = testing::TempDir() + "/failure_page_test.html";
  const FailureToShow failure = Failure();
  EXPECT_TRUE(WriteFailurePage(path, failure).ok());
  std::ostringstream content;
  content << std::ifstream(path).rdbuf();
  EXPECT_THAT(content.str(), HasSubstr("as it was found"));
  std::filesystem::remove(path);
  EXPECT_FALSE(WriteFailurePage("/nowhere/a.html", failure).ok());
}

}  // namespace
}  // namespace reprise
