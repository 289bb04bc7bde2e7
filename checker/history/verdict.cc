#include "reprise/checker/history/verdict.h"

#include "absl/strings/str_cat.h"
#include "reprise/checker/history/text.h"
#include "reprise/text/numbers.h"

namespace reprise::checker {
namespace {

std::string Reason(const Exhaustion& exhaustion) {
  const std::string budget =
      absl::StrCat("the budget of ", WithThousands(exhaustion.limit));
  switch (exhaustion.resource) {
    case Resource::kStates:
      return budget + " states for each key was used up";
    case Resource::kBytes:
      return budget + " bytes for each search was used up";
    case Resource::kTotalStates:
      return budget + " states for all keys together was used up";
    case Resource::kStopped:
      break;
  }
  return "the check was stopped";
}

}  // namespace

std::string_view OutcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kHolds:
      return "holds";
    case Outcome::kViolated:
      return "violated";
    case Outcome::kUndecided:
      return "undecided";
  }
  return "";
}

uint64_t LimitOf(const Budget& budget, Resource resource) {
  switch (resource) {
    case Resource::kStates:
      return budget.states;
    case Resource::kBytes:
      return budget.bytes;
    case Resource::kTotalStates:
      return budget.total_states;
    case Resource::kStopped:
      break;
  }
  return 0;
}

CheckStatistics& CheckStatistics::operator+=(const CheckStatistics& other) {
  keys += other.keys;
  keys_searched += other.keys_searched;
  segments += other.segments;
  segments_searched += other.segments_searched;
  states += other.states;
  return *this;
}

std::string ExhaustionSentence(const Exhaustion& exhaustion) {
  const std::string key =
      exhaustion.key.empty()
          ? ""
          : absl::StrCat("key ", Quoted(exhaustion.key), ": ");
  return absl::StrCat(key, "undecided; ", exhaustion.explained, " of ",
                      exhaustion.operations, " operations explained when ",
                      Reason(exhaustion));
}

}  // namespace reprise::checker
