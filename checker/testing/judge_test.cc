#include "reprise/checker/testing/judge.h"

#include <functional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"

namespace reprise::checker {
namespace {

constexpr OperationKind kGet = OperationKind::kGet;
constexpr OperationKind kPut = OperationKind::kPut;
constexpr OperationKind kAppend = OperationKind::kAppend;

// Histories of key "k" whose verdict can be seen by eye.
struct Known {
  std::string name;
  bool is_linearizable;
  std::function<void(History&)> record;
};

void Put(History& history, const char* value) {
  history.ReturnUnobserved(history.Invoke(0, kPut, "k", value));
}

void Get(History& history, const char* value, int client = 1) {
  history.Return(history.Invoke(client, kGet, "k", ""), value);
}

void Cas(History& history, const char* expected, const char* value,
         bool succeeds) {
  const OperationId id = history.InvokeCas(2, "k", expected, value);
  succeeds ? history.ReturnUnobserved(id) : history.ReturnFailed(id);
}

std::vector<Known> OfOneKey() {
  return {
      {"nothing", true, [](History&) {}},
      {"the first value", true, [](History& h) { Get(h, ""); }},
      {"the initial value", true,
       [](History& h) {
         h.SetInitialValue("x");
         Get(h, "x");
         h.Return(h.Invoke(1, kGet, "other", ""), "x");
       }},
      {"nothing where there was an initial value", false,
       [](History& h) {
         h.SetInitialValue("x");
         Get(h, "");
       }},
      {"an Append to the initial value", true,
       [](History& h) {
         h.SetInitialValue("x");
         h.Return(h.Invoke(0, kAppend, "k", "a"), "x");
         Get(h, "xa");
       }},
      {"the initial value after a Put", false,
       [](History& h) {
         h.SetInitialValue("x");
         Put(h, "a"), Get(h, "x");
       }},
      {"a value that nobody wrote", false, [](History& h) { Get(h, "x"); }},
      {"a stale read", false,
       [](History& h) { Put(h, "a"), Put(h, "b"), Get(h, "a"); }},
      {"a read that goes back", false,
       [](History& h) {
         h.Invoke(0, kPut, "k", "a");
         Get(h, "a"), Get(h, "");
       }},
      {"reads around an open write", true,
       [](History& h) {
         h.Invoke(0, kPut, "k", "a");
         Get(h, ""), Get(h, "a");
       }},
      {"a read before the call of its write", false,
       [](History& h) {
         Get(h, "a");
         h.Invoke(0, kPut, "k", "a");
       }},
      {"two open Appends, one seen", true,
       [](History& h) {
         h.Invoke(0, kAppend, "k", "a");
         h.Invoke(1, kAppend, "k", "b");
         Get(h, "b", 2), Get(h, "ba", 2);
       }},
      {"two reads that fork", false,
       [](History& h) {
         h.Invoke(0, kAppend, "k", "a");
         h.Invoke(1, kAppend, "k", "b");
         Get(h, "a", 2), Get(h, "b", 2);
       }},
  };
}

std::vector<Known> OfOtherKinds() {
  return {
      {"an Append that reports a wrong old value", false,
       [](History& h) {
         Put(h, "a");
         h.Return(h.Invoke(1, kAppend, "k", "b"), "");
       }},
      {"a Cas that finds what it expects", true,
       [](History& h) { Put(h, "a"), Cas(h, "a", "b", true), Get(h, "b"); }},
      {"a Cas that should have failed", false,
       [](History& h) { Put(h, "a"), Cas(h, "x", "b", true); }},
      {"a Cas that should not have failed", false,
       [](History& h) { Put(h, "a"), Cas(h, "a", "b", false); }},
      {"keys that have nothing to do with each other", true,
       [](History& h) {
         Put(h, "a");
         h.Return(h.Invoke(1, kGet, "other", ""), "");
       }},
      {"intervals that touch", true,
       [](History& h) {
         Put(h, "a");
         h.JoinInstant();
         Get(h, "");
       }},
      {"a client's own intervals that touch", false,
       [](History& h) {
         Put(h, "a");
         h.JoinInstant();
         Get(h, "", /*client=*/0);
       }},
  };
}

TEST(JudgeTest, KnowsWhatIsLinearizable) {
  for (const std::vector<Known>& table : {OfOneKey(), OfOtherKinds()}) {
    for (const Known& known : table) {
      History history;
      known.record(history);
      EXPECT_EQ(IsLinearizable(history), known.is_linearizable) << known.name;
    }
  }
}

TEST(JudgeTest, KnowsALinearization) {
  History history;
  const OperationId a = history.Invoke(0, kPut, "k", "a");
  const OperationId b = history.Invoke(1, kPut, "k", "b");
  history.ReturnUnobserved(a);
  history.ReturnUnobserved(b);
  const OperationId get = history.Invoke(2, kGet, "k", "");
  history.Return(get, "a");
  const auto is_one = [&](std::vector<OperationId> order) {
    return IsLinearization(history, order);
  };
  EXPECT_TRUE(is_one({b, a, get}));
  EXPECT_FALSE(is_one({a, b, get}));     // the answer would be "b"
  EXPECT_FALSE(is_one({a, get, b}));     // `b` had returned before
  EXPECT_FALSE(is_one({a, get}));        // `b` is missing
  EXPECT_FALSE(is_one({b, a, a, get}));  // one twice
}

TEST(JudgeTest, KnowsAContradiction) {
  History history;
  const OperationId a = history.Invoke(0, kPut, "k", "a");
  history.ReturnUnobserved(a);
  const OperationId b = history.Invoke(0, kPut, "k", "b");
  history.ReturnUnobserved(b);
  const OperationId fresh = history.Invoke(1, kGet, "k", "");
  history.Return(fresh, "b");
  const OperationId stale = history.Invoke(1, kGet, "k", "");
  history.Return(stale, "a");
  const auto is_one = [&](std::vector<OperationId> operations) {
    return IsContradiction(history, operations);
  };
  EXPECT_TRUE(is_one({a, b, stale}));
  EXPECT_TRUE(is_one({b, stale}));  // the writes that it saw count as there
  EXPECT_FALSE(is_one({a, b, fresh}));
  EXPECT_FALSE(is_one({stale}));
  EXPECT_FALSE(is_one({}));
}

}  // namespace
}  // namespace reprise::checker
