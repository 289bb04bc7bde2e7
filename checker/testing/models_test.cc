// Each model against an exact search of another make, on many small random
// histories (test_settings.h says how to ask for more).

#include <cstdint>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/check_model.h"
#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/models/priority_queue.h"
#include "reprise/checker/models/queue.h"
#include "reprise/checker/models/stack.h"
#include "reprise/checker/testing/exhaustive_check.h"
#include "reprise/checker/testing/model_sample.h"
#include "reprise/checker/testing/random.h"
#include "reprise/checker/testing/random_model_history.h"
#include "reprise/checker/testing/test_settings.h"

namespace reprise::checker {
namespace {

// The same operations for another model with the same operations.
template <typename Other, typename Model>
ModelHistory<Other> As(const ModelHistory<Model>& history) {
  ModelHistory<Other> other;
  other.SetInitial(history.initial());
  for (const auto& each : history.operations()) {
    other.Add({.client = each.client,
               .input = each.input,
               .output = each.output,
               .call = each.call,
               .ret = each.ret,
               .has_failed = each.has_failed});
  }
  return other;
}

// The operations of a contradiction alone, with the answers that count, but for
// that of `unanswered`.
template <typename Model>
ModelHistory<Model> Part(const ModelHistory<Model>& history,
                         const std::vector<Selected>& operations,
                         OperationId unanswered) {
  ModelHistory<Model> part;
  part.SetInitial(history.initial());
  for (const auto& [id, report] : operations) {
    auto operation = history[id];
    if (report == Report::kForget || id == unanswered) {
      operation.output.reset();
      operation.ret = kNever;
    }
    part.Add(std::move(operation));
  }
  return part;
}

template <typename Model>
bool HasJoinedInstants(const ModelHistory<Model>& history) {
  std::set<EventIndex> events;
  for (const auto& each : history.operations()) {
    if (!events.insert(each.call).second) return true;
    if (each.ret != kNever && !events.insert(each.ret).second) return true;
  }
  return false;
}

// What is wrong with a verdict, or "". The oracle may be of another model with
// the same operations.
template <typename Oracle, typename Model>
std::string ProblemOf(const ModelHistory<Model>& history,
                      const ModelVerdict& found) {
  const Outcome right = TryEveryOrder(As<Oracle>(history), Budget());
  if (found.verdict.outcome != right) {
    return found.verdict.outcome == Outcome::kHolds ? "wrongly holds"
                                                    : "wrongly violated";
  }
  if (right == Outcome::kHolds) return "";
  const std::vector<Selected>& named = found.explanation.operations;
  const auto judge = [&](OperationId unanswered) {
    return TryEveryOrder(As<Oracle>(Part(history, named, unanswered)),
                         Budget());
  };
  if (judge(kNever) != Outcome::kViolated) return "no contradiction";
  // There, a client's order hangs on answers that do not count, too.
  if (HasJoinedInstants(history)) return "";
  if (!found.explanation.is_minimal) return "not minimal";
  for (const auto& [id, report] : named) {
    if (report == Report::kKeep && judge(id) != Outcome::kHolds) {
      return "an answer that is not needed, of " + std::to_string(id);
    }
  }
  return "";
}

// An object whose state, once it has changed, changes no more.
template <typename Model>
struct Stuck : Model {
  static bool Step(const typename Model::Input& input,
                   const typename Model::Output* output,
                   typename Model::State& state) {
    typename Model::State before = state;
    const bool is_right = Model::Step(input, output, state);
    if (before != Model::Init()) state = before;
    return is_right;
  }
};

// An object that answers whatever a client wants to see.
template <typename Model>
struct Obliging : Model {
  static bool Step(const typename Model::Input&, const typename Model::Output*,
                   typename Model::State&) {
    return true;
  }
};

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
  using Model = typename TypeParam::Model;
  const uint64_t count = HistoryCount(20'000);
  uint64_t violated = 0;
  uint64_t direct = 0;
  for (uint64_t seed = 0; seed < count; ++seed) {
    Random random(seed);
    const auto history = RandomModelHistory<TypeParam>(random);
    const ModelVerdict found = CheckModel(history, Budget());
    ASSERT_EQ(ProblemOf<Model>(history, found), "")
        << "seed " << seed << "\n"
        << ModelHistoryText(history) << found.explanation.timeline;
    violated += found.verdict.outcome == Outcome::kViolated;
    direct += found.verdict.statistics.segments_searched == 0;
  }
  std::printf("%llu histories, %llu violated, %llu judged without a search\n",
              static_cast<unsigned long long>(count),
              static_cast<unsigned long long>(violated),
              static_cast<unsigned long long>(direct));
  EXPECT_GT(violated, count / 10);
  EXPECT_LT(violated, count * 6 / 10);
  if constexpr (requires { &Model::CheckDirectly; }) {
    EXPECT_GT(direct, count / 10);
  }
}

// The comparison above can fail: it notices oracles that are wrong.
TYPED_TEST(ModelsTest, AWrongModelIsNoticed) {
  using Model = typename TypeParam::Model;
  uint64_t stuck = 0;
  uint64_t obliging = 0;
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    Random random(seed);
    const auto history = RandomModelHistory<TypeParam>(random);
    const ModelVerdict found = CheckModel(history, Budget());
    stuck += !ProblemOf<Stuck<Model>>(history, found).empty();
    obliging += !ProblemOf<Obliging<Model>>(history, found).empty();
  }
  EXPECT_GT(stuck, 20u);
  EXPECT_GT(obliging, 50u);
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
