#include "reprise/kv/store.h"

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace reprise::kv {
namespace {

TEST(StoreTest, AMissingKeyReadsAsEmpty) {
  Store store;
  EXPECT_EQ(store.Get("k"), "");
  EXPECT_EQ(store.Append("k", "a").value(), "");
  EXPECT_EQ(store.Get("k"), "a");
}

TEST(StoreTest, KeysMayHoldAnyBytes) {
  Store store;
  const std::string plain("a");
  const std::string zero("a\0", 2);
  const std::string longer("a\0b", 3);
  store.Put("", "empty");
  store.Put(plain, "plain");
  store.Put(zero, "zero");
  store.Put(longer, "longer");
  EXPECT_EQ(store.Get(""), "empty");
  EXPECT_EQ(store.Get(plain), "plain");
  EXPECT_EQ(store.Get(zero), "zero");
  EXPECT_EQ(store.Get(longer), "longer");
}

TEST(StoreTest, PuttingTheEmptyValueStoresIt) {
  Store store;
  store.Put("k", "a");
  store.Put("k", "");
  EXPECT_EQ(store.Get("k"), "");
}

TEST(StoreTest, AnOldValueSurvivesAppends) {
  Store store;
  store.Put("k", "a");
  const OldValue first = store.Append("k", "b");
  const OldValue second = store.Append("k", std::string(1000, 'c'));
  EXPECT_EQ(first.value(), "a");
  EXPECT_EQ(second.value(), "ab");
  EXPECT_EQ(store.Get("k"), "ab" + std::string(1000, 'c'));
}

TEST(StoreTest, AnOldValueSurvivesAPut) {
  Store store;
  store.Put("k", "a");
  const OldValue first = store.Append("k", "b");
  const OldValue second = store.Append("k", std::string(1000, 'c'));
  store.Put("k", "d");
  store.Append("k", "e");
  EXPECT_EQ(first.value(), "a");
  EXPECT_EQ(second.value(), "ab");
  EXPECT_EQ(store.Get("k"), "de");
}

TEST(StoreTest, OldValuesOfSeveralVersionsAreKeptApart) {
  Store store;
  store.Put("k", "a");
  const OldValue first = store.Append("k", "1");
  store.Put("k", "b");
  const OldValue second = store.Append("k", "2");
  store.Put("k", "c");
  const OldValue third = store.Append("k", "3");
  EXPECT_EQ(first.value(), "a");
  EXPECT_EQ(second.value(), "b");
  EXPECT_EQ(third.value(), "c");
}

TEST(StoreTest, LongPrefixesMayBeGivenBackFirst) {
  Store store;
  store.Put("k", "a");
  const OldValue short_one = store.Append("k", std::string(100, 'b'));
  {
    OldValue middle = store.Append("k", std::string(1000, 'c'));
    OldValue longest = store.Append("k", "d");
    store.Put("k", "");
    EXPECT_EQ(longest.value().size(), 1101u);
    longest = OldValue();
    EXPECT_EQ(middle.value().size(), 101u);
  }
  EXPECT_EQ(short_one.value(), "a");
}

TEST(StoreTest, EqualLengthsAreOwedSeparately) {
  Store store;
  store.Put("k", "a");
  OldValue first = store.Append("k", "");
  const OldValue second = store.Append("k", "");
  store.Put("k", "b");
  first = OldValue();
  EXPECT_EQ(second.value(), "a");
}

TEST(StoreTest, AnOldValueMayOutliveItsStore) {
  auto store = std::make_unique<Store>();
  store->Put("k", "a");
  OldValue old = store->Append("k", "b");
  store.reset();
  const OldValue moved = std::move(old);
  EXPECT_EQ(moved.value(), "a");
}

TEST(StoreTest, AppendingExtendsInPlace) {
  Store store;
  int moves = 0;
  const char* place = nullptr;
  for (int i = 0; i < 100'000; ++i) {
    store.Append("k", "0123456789");
    const char* now = store.Get("k").data();
    if (now != place) ++moves;
    place = now;
  }
  EXPECT_EQ(store.Get("k").size(), 1'000'000u);
  // By an eighth each time: log(1,000,000 / 80) / log(9/8) is 80.
  EXPECT_LT(moves, 110);
}

}  // namespace
}  // namespace reprise::kv
