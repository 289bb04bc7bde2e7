#include "reprise/checker/order.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/explain.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/testing/judge.h"

namespace reprise::checker {
namespace {

using ::testing::ElementsAre;

TEST(OrderTest, IsALinearizationWhereOneExists) {
  History history;
  const OperationId a = history.Invoke(0, OperationKind::kPut, "k", "a");
  const OperationId b = history.Invoke(1, OperationKind::kGet, "k", "");
  history.Return(b, "");
  history.ReturnUnobserved(a);
  const std::vector<OperationId> order = OrderFound(history, nullptr, Budget());
  EXPECT_THAT(order, ElementsAre(b, a));
  EXPECT_TRUE(IsLinearization(history, order));
}

TEST(OrderTest, ExplainsWhatCameBeforeTheViolationAndAllOtherKeys) {
  History history;
  const auto put = [&](const char* key, const char* value) {
    const OperationId id = history.Invoke(0, OperationKind::kPut, key, value);
    history.ReturnUnobserved(id);
    return id;
  };
  const auto get = [&](const char* key, const char* value) {
    const OperationId id = history.Invoke(1, OperationKind::kGet, key, "");
    history.Return(id, value);
    return id;
  };
  const OperationId first = put("k", "a");
  const OperationId second = put("k", "b");
  const OperationId stale = get("k", "a");
  put("k", "c");
  const OperationId other = put("q", "x");
  const OperationId seen = get("q", "x");
  const Verdict verdict = CheckKeyValue(history, Budget());
  ASSERT_EQ(verdict.outcome, Outcome::kViolated);
  const Explanation why = Explain(history, verdict, Budget());
  EXPECT_EQ(why.first_illegal, stale);
  EXPECT_THAT(OrderFound(history, &why, Budget()),
              ElementsAre(first, second, other, seen));
}

}  // namespace
}  // namespace reprise::checker
