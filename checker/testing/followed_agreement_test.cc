// Histories that are judged while they come, against the check of the same
// lines as a whole, on many small random histories of each model, cut at random
// places (test_settings.h says how to ask for more).

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "reprise/checker/followed_history.h"
#include "reprise/checker/formats/json_calls.h"
#include "reprise/checker/formats/json_lines.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/judgement.h"
#include "reprise/checker/model/followed_model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/model/named.h"
#include "reprise/checker/models/priority_queue.h"
#include "reprise/checker/models/queue.h"
#include "reprise/checker/models/stack.h"
#include "reprise/checker/testing/model_sample.h"
#include "reprise/checker/testing/random.h"
#include "reprise/checker/testing/random_history.h"
#include "reprise/checker/testing/random_model_history.h"
#include "reprise/checker/testing/test_settings.h"
#include "reprise/checker/value/call_history.h"

namespace reprise::checker {
namespace {

using Lines = std::vector<FollowedModel::Line>;

// An operation as a line of JSON, and its times. `text` ends with the return.
struct Operation {
  std::string text;
  int32_t client = 0;
  int64_t call = 0;
  std::optional<int64_t> ret = {};
};

// `text` with what it says of its return replaced, and nothing of its answer.
std::string WithReturn(const std::string& text, const std::string& ret) {
  std::string changed = text.substr(0, text.rfind("\"return\""));
  for (const char* field : {",\"output\":", ",\"ok\":", ",\"failed\":"}) {
    const size_t begin = changed.find(field);
    if (begin == changed.npos) continue;
    const size_t end = changed.rfind("\"call\":");
    changed.erase(begin, end - 1 - begin);
  }
  return changed + "\"return\":" + ret + "}";
}

Lines Numbered(const std::vector<std::string>& texts) {
  Lines lines;
  for (const std::string& text : texts) {
    lines.push_back({static_cast<uint32_t>(lines.size() + 1), text});
  }
  return lines;
}

Lines WholeOperations(const std::vector<Operation>& operations) {
  std::vector<std::string> texts;
  for (const Operation& each : operations) texts.push_back(each.text);
  return Numbered(texts);
}

// A line for each call and each return; some of those that have no answer have
// a line that says so, before their client goes on.
Lines CallsAndReturns(const std::vector<Operation>& operations,
                      Random& random) {
  struct Event {
    int64_t time;
    size_t number;  // of two at one time, in the order of operations
    std::string text;
  };
  std::vector<Event> events;
  for (size_t i = 0; i < operations.size(); ++i) {
    const Operation& each = operations[i];
    events.push_back({each.call, 2 * i, WithReturn(each.text, "\"later\"")});
    if (each.ret) {
      events.push_back({*each.ret, 2 * i + 1, each.text});
      continue;
    }
    const auto next = std::find_if(
        operations.begin() + static_cast<std::ptrdiff_t>(i) + 1,
        operations.end(),
        [&](const Operation& other) { return other.client == each.client; });
    const bool is_last = next == operations.end();
    if (is_last && random.Chance(1, 2)) continue;
    events.push_back(
        {is_last ? each.call + 3 : next->call, 2 * i + 1, each.text});
  }
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return std::tie(a.time, a.number) < std::tie(b.time, b.number);
  });
  std::vector<std::string> texts;
  for (const Event& event : events) texts.push_back(event.text);
  return Numbered(texts);
}

absl::StatusOr<Judgement> CheckWhole(const Lines& lines,
                                     const FollowOptions& options) {
  if (!options.model) {
    return JudgeKeyValueLines(lines, options.reading, Budget());
  }
  return JudgeCallLines(lines, options.reading, [&](const CallHistory& calls) {
    return options.model->check(calls, Budget());
  });
}

struct Count {
  uint64_t violated = 0;
  uint64_t early = 0;  // and found before the last line
  // And explained by another answer. The direct check of a container finds the
  // first illegal one nearly always (direct_check.h).
  uint64_t other_lines = 0;
  uint64_t problems = 0;
  std::string problem = {};
};

std::string TextOf(const Lines& lines) {
  std::string text;
  for (const FollowedModel::Line& line : lines) text += line.text + "\n";
  return text;
}

// Follows the lines and compares with the check of them all.
void Compare(const Lines& lines, const FollowOptions& options, Count& count) {
  const auto note = [&](const std::string& what) {
    ++count.problems;
    if (count.problem.empty()) count.problem = what + "\n" + TextOf(lines);
  };
  FollowedHistory followed(options);
  size_t told = 0;
  for (const FollowedModel::Line& line : lines) {
    if (followed.IsViolated()) break;
    const absl::Status status = followed.Add(line.text, line.number);
    if (!status.ok()) return note(status.ToString());
    ++told;
  }
  const bool is_early = followed.IsViolated();
  const absl::Status status = followed.Finish();
  if (!status.ok()) return note(status.ToString());
  const absl::StatusOr<Judgement> found = followed.Judge(Budget());
  const absl::StatusOr<Judgement> right = CheckWhole(lines, options);
  if (!found.ok() || !right.ok()) {
    return note(found.status().ToString() + right.status().ToString());
  }
  if (found->verdict.outcome != right->verdict.outcome) {
    return note(absl::StrCat(
        "found ", std::string(OutcomeName(found->verdict.outcome)),
        ", expected ", std::string(OutcomeName(right->verdict.outcome))));
  }
  if (found->verdict.outcome != Outcome::kViolated) return;
  ++count.violated;
  if (is_early && told < lines.size()) ++count.early;
  // Of several keys `check` tells of the first by name, not by time.
  const bool is_one =
      found->verdict.contradiction.key == right->verdict.contradiction.key;
  if (is_one && found->illegal_line != right->illegal_line) ++count.other_lines;
}

