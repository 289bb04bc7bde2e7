#include "reprise/kv/raft/entry_log.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace reprise::kv::raft {
namespace {

EntryLog LogOf(const std::vector<Term>& terms) {
  EntryLog log;
  for (const Term term : terms) {
    log.Append({term, EntryKind::kCommand, "command"});
  }
  return log;
}

TEST(EntryLogTest, BeginsBehindItsStart) {
  const EntryLog log({.index = 7, .term = 2});
  EXPECT_EQ(log.last(), (Position{7, 2}));
  EXPECT_EQ(log.TermAt(7), 2);
  EXPECT_EQ(log.TermAt(6), std::nullopt);
  EXPECT_EQ(log.TermAt(8), std::nullopt);
}

TEST(EntryLogTest, HasWhatWasAppended) {
  const EntryLog log = LogOf({1, 1, 3});
  EXPECT_EQ(log.last(), (Position{3, 3}));
  EXPECT_TRUE(log.Has({2, 1}));
  EXPECT_FALSE(log.Has({2, 3}));
  EXPECT_FALSE(log.Has({4, 3}));
  EXPECT_TRUE(log.Has({}));
}

TEST(EntryLogTest, CountsTheBytesThatAreThere) {
  EntryLog log = LogOf({1, 1, 3});
  const size_t bytes = BytesOf(log.At(1));
  EXPECT_EQ(log.bytes(), 3 * bytes);
  log.TruncateFrom(3);
  EXPECT_EQ(log.bytes(), 2 * bytes);
  log.DropTo(1);
  EXPECT_EQ(log.bytes(), bytes);
  log.Reset({9, 4});
  EXPECT_EQ(log.bytes(), 0);
}

TEST(EntryLogTest, KeepsPlacesWhereTheFrontIsDropped) {
  EntryLog log = LogOf({1, 2, 3});
  log.DropTo(2);
  EXPECT_EQ(log.start(), (Position{2, 2}));
  EXPECT_EQ(log.At(3).term, 3);
  EXPECT_EQ(log.last_index(), 3);
}

TEST(EntryLogTest, TruncatesNoFurtherThanItsStart) {
  EntryLog log = LogOf({1, 2, 3});
  log.DropTo(2);
  log.TruncateFrom(1);
  EXPECT_EQ(log.last(), (Position{2, 2}));
}

TEST(EntryLogTest, FindsTheLastEntryOfATermAtMost) {
  EntryLog log = LogOf({1, 1, 3, 3, 5});
  EXPECT_EQ(log.LastOfTermAtMost(3, 9), 4);
  EXPECT_EQ(log.LastOfTermAtMost(3, 3), 3);
  EXPECT_EQ(log.LastOfTermAtMost(2, 5), 2);
  EXPECT_EQ(log.LastOfTermAtMost(0, 5), 0);
  log.DropTo(3);
  EXPECT_EQ(log.LastOfTermAtMost(3, 5), 4);
  EXPECT_EQ(log.LastOfTermAtMost(2, 5), std::nullopt);
  EXPECT_EQ(log.LastOfTermAtMost(3, 2), std::nullopt);
}

}  // namespace
}  // namespace reprise::kv::raft
