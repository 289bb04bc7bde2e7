#include "reprise/checker/models/container_history.h"

#include <cstdint>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/check_model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/models/container_calls.h"
#include "reprise/checker/models/element.h"
#include "reprise/checker/models/priority_queue.h"
#include "reprise/checker/models/queue.h"
#include "reprise/checker/models/stack.h"

namespace reprise::checker {
namespace {

using ::testing::ElementsAre;
using enum ContainerFunction;

template <typename Model>
class ContainerHistoryTest : public ::testing::Test {
 protected:
  // Of a client that does nothing else.
  void See(ContainerFunction function, int64_t seen) {
    const OperationId id = Call(function);
    history_.Return(id, {.element = Element::Integer(seen)});
  }
  OperationId Call(ContainerFunction function, int64_t put = 0) {
    ContainerInput input = {.function = function};
    if (function == kInsert) input.element = Element::Integer(put);
    return history_.Invoke(clients_++, input);
  }
  // At once, each value twice.
  void InsertMany() {
    std::vector<OperationId> inserts;
    for (int i = 0; i < 12; ++i) inserts.push_back(Call(kInsert, i / 2));
    for (const OperationId id : inserts) history_.Return(id, {});
  }

  ModelHistory<Model> history_;
  int clients_ = 0;
};

using Models = ::testing::Types<QueueModel, StackModel, PriorityQueueModel>;
TYPED_TEST_SUITE(ContainerHistoryTest, Models);

TYPED_TEST(ContainerHistoryTest, FindsAtOnceWhatNobodyPutIn) {
  this->InsertMany();
  this->See(kRemove, 99);
  const ModelVerdict found = CheckModel(this->history_, Budget{.states = 100});
  EXPECT_EQ(found.verdict.outcome, Outcome::kViolated);
  EXPECT_THAT(found.verdict.contradiction.operations, ElementsAre(12));
}

TYPED_TEST(ContainerHistoryTest, FindsAtOnceWhatWasSeenOnceMoreThanPutIn) {
  this->InsertMany();
  this->See(kPeek, 99);
  const ModelVerdict found = CheckModel(this->history_, Budget{.states = 100});
  EXPECT_EQ(found.verdict.outcome, Outcome::kViolated);
  EXPECT_THAT(found.verdict.contradiction.operations, ElementsAre(12));
}

TYPED_TEST(ContainerHistoryTest, WhatIsLeftIsForTheSearch) {
  this->InsertMany();
  const ModelVerdict found = CheckModel(this->history_, Budget());
  EXPECT_EQ(found.verdict.outcome, Outcome::kHolds);
  EXPECT_EQ(found.verdict.statistics.segments_searched, 1u);
}

}  // namespace
}  // namespace reprise::checker
