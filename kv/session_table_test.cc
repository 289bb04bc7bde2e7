#include "reprise/kv/session_table.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/kv/store.h"
#include "reprise/kv/wire.h"

namespace reprise::kv {
namespace {

Request Put(uint64_t session, uint64_t sequence) {
  return {.kind = RequestKind::kPut, .client = session, .sequence = sequence};
}

std::vector<uint64_t> Numbers(const SessionTable& table) {
  std::vector<uint64_t> numbers;
  table.ForEachUse(
      [&](uint64_t session, uint64_t) { numbers.push_back(session); });
  return numbers;
}

TEST(SessionTableTest, ARequestIsNewOnce) {
  SessionTable table(10);
  table.Open(3);
  EXPECT_EQ(table.AgeOf(Put(3, 1)), Age::kNew);
  table.Remember(Put(3, 2), OldValue());
  EXPECT_EQ(table.AgeOf(Put(3, 2)), Age::kRepeated);
  EXPECT_EQ(table.AgeOf(Put(3, 1)), Age::kStale);
  EXPECT_EQ(table.AgeOf(Put(3, 3)), Age::kNew);
}

TEST(SessionTableTest, KnowsOnlyOpenSessions) {
  SessionTable table(10);
  table.Open(3);
  EXPECT_EQ(table.AgeOf(Put(2, 1)), Age::kUnknown);
  EXPECT_EQ(table.AgeOf(Put(4, 1)), Age::kUnknown);
}

TEST(SessionTableTest, TheOneThatWasUsedLongestAgoExpires) {
  SessionTable table(3);
  table.Open(1);
  table.Open(2);
  table.Open(3);
  table.Use(1, 4);
  table.Use(7, 5);
  table.Open(6);
  EXPECT_EQ(Numbers(table), (std::vector<uint64_t>{1, 3, 6}));
  EXPECT_EQ(table.AgeOf(Put(2, 1)), Age::kUnknown);
  table.Open(7);
  EXPECT_EQ(Numbers(table), (std::vector<uint64_t>{1, 6, 7}));
}

TEST(SessionTableTest, OwesTheOldValueOfTheLatestAppend) {
  Store store;
  SessionTable table(3);
  table.Open(1);
  store.Put("k", "a");
  const Request append = {.kind = RequestKind::kAppend,
                          .client = 1,
                          .sequence = 1,
                          .key = "k",
                          .value = "b"};
  table.Remember(append, store.Append("k", "b"));
  store.Put("k", "");
  EXPECT_EQ(table.OldValueFor(append), "a");
  table.Remember(Put(1, 2), OldValue());
  EXPECT_EQ(table.OldValueFor(append), "");
}

}  // namespace
}  // namespace reprise::kv
