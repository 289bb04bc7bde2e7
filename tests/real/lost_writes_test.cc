#include "tests/real/lost_writes.h"

#include <string>

#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/linearizability.h"

namespace reprise {
namespace {

using checker::History;
using checker::OperationId;
using checker::OperationKind;

void Append(History& history, int client, const char* item, const char* old) {
  const OperationId id =
      history.Invoke(client, OperationKind::kAppend, "k", item);
  history.Return(id, old);
}

std::string LostWritesOf(const History& history) {
  return LostWrites(
      history,
      checker::CheckKeyValue(history, checker::Budget()).contradiction);
}

TEST(LostWritesTest, NamesWhatNobodySawAgain) {
  History history;
  Append(history, 1, "7.", "");
  Append(history, 2, "17.", "7.");
  Append(history, 1, "8.", "7.");
  Append(history, 2, "117.", "7.8.");
  EXPECT_EQ(LostWritesOf(history),
            "client 2's Append(\"17.\") was acknowledged and is in no later "
            "value");
}

TEST(LostWritesTest, WhatWasNotAnsweredIsNotLost) {
  History history;
  Append(history, 1, "7.", "");
  history.Invoke(2, OperationKind::kAppend, "k", "17.");
  Append(history, 1, "8.", "7.");
  EXPECT_EQ(LostWritesOf(history), "");
}

// What is doubled is not lost.
TEST(LostWritesTest, WhatWasSeenAgainIsNotLost) {
  History history;
  Append(history, 1, "7.", "");
  Append(history, 2, "17.", "7.7.");
  EXPECT_TRUE(checker::CheckKeyValue(history, checker::Budget()).outcome ==
              checker::Outcome::kViolated);
  EXPECT_EQ(LostWritesOf(history), "");
}

}  // namespace
}  // namespace reprise
