#include "reprise/checker/model/following.h"

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/checker/model/followed_model.h"
#include "reprise/checker/models/counter.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {
namespace {

constexpr FollowLimits kFew = {.kept = 4};

class Counter {
 public:
  explicit Counter(const FollowLimits& limits = kFew)
      : following_(CounterModel::Init(), limits) {}

  FollowedModel::Place Add(int32_t client, int64_t amount) {
    return Call(client,
                {.function = "add", .argument = EdnValue::Integer(amount)});
  }
  FollowedModel::Place Read(int32_t client) {
    return Call(client, {.function = "read"});
  }
  // The answer and the return.
  void End(FollowedModel::Place place, const EdnValue& answer) {
    EXPECT_TRUE(following_.Answer(place, answer, "").ok());
    following_.Return(place);
  }
  // Without others beside it.
  void ReadAlone(int32_t client, int64_t answer) {
    End(Read(client), EdnValue::Integer(answer));
  }

  Following<CounterModel>& following() { return following_; }
  bool IsViolated() const { return following_.violated_part().has_value(); }

 private:
  FollowedModel::Place Call(int32_t client, const checker::Call& call) {
    const absl::StatusOr<FollowedModel::Place> place =
        following_.Call(client, call, {.number = ++line_});
    EXPECT_TRUE(place.ok());
    return *place;
  }

  Following<CounterModel> following_;
  uint32_t line_ = 0;
};

TEST(FollowingTest, KeepsLittleOfALongHistory) {
  Counter counter;
  for (int i = 1; i <= 1000; ++i) {
    counter.End(counter.Add(0, 1), EdnValue::Nil());
    counter.ReadAlone(1, i);
    EXPECT_LE(counter.following().kept_operations(), 5u);
    EXPECT_EQ(counter.following().configurations(), 1u);
  }
  EXPECT_FALSE(counter.IsViolated());
  counter.ReadAlone(1, 999);
  EXPECT_TRUE(counter.IsViolated());
}

TEST(FollowingTest, KeepsWhatWasNeverAnswered) {
  Counter counter;
  counter.following().Lose(counter.Add(0, 100), "");
  for (int i = 0; i < 20; ++i) counter.ReadAlone(1, 0);
  EXPECT_LE(counter.following().kept_operations(), 8u);
  counter.ReadAlone(1, 100);
  EXPECT_FALSE(counter.IsViolated());
  for (int i = 0; i < 20; ++i) counter.ReadAlone(1, 100);
  EXPECT_FALSE(counter.IsViolated());
  counter.ReadAlone(1, 0);
  EXPECT_TRUE(counter.IsViolated());
}

TEST(FollowingTest, WaitsForTheAnswersOfWhatOverlaps) {
  Counter counter;
  const FollowedModel::Place add = counter.Add(0, 7);
  counter.ReadAlone(1, 7);
  counter.ReadAlone(1, 0);
  // Whether the number was added is not said yet.
  EXPECT_FALSE(counter.IsViolated());
  counter.End(add, EdnValue::Nil());
  EXPECT_TRUE(counter.IsViolated());
}

TEST(FollowingTest, WhatFailedDidNotHappen) {
  Counter counter;
  const FollowedModel::Place add = counter.Add(0, 7);
  counter.following().Fail(add, "");
  counter.following().Return(add);
  counter.ReadAlone(1, 0);
  EXPECT_FALSE(counter.IsViolated());
  counter.ReadAlone(1, 7);
  EXPECT_TRUE(counter.IsViolated());
}

TEST(FollowingTest, GoesOnFromSeveralStates) {
  Counter counter;
  // A number is added or not, and nobody looks.
  counter.following().Lose(counter.Add(0, 1), "");
  for (int i = 0; i < 100; ++i) {
    counter.End(counter.Add(1, 2), EdnValue::Nil());
  }
  EXPECT_LE(counter.following().kept_operations(), 40u);
  counter.ReadAlone(1, 201);
  EXPECT_FALSE(counter.IsViolated());
  counter.ReadAlone(1, 200);
  EXPECT_TRUE(counter.IsViolated());
}

TEST(FollowingTest, GivesUpWhereConfigurationsAreTooMany) {
  Counter counter({.configurations = 100});
  for (int client = 0; client < 10; ++client) {
    counter.following().Lose(counter.Add(client, 1 << client), "");
  }
  counter.ReadAlone(20, 1023);
  EXPECT_FALSE(counter.IsViolated());
  EXPECT_EQ(counter.following().given_up_parts().size(), 1u);
}

}  // namespace
}  // namespace reprise::checker
