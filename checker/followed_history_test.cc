#include "reprise/checker/followed_history.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/judgement.h"
#include "reprise/checker/model/named.h"
#include "reprise/checker/models/counter.h"

namespace reprise::checker {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// The fields of an operation without its return.
std::string Put(int client, const std::string& value, int64_t call) {
  return absl::StrCat(R"({"client":)", client,
                      R"(,"op":"put","key":"k","value":")", value,
                      R"(","call":)", call);
}
std::string Get(int client, int64_t call) {
  return absl::StrCat(R"({"client":)", client,
                      R"(,"op":"get","key":"k","call":)", call);
}
std::string Later(const std::string& called) {
  return called + R"(,"return":"later"})";
}
std::string Returned(const std::string& called, int64_t ret) {
  return absl::StrCat(called, R"(,"return":)", ret, "}");
}
std::string Saw(const std::string& called, const std::string& value,
                int64_t ret) {
  return absl::StrCat(called, R"(,"output":")", value, R"(","return":)", ret,
                      "}");
}

class FollowedHistoryTest : public testing::Test {
 protected:
  explicit FollowedHistoryTest(const FollowOptions& options = {})
      : options_(options), history_(options_) {}

  void Add(const std::string& text) {
    const absl::Status status = TryAdd(text);
    EXPECT_TRUE(status.ok()) << status;
  }
  absl::Status TryAdd(const std::string& text) {
    return history_.Add(text, ++line_);
  }
  Judgement Judge() {
    EXPECT_TRUE(history_.Finish().ok());
    absl::StatusOr<Judgement> found = history_.Judge(Budget());
    EXPECT_TRUE(found.ok()) << found.status();
    return *std::move(found);
  }

  const FollowOptions options_;
  FollowedHistory history_;
  uint32_t line_ = 0;
};

TEST_F(FollowedHistoryTest, FindsAnIllegalAnswerWhereItAppears) {
  Add(Later(Put(0, "a", 1)));
  Add(Later(Get(1, 2)));
  Add(Returned(Put(0, "a", 1), 3));
  Add(Saw(Get(1, 2), "a", 4));
  Add(Later(Get(1, 5)));
  Add(Saw(Get(1, 5), "", 6));
  EXPECT_FALSE(history_.IsViolated());  // A put might begin at 6.
  Add(Later(Get(1, 7)));
  EXPECT_TRUE(history_.IsViolated());
  const Judgement found = Judge();
  EXPECT_EQ(found.verdict.outcome, Outcome::kViolated);
  EXPECT_EQ(found.illegal_line, 5u);
  EXPECT_THAT(found.explanation->sentence, HasSubstr("client 1 read \"\""));
}

TEST_F(FollowedHistoryTest, JudgesAtTheEndWhatNobodyPutsInOrder) {
  Add(Saw(Get(1, 2), "a", 3));
  Add(Saw(Get(1, 4), "a", 5));
  Add(Returned(Put(0, "a", 1), 10));
  EXPECT_FALSE(history_.IsFollowed());
  EXPECT_EQ(Judge().verdict.outcome, Outcome::kHolds);
}

TEST_F(FollowedHistoryTest, RefusesAnEventBehindALaterOne) {
  Add(Later(Get(1, 5)));
  EXPECT_THAT(std::string(TryAdd(Later(Get(0, 4))).message()),
              AllOf(HasSubstr("2: found an event at 4 behind one at 5"),
                    HasSubstr("expected lines in the order of time")));
}

TEST_F(FollowedHistoryTest, RefusesTwoCallsOfAClient) {
  Add(Later(Get(1, 5)));
  Add(Saw(Get(0, 5), "", 20));
  EXPECT_THAT(std::string(TryAdd(Saw(Get(0, 19), "", 30)).message()),
              HasSubstr("3: found a call of client 0 at 19 while its call of "
                        "line 2 was open until 20"));
}

TEST_F(FollowedHistoryTest, SaysWhatIsWrongWithALine) {
  Add(Later(Get(1, 5)));
  EXPECT_THAT(std::string(TryAdd("{\"client\":0}").message()),
              HasSubstr("2: found no \"op\""));
}

TEST_F(FollowedHistoryTest, KeepsLittleOfALongHistory) {
  // Two clients overlap each other, again and again.
  size_t kept = 0;
  for (int64_t round = 0; round < 20'000; ++round) {
    const std::string value = absl::StrCat("v", round);
    const int64_t now = 10 * round;
    Add(Later(Put(0, value, now + 1)));
    Add(Later(Get(1, now + 2)));
    Add(Saw(Get(1, now + 2), value, now + 3));
    Add(Returned(Put(0, value, now + 1), now + 4));
    kept = std::max(kept, history_.kept_operations());
    ASSERT_LE(history_.configurations(), 4u);
  }
  EXPECT_LE(kept, 1002u);
  EXPECT_EQ(history_.operations(), 40'000u);
  Add(Saw(Get(1, 200'010), "v17", 200'011));
  const Judgement found = Judge();
  EXPECT_EQ(found.verdict.outcome, Outcome::kViolated);
  EXPECT_EQ(found.illegal_line, 80'001u);
  EXPECT_THAT(found.explanation->timeline, HasSubstr("(of what came before"));
}

class FollowedCounterTest : public FollowedHistoryTest {
 protected:
  FollowedCounterTest()
      : FollowedHistoryTest({.model = Named<CounterModel>("counter", ""),
                             .order = LineOrder::kByCall,
                             .limits = {.configurations = 50}}) {}
};

TEST_F(FollowedCounterTest, JudgesAsAWholeWhatItGaveUp) {
  const auto add = [](int client, int amount) {
    return absl::StrCat(R"({"client":)", client, R"(,"op":"add","value":)",
                        amount, R"(,"call":1,"return":null})");
  };
  const auto read = [](int64_t call, int number) {
    return absl::StrCat(R"({"client":50,"op":"read","output":)", number,
                        R"(,"call":)", call, R"(,"return":)", call + 1, "}");
  };
  for (int i = 0; i < 8; ++i) Add(add(i, 1 << i));
  Add(read(2, 255));
  Add(read(4, 254));
  Add(read(6, 254));
  EXPECT_FALSE(history_.IsViolated());
  const Judgement found = Judge();
  EXPECT_EQ(found.verdict.outcome, Outcome::kViolated);
  EXPECT_EQ(found.illegal_line, 10u);
}

}  // namespace
}  // namespace reprise::checker
