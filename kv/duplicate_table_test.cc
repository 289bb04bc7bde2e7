#include "reprise/kv/duplicate_table.h"

#include <cstdint>
#include <string_view>

#include "gtest/gtest.h"
#include "reprise/kv/store.h"
#include "reprise/kv/wire.h"

namespace reprise::kv {
namespace {

constexpr uint64_t kClient = 7;

Request RequestOf(RequestKind kind, uint64_t sequence,
                  uint64_t client = kClient) {
  return {.kind = kind,
          .client = client,
          .sequence = sequence,
          .key = "k",
          .value = kind == RequestKind::kGet ? "" : "v"};
}

TEST(LastRequestTableTest, ANewClientsRequestsAreNew) {
  LastRequestTable table;
  EXPECT_EQ(table.AgeOf(RequestOf(RequestKind::kPut, 1)), Age::kNew);
  EXPECT_EQ(table.AgeOf(RequestOf(RequestKind::kPut, 99)), Age::kNew);
}

TEST(LastRequestTableTest, SequenceNumbersTellAge) {
  LastRequestTable table;
  table.Remember(RequestOf(RequestKind::kPut, 5), OldValue());
  for (const RequestKind kind :
       {RequestKind::kGet, RequestKind::kPut, RequestKind::kAppend}) {
    EXPECT_EQ(table.AgeOf(RequestOf(kind, 4)), Age::kStale);
    EXPECT_EQ(table.AgeOf(RequestOf(kind, 5)), Age::kRepeated);
    EXPECT_EQ(table.AgeOf(RequestOf(kind, 6)), Age::kNew);
  }
}

TEST(LastRequestTableTest, ClientsAreKeptApart) {
  LastRequestTable table;
  table.Remember(RequestOf(RequestKind::kPut, 5, 1), OldValue());
  EXPECT_EQ(table.AgeOf(RequestOf(RequestKind::kPut, 1, 2)), Age::kNew);
}

TEST(LastRequestTableTest, AGetCreatesNoEntry) {
  LastRequestTable table;
  table.Remember(RequestOf(RequestKind::kGet, 5), OldValue());
  EXPECT_EQ(table.AgeOf(RequestOf(RequestKind::kGet, 4)), Age::kNew);
}

TEST(LastRequestTableTest, AGetAdvancesAnExistingEntry) {
  LastRequestTable table;
  table.Remember(RequestOf(RequestKind::kPut, 1), OldValue());
  table.Remember(RequestOf(RequestKind::kGet, 2), OldValue());
  EXPECT_EQ(table.AgeOf(RequestOf(RequestKind::kPut, 1)), Age::kStale);
  EXPECT_EQ(table.AgeOf(RequestOf(RequestKind::kGet, 2)), Age::kRepeated);
}

TEST(LastRequestTableTest, AnOldValueIsKeptUntilTheNextRequest) {
  for (const RequestKind next :
       {RequestKind::kGet, RequestKind::kPut, RequestKind::kAppend}) {
    Store store;
    LastRequestTable table;
    store.Put("k", "a");
    const Request append = RequestOf(RequestKind::kAppend, 1);
    table.Remember(append, store.Append("k", "v"));
    EXPECT_EQ(table.OldValueFor(append), "a");

    table.Remember(RequestOf(next, 2), OldValue());
    EXPECT_EQ(table.OldValueFor(append), "");
  }
}

TEST(LastRequestTableTest, AnUnknownClientIsOwedNothing) {
  LastRequestTable table;
  EXPECT_EQ(table.OldValueFor(RequestOf(RequestKind::kAppend, 1)), "");
}

}  // namespace
}  // namespace reprise::kv