// In each order of lines that can be judged on the way, and in one that cannot;
// with all that is kept and with as little as can be.
void CompareAll(const std::vector<Operation>& operations, FollowOptions options,
                Random& random, Count& count) {
  const size_t cut = random.Chance(1, 2) ? SIZE_MAX : random.Below(16);
  const auto shortened = [&](Lines lines) {
    lines.resize(std::min(lines.size(), 1 + cut % (2 * lines.size() + 1)));
    return lines;
  };
  options.limits.kept = random.Chance(1, 2) ? 0 : 1000;
  options.order = LineOrder::kAny;
  Compare(shortened(CallsAndReturns(operations, random)), options, count);
  Compare(shortened(WholeOperations(operations)), options, count);
  options.order = LineOrder::kByCall;
  Compare(shortened(WholeOperations(operations)), options, count);
}

// Those of a store.
std::vector<Operation> OperationsOf(const RecordedHistory& recorded) {
  std::string text;
  EXPECT_TRUE(AppendJsonLines(recorded, text).ok());
  std::vector<Operation> operations;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = text.find('\n', begin);
    const auto& each = recorded.history[operations.size()];
    operations.push_back({text.substr(begin, end - begin), each.client,
                          each.call, std::nullopt});
    if (each.ret != kNever) operations.back().ret = each.ret;
    begin = end + 1;
  }
  return operations;
}

template <typename Model>
std::vector<Operation> OperationsOf(const ModelHistory<Model>& history) {
  std::vector<Operation> operations;
  for (const auto& each : history.operations()) {
    JsonCall call = {.client = each.client,
                     .call = Model::Print(each.input),
                     .output = EdnValue::Nil(),
                     .times = {.call = each.call, .ret = each.ret},
                     .id = {}};
    if (each.has_failed) call.ending = Ending::kFailed;
    if (each.output) {
      call.ending = Ending::kAnswered;
      call.output = Model::PrintOutput(each.input, *each.output);
    }
    std::string text;
    EXPECT_TRUE(AppendJsonCall(call, text).ok());
    text.pop_back();
    operations.push_back({text, each.client, each.call, std::nullopt});
    if (each.ret != kNever) operations.back().ret = each.ret;
  }
  return operations;
}

Count CompareStores(const FollowOptions& options, uint64_t seeds) {
  Count count;
  for (uint64_t seed = 0; seed < seeds; ++seed) {
    Random random(seed);
    RecordedHistory recorded;
    recorded.history = RandomHistory(random);
    FollowOptions with_initial = options;
    with_initial.reading.initial =
        std::string(recorded.history.initial_value());
    CompareAll(OperationsOf(recorded), with_initial, random, count);
  }
  return count;
}

template <typename Sample>
Count CompareModels(const FollowOptions& options, uint64_t seeds) {
  Count count;
  for (uint64_t seed = 0; seed < seeds; ++seed) {
    Random random(seed);
    const auto history = RandomModelHistory<Sample>(random);
    // Lines do not say a first state.
    if (!(history.initial() == Sample::Model::Init())) continue;
    CompareAll(OperationsOf(history), options, random, count);
  }
  return count;
}

// A model that takes every answer for right.
template <typename Model>
struct Obliging : Model {
  static bool Step(const typename Model::Input& input,
                   const typename Model::Output*,
                   typename Model::State& state) {
    Model::Step(input, nullptr, state);
    return true;
  }
};

template <typename Sample>
class FollowedAgreementTest : public testing::Test {};

using Samples =
    testing::Types<ContainerSample<QueueModel>, ContainerSample<StackModel>,
                   ContainerSample<PriorityQueueModel>, SetSample,
                   GrowingSetSample, SetElementSample, CounterSample,
                   RegisterSample, LogSample, MutexSample, FencedLeaseSample,
                   UniqueIdsSample>;
TYPED_TEST_SUITE(FollowedAgreementTest, Samples);

TYPED_TEST(FollowedAgreementTest, TheVerdictIsThatOfTheCheckOfTheWhole) {
  const FollowOptions options = {
      .model = Named<typename TypeParam::Model>("model", "")};
  const uint64_t seeds = HistoryCount(1000);
  const Count count = CompareModels<TypeParam>(options, seeds);
  EXPECT_EQ(count.problems, 0u) << count.problem;
  EXPECT_LE(count.other_lines, count.violated / 50);
  EXPECT_GT(count.violated, seeds / 20);
  EXPECT_GT(count.early, seeds / 200);
}

TYPED_TEST(FollowedAgreementTest, AFollowerThatIsWrongIsNoticed) {
  using Model = typename TypeParam::Model;
  FollowOptions options = {.model = Named<Model>("model", "")};
  options.model->follow = Named<Obliging<Model>>("model", "").follow;
  EXPECT_GT(CompareModels<TypeParam>(options, 500).problems, 20u);
}

TEST(FollowedStoreAgreementTest, TheVerdictIsThatOfTheCheckOfTheWhole) {
  const uint64_t seeds = HistoryCount(4000);
  const Count count = CompareStores({}, seeds);
  EXPECT_EQ(count.problems, 0u) << count.problem;
  EXPECT_LE(count.other_lines, count.violated / 50);
  EXPECT_GT(count.violated, seeds / 5);
  EXPECT_GT(count.early, seeds / 20);
}

}  // namespace
}  // namespace reprise::checker
