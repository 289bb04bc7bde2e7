#include "tests/scenarios/raft/log_record.h"

#include <optional>

#include "gtest/gtest.h"
#include "reprise/kv/raft/types.h"

namespace reprise {
namespace {

using kv::raft::Entry;
using kv::raft::EntryKind;

Entry Command(kv::raft::Term term, const char* data) {
  return {.term = term, .kind = EntryKind::kCommand, .data = data};
}

TEST(LogRecordTest, EqualLogsHaveEqualHashes) {
  LogRecord a;
  LogRecord b;
  a.Append(Command(1, "x"));
  b.Append(Command(1, "x"));
  EXPECT_EQ(a.At(1), b.At(1));
}

TEST(LogRecordTest, AnEntryIsItsTermKindAndData) {
  const LogLink link = Follow({}, Command(1, "x"));
  EXPECT_NE(link.hash, Follow({}, Command(2, "x")).hash);
  EXPECT_NE(link.hash, Follow({}, Command(1, "y")).hash);
  EXPECT_NE(
      link.hash,
      Follow({}, {.term = 1, .kind = EntryKind::kNoOp, .data = "x"}).hash);
}

TEST(LogRecordTest, WhatComesBeforeIsPartOfTheHash) {
  LogRecord a;
  LogRecord b;
  a.Append(Command(1, "x"));
  b.Append(Command(1, "y"));
  EXPECT_NE(a.Append(Command(1, "z")), b.Append(Command(1, "z")));
}

TEST(LogRecordTest, DropsWhatIsTruncated) {
  LogRecord log;
  log.Append(Command(1, "x"));
  const LogLink one = *log.At(1);
  log.Append(Command(1, "y"));
  log.TruncateFrom(2);
  EXPECT_EQ(log.last(), 1u);
  EXPECT_EQ(log.At(2), std::nullopt);
  EXPECT_EQ(log.At(1), one);
}

TEST(LogRecordTest, GoesOnBehindASnapshot) {
  LogRecord whole;
  whole.Append(Command(1, "x"));
  LogRecord rest;
  rest.Reset(1, *whole.At(1));
  EXPECT_EQ(rest.At(0), std::nullopt);
  EXPECT_EQ(rest.Append(Command(2, "y")), whole.Append(Command(2, "y")));
  EXPECT_EQ(rest.last(), 2u);
}

}  // namespace
}  // namespace reprise
