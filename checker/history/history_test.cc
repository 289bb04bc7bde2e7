#include "reprise/checker/history/history.h"

#include <string>

#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

TEST(HistoryTest, KeepsEventOrder) {
  History history;
  const OperationId put = history.Invoke(0, OperationKind::kPut, "k", "a");
  const OperationId get = history.Invoke(1, OperationKind::kGet, "k", "");
  history.Return(get, "a");
  history.ReturnUnobserved(put);

  EXPECT_EQ(put, 0u);
  EXPECT_EQ(get, 1u);
  EXPECT_EQ(history[put].call, 0u);
  EXPECT_EQ(history[get].call, 1u);
  EXPECT_EQ(history[get].ret, 2u);
  EXPECT_EQ(history[put].ret, 3u);
  EXPECT_EQ(history.events(), 4u);
}

TEST(HistoryTest, JoinedEventsShareAnInstant) {
  History history;
  const OperationId first = history.Invoke(0, OperationKind::kPut, "k", "a");
  history.ReturnUnobserved(first);
  history.JoinInstant();
  const OperationId second = history.Invoke(0, OperationKind::kPut, "k", "b");

  EXPECT_EQ(history[first].ret, history[second].call);
  EXPECT_EQ(history.events(), 2u);
}

TEST(HistoryTest, KeepsBinaryKeysAndValues) {
  History history;
  const std::string key("a\0b", 3);
  const std::string value("\0\xff\0", 3);
  const OperationId put = history.Invoke(7, OperationKind::kPut, key, value);
  history.Invoke(7, OperationKind::kPut, "a", "");

  EXPECT_EQ(history.KeyName(history[put].key), key);
  EXPECT_EQ(history[put].Argument(), value);
  EXPECT_EQ(history.keys(), 2u);
}

TEST(HistoryTest, SharesTheBytesOfOutputsThatGrow) {
  History history;
  std::string value;
  for (int i = 0; i < 1000; ++i) {
    const OperationId append =
        history.Invoke(0, OperationKind::kAppend, "k", "0123456789");
    history.Return(append, value);
    value += "0123456789";
    const OperationId get = history.Invoke(0, OperationKind::kGet, "k", "");
    history.Return(get, value);
    ASSERT_EQ(history.Output(get), value);
    ASSERT_EQ(history.Output(append).size() + 10, value.size());
  }
  EXPECT_EQ(history.chains(), 2u);  // the empty text and this one
  EXPECT_LT(history.MemoryBytes(), 300'000u);
}

TEST(HistoryTest, KeepsOutputsThatFork) {
  History history;
  const char* const outputs[] = {"a", "ab", "ac", "", "a", "acd", "abd", "x"};
  for (const char* output : outputs) {
    const OperationId get = history.Invoke(0, OperationKind::kGet, "k", "");
    history.Return(get, output);
  }
  for (OperationId id = 0; id < history.size(); ++id) {
    EXPECT_EQ(history.Output(id), outputs[id]);
  }
}

TEST(HistoryTest, ContinuesTheChainBehindAnAppend) {
  History history;
  const OperationId append =
      history.Invoke(0, OperationKind::kAppend, "k", "b");
  history.Return(append, "a");

  const Operation& operation = history[append];
  EXPECT_EQ(history.Output(append), "a");
  EXPECT_EQ(history.Chain(operation.chain), "ab");
}

TEST(HistoryTest, ForksBehindAnAppendThatDisagrees) {
  History history;
  const OperationId get = history.Invoke(0, OperationKind::kGet, "k", "");
  history.Return(get, "axy");
  const OperationId append =
      history.Invoke(0, OperationKind::kAppend, "k", "b");
  history.Return(append, "a");

  EXPECT_EQ(history.Output(get), "axy");
  EXPECT_EQ(history.Output(append), "a");
  EXPECT_EQ(history.Chain(history[append].chain), "ab");
}

TEST(HistoryTest, ClearForgetsAndKeepsTheMemory) {
  History history;
  for (int trial = 0; trial < 2; ++trial) {
    const OperationId get = history.Invoke(0, OperationKind::kGet, "k", "");
    history.Return(get, "some value");
    const size_t bytes = history.MemoryBytes();
    history.Clear();
    EXPECT_TRUE(history.empty());
    EXPECT_EQ(history.keys(), 0u);
    EXPECT_EQ(history.events(), 0u);
    EXPECT_EQ(history.MemoryBytes(), bytes);
  }
}

TEST(HistoryTest, KeepsManyKeysApart) {
  History history;
  for (int i = 0; i < 1000; ++i) {
    history.Invoke(0, OperationKind::kPut, std::to_string(i % 500), "v");
  }
  EXPECT_EQ(history.keys(), 500u);
  EXPECT_EQ(history[7].key, history[507].key);
}

TEST(HistoryTest, CasKeepsBothValues) {
  History history;
  const OperationId cas = history.InvokeCas(0, "k", "old", "newer");
  history.ReturnFailed(cas);

  EXPECT_EQ(history[cas].Expected(), "old");
  EXPECT_EQ(history[cas].Argument(), "newer");
  EXPECT_FALSE(history[cas].IsWrite());
}

TEST(HistoryDeathTest, RefusesASecondReturn) {
  History history;
  const OperationId get = history.Invoke(0, OperationKind::kGet, "k", "");
  history.Return(get, "");
  EXPECT_DEATH(history.Return(get, ""), "an operation returned twice");
}

TEST(HistoryDeathTest, RefusesAGetWithoutAValue) {
  History history;
  const OperationId get = history.Invoke(0, OperationKind::kGet, "k", "");
  EXPECT_DEATH(history.ReturnUnobserved(get), "a Get returns a value");
}

TEST(HistoryDeathTest, RefusesAGetThatWrites) {
  History history;
  EXPECT_DEATH(history.Invoke(0, OperationKind::kGet, "k", "v"),
               "a Get writes no value");
}

}  // namespace
}  // namespace reprise::checker
