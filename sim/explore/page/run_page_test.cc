#include "reprise/sim/explore/page/run_page.h"

#include <cstdint>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/page/run_page_input.h"
#include "reprise/sim/explore/page/run_page_sample.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_list.h"

namespace reprise {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string PageOf(const RunPageInput& input) {
  std::ostringstream page;
  WriteRunPage(page, input);
  return page.str();
}

TEST(RunPageTest, SaysWithoutAScriptWhatIsKnown) {
  const SampleRun sample;
  const std::string page = PageOf(sample.Input());
  const std::string summary = page.substr(0, page.find("<main"));
  EXPECT_THAT(summary, HasSubstr("clerk-1 read <bdi dir=\"ltr\">&quot;old"));
  EXPECT_THAT(summary, HasSubstr("its reply is lost</li>"));
  EXPECT_THAT(summary, HasSubstr("--until=28 --break</code>"));
  EXPECT_THAT(summary, HasSubstr("it turns at event 35"));
  EXPECT_THAT(summary, HasSubstr("3 nodes · 4 operations"));
  EXPECT_THAT(summary, HasSubstr("1 lost"));
  EXPECT_THAT(summary, HasSubstr("<svg"));
}

TEST(RunPageTest, LoadsNothing) {
  const SampleRun sample;
  EXPECT_THAT(PageOf(sample.Input()),
              AllOf(HasSubstr("default-src 'none'"), Not(HasSubstr("https:")),
                    Not(HasSubstr("src=\"")), Not(HasSubstr("@import"))));
}

TEST(RunPageTest, LeavesOutWhatIsNotThere) {
  const std::string page = PageOf({.scenario = "calm"});
  EXPECT_THAT(page, AllOf(HasSubstr("<h1>calm"), Not(HasSubstr("id=\"story\"")),
                          Not(HasSubstr("id=\"commands\"")),
                          Not(HasSubstr("<svg")), HasSubstr("\"runs\":[]")));
}

TEST(RunPageTest, TakesNoTextForItsOwn) {
  const std::string evil = "</script>@DATA@\u202e<b>";
  EventList list;
  list.OnEvent({.kind = EventKind::kNodeNamed, .id = 0}, evil);
  list.OnEvent({.kind = EventKind::kNodePaused}, "");
  list.OnEvent({.kind = EventKind::kNote}, evil);
  RunPageInput input = {.scenario = evil, .message = evil, .story = {evil}};
  input.property = evil;
  input.commands = {evil};
  input.runs = {{evil, list.events(), {}}};
  const std::string page = PageOf(input);
  const std::string before = page.substr(0, page.find("id=\"data\""));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("</script>@")), Not(HasSubstr("<b>")),
                          Not(HasSubstr("\u202e"))));
  EXPECT_THAT(before, HasSubstr("&lt;/script>@DATA@"));
}

TEST(RunPageTest, HasAHundredThousandEventsInTwoMegabytes) {
  const LargeRun large(17'000);
  ASSERT_GT(large.list().events().size(), 100'000u);
  RunPageInput input;
  input.runs = {{"original", large.list().events(), {}, large.list().asides()}};
  const std::string page = PageOf(input);
  EXPECT_LE(page.size(), 2'000'000u);
  EXPECT_THAT(page, HasSubstr("\"leftOut\":0,"));
}

TEST(RunPageTest, LeavesOutTextsAndThenTheOldestEvents) {
  const LargeRun large(300);
  RunPageInput input;
  input.runs = {{"original", large.list().events(), {}}};
  EXPECT_THAT(PageOf(input), HasSubstr("\"leftOut\":0,\"untold\":0,"));
  const size_t words = PageOf({}).size();
  input.bytes_max = words + 30'000;
  const std::string shorter = PageOf(input);
  EXPECT_LE(shorter.size(), input.bytes_max);
  EXPECT_THAT(shorter, AllOf(HasSubstr("\"leftOut\":0,"),
                             Not(HasSubstr("\"untold\":0,"))));
  input.bytes_max = words + 9'000;
  const std::string shortest = PageOf(input);
  EXPECT_LE(shortest.size(), input.bytes_max);
  EXPECT_THAT(shortest, Not(HasSubstr("\"leftOut\":0,")));
}

TEST(RunPageTest, HasCurvesAndOrders) {
  const SampleRun sample;
  const std::string page = PageOf(sample.Input());
  EXPECT_THAT(page, AllOf(HasSubstr("\"memory\":[[0,\""),
                          HasSubstr("\"orders\":[[\"k\",3,0,\"")));
}

TEST(RunPageTest, SaysWhatNodesWere) {
  const SampleRun sample;
  const std::string page = PageOf(sample.Input());
  EXPECT_THAT(page.substr(0, page.find("<main")),
              AllOf(HasSubstr("<th>node</th><th>state</th><th>log</th>"),
                    HasSubstr("leads term 2"), HasSubstr("1..2")));
  EXPECT_THAT(page, AllOf(HasSubstr("\"states\":[[0,"),
                          HasSubstr("[1,\"leads term 1\",\"log\",\"1..1\"]")));
}

// Each state is another one, and there are as many as a page may have.
TEST(RunPageTest, HasTheNewestOfStatesOfManyWordsInTwoMegabytes) {
  const auto state = [](int number) {
    NodeState state{.headline = absl::StrCat("state ", number)};
    for (int i = 0; i < 20; ++i) {
      state.facts.push_back({absl::StrCat("fact ", i), std::string(100, 'x')});
    }
    state.facts.push_back({"long", std::string(1000, 'y')});
    return state;
  };
  EventList list;
  list.OnEvent({.kind = EventKind::kNodeNamed, .id = 0}, "server");
  for (int i = 1; i <= 3000; ++i) {
    list.OnEvent({.kind = EventKind::kNodeResumed}, "");
    list.OnShown({.kind = EventKind::kNodeDescribed}, NodeStateText(state(i)));
  }
  list.OnShown({.kind = EventKind::kNodeDescribed, .id = 1},
               NodeStateText(state(3000)));
  RunPageInput input;
  input.runs = {{"original", list.events(), {}, list.asides()}};
  const std::string page = PageOf(input);
  EXPECT_LE(page.size(), 2'000'000u);
  EXPECT_THAT(page, AllOf(HasSubstr("[0,\"state 3000\""),
                          HasSubstr("[0,\"state 2900\""),
                          Not(HasSubstr("[0,\"state 1\"")),
                          HasSubstr("\"leftOut\":0,\"untold\":0,"),
                          Not(HasSubstr(std::string(200, 'y')))));
}

TEST(RunPageTest, HasNoOrderThatStopsWhereNothingIsContradicted) {
  const SampleRun sample;
  RunPageInput input = sample.Input();
  input.runs[0].contradiction.clear();
  EXPECT_THAT(PageOf(input), HasSubstr("\"orders\":[]"));
}

TEST(RunPageTest, LeavesOutTheBeginningOfALongOrder) {
  const SampleRun sample;
  EventList list;
  for (uint64_t place = 1; place <= 32'000; ++place) {
    list.OnShown(
        {.kind = EventKind::kOperationOrdered, .id = place, .value = place},
        "key");
  }
  RunPageInput input = sample.Input();
  input.runs[0].asides = list.asides();
  EXPECT_THAT(PageOf(input), HasSubstr("\"orders\":[[\"key\",null,2000,\""));
}

TEST(RunPageTest, IsTheSameForTheSameInput) {
  const SampleRun sample;
  EXPECT_EQ(PageOf(sample.Input()), PageOf(sample.Input()));
}

}  // namespace
}  // namespace reprise
