#include "reprise/sim/explore/trial/suggestion.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace reprise {
namespace {

const std::vector<std::string>& Names() {
  static const auto* const names = new std::vector<std::string>{
      "lab-basic", "lab-random-keys", "harsh-random-keys"};
  return *names;
}

TEST(NearestNameTest, ForgivesSlipsOfTheKeyboard) {
  EXPECT_EQ(NearestName("lab-bsic", Names()), "lab-basic");
  EXPECT_EQ(NearestName("lab-rnadom-keys", Names()), "lab-random-keys");
  EXPECT_EQ(NearestName("labrandomkeys", Names()), "lab-random-keys");
}

TEST(NearestNameTest, CompletesTheOnlyBeginning) {
  EXPECT_EQ(NearestName("harsh", Names()), "harsh-random-keys");
  EXPECT_EQ(NearestName("lab", Names()), "");
}

TEST(NearestNameTest, GuessesNothingFromAfar) {
  EXPECT_EQ(NearestName("raft", Names()), "");
  EXPECT_EQ(NearestName("", Names()), "");
  EXPECT_EQ(NearestName(std::string(100'000, 'x'), Names()), "");
}

TEST(UnknownNameTest, NamesInputSuggestionAndChoices) {
  EXPECT_EQ(UnknownName("scenario", "lab-bsic", Names()).message(),
            "unknown scenario \"lab-bsic\"; did you mean lab-basic? There are: "
            "lab-basic, lab-random-keys, harsh-random-keys.");
  EXPECT_EQ(UnknownName("bug", "x", {"a"}).message(),
            "unknown bug \"x\". There are: a.");
  EXPECT_EQ(UnknownName("bug", "x", {}).message(),
            "unknown bug \"x\". There is none.");
}

}  // namespace
}  // namespace reprise
