#include "reprise/sim/explore/cli/check_report.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/history/explanation.h"
#include "reprise/checker/history/verdict.h"

namespace reprise::cli {
namespace {

using checker::Resource;
using testing::HasSubstr;
using testing::Not;

std::string JsonOfViolation(bool is_minimal) {
  CheckedHistory history = {.name = "a"};
  history.verdict.outcome = checker::Outcome::kViolated;
  history.explanation.emplace();
  history.explanation->is_minimal = is_minimal;
  return CheckJson({.histories = {history}});
}

TEST(CheckReportTest, SaysInJsonWhetherAnExplanationIsMinimal) {
  EXPECT_THAT(JsonOfViolation(true), HasSubstr("\"is_minimal\": true"));
  EXPECT_THAT(JsonOfViolation(false), HasSubstr("\"is_minimal\": false"));
}

TEST(CheckReportTest, AViolationStandsWithoutItsExplanation) {
  CheckedHistory history = {.name = "a"};
  history.verdict.outcome = checker::Outcome::kViolated;
  const std::string words = "interrupted before it was explained";
  EXPECT_THAT(CheckJson({.histories = {history}}), HasSubstr(words));
  EXPECT_THAT(DescribeCheck({.histories = {history}}), HasSubstr(words));
}

std::string TextOfUndecided(Resource resource) {
  CheckedHistory history = {.name = "a"};
  history.verdict.outcome = checker::Outcome::kUndecided;
  history.verdict.exhaustion.resource = resource;
  return DescribeCheck({.histories = {history}});
}

TEST(CheckReportTest, NamesTheFlagForWhatRanOut) {
  EXPECT_THAT(TextOfUndecided(Resource::kStates),
              HasSubstr("--budget-states=N allows more"));
  EXPECT_THAT(TextOfUndecided(Resource::kBytes),
              HasSubstr("--budget-bytes=N allows more"));
  EXPECT_THAT(TextOfUndecided(Resource::kTotalStates),
              HasSubstr("--budget-total-states=N allows more"));
  EXPECT_THAT(TextOfUndecided(Resource::kStopped), Not(HasSubstr("--budget")));
}

}  // namespace
}  // namespace reprise::cli
