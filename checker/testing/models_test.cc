// Each model against an exact search of another make, on many small random
// histories (test_settings.h says how to ask for more).

#include <cstdint>
#include <cstdio>

#include "gtest/gtest.h"
#include "reprise/checker/model/model.h"
#include "reprise/checker/models/priority_queue.h"
#include "reprise/checker/models/queue.h"
#include "reprise/checker/models/stack.h"
#include "reprise/checker/testing/model_agreement.h"
#include "reprise/checker/testing/model_sample.h"
#include "reprise/checker/testing/random.h"
#include "reprise/checker/testing/random_model_history.h"
#include "reprise/checker/testing/test_settings.h"

namespace reprise::checker {
namespace {

template <typename Sample>
class ModelsTest : public testing::Test {};

using Samples =
    testing::Types<ContainerSample<QueueModel>, ContainerSample<StackModel>,
                   ContainerSample<PriorityQueueModel>, SetSample,
                   GrowingSetSample, SetElementSample, CounterSample,
                   RegisterSample, LogSample, MutexSample, FencedLeaseSample,
                   UniqueIdsSample>;
TYPED_TEST_SUITE(ModelsTest, Samples);

TYPED_TEST(ModelsTest, TheVerdictIsThatOfTryingEveryOrder) {
  const uint64_t count = HistoryCount(20'000);
  const auto found = CompareWithOracle<TypeParam>(Oracle::kRight, count);
  std::printf("%s\n", found.Summary().c_str());
  EXPECT_EQ(found.problem, "");
  EXPECT_GT(found.violated, count / 20);
  EXPECT_LT(found.violated, count * 6 / 10);
  if constexpr (requires { &TypeParam::Model::CheckDirectly; }) {
    EXPECT_GT(found.direct, count / 2);
  }
}

// The comparison above can fail: it notices oracles that are wrong.
TYPED_TEST(ModelsTest, AWrongModelIsNoticed) {
  EXPECT_GT(CompareWithOracle<TypeParam>(Oracle::kStuck, 1000).problems, 20u);
  EXPECT_GT(CompareWithOracle<TypeParam>(Oracle::kObliging, 1000).problems,
            50u);
}

TYPED_TEST(ModelsTest, WhatIsPrintedIsReadAsTheSame) {
  using Model = typename TypeParam::Model;
  for (uint64_t seed = 0; seed < 500; ++seed) {
    Random random(seed);
    const auto history = RandomModelHistory<TypeParam>(random);
    for (const auto& each : history.operations()) {
      const Call call = Model::Print(each.input);
      const auto input = Model::Parse(call);
      ASSERT_TRUE(input.ok()) << input.status();
      EXPECT_EQ(Model::Print(*input), call);
      EXPECT_EQ(PartitionOf<Model>(*input), PartitionOf<Model>(each.input));
      if (!each.output) continue;
      const EdnValue answer = Model::PrintOutput(each.input, *each.output);
      const auto output = Model::ParseOutput(*input, answer);
      ASSERT_TRUE(output.ok()) << output.status();
      EXPECT_TRUE(IsSame(Model::PrintOutput(*input, *output), answer));
      // They do the same, too.
      typename Model::State one = history.initial();
      typename Model::State other = history.initial();
      EXPECT_EQ(Model::Step(each.input, &*each.output, one),
                Model::Step(*input, &*output, other));
      EXPECT_EQ(one, other);
    }
  }
}

}  // namespace
}  // namespace reprise::checker
