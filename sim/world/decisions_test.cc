#include "reprise/sim/world/decisions.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/packet_name.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Probability kOneInThree = {1, 3};
constexpr DelayOptions kDelay = {.calm = Microseconds(50),
                                 .minimum = Microseconds(25),
                                 .maximum = Microseconds(75)};

Edits CalmBut(Schedule schedule) {
  return {.base = Base::kCalm, .schedule = std::move(schedule)};
}

std::vector<bool> Faults(Decisions& decisions, DecisionStream& stream,
                         int count) {
  std::vector<bool> faults;
  for (int i = 0; i < count; ++i) {
    faults.push_back(decisions.DecideFault(stream, kOneInThree));
  }
  return faults;
}

TEST(DecisionsTest, SeedAndNameDecide) {
  Decisions one(Seed(1));
  Decisions same(Seed(1));
  Decisions other_seed(Seed(2));
  DecisionStream a = one.Open("a->b", Purpose::kRequestLoss);
  DecisionStream again = same.Open("a->b", Purpose::kRequestLoss);
  DecisionStream other_entity = same.Open("a->c", Purpose::kRequestLoss);
  DecisionStream other_purpose = same.Open("a->b", Purpose::kRequestDuplicate);
  DecisionStream elsewhere = other_seed.Open("a->b", Purpose::kRequestLoss);
  const std::vector<bool> faults = Faults(one, a, 200);
  EXPECT_EQ(Faults(same, again, 200), faults);
  EXPECT_NE(Faults(same, other_entity, 200), faults);
  EXPECT_NE(Faults(same, other_purpose, 200), faults);
  EXPECT_NE(Faults(other_seed, elsewhere, 200), faults);
}

TEST(DecisionsTest, OtherStreamsShiftNothing) {
  Decisions alone(Seed(1));
  DecisionStream a = alone.Open("a->b", Purpose::kRequestLoss);
  const std::vector<bool> expected = Faults(alone, a, 50);
  Decisions beside(Seed(1));
  DecisionStream earlier = beside.Open("x->y", Purpose::kRequestLoss);
  DecisionStream b = beside.Open("a->b", Purpose::kRequestLoss);
  std::vector<bool> faults;
  for (int i = 0; i < 50; ++i) {
    Faults(beside, earlier, i % 3);
    faults.push_back(beside.DecideFault(b, kOneInThree));
  }
  EXPECT_EQ(faults, expected);
}

TEST(DecisionsTest, RecordingChangesNoAnswer) {
  Decisions plain(Seed(1));
  Decisions recording(Seed(1));
  recording.Record();
  DecisionStream a = plain.Open("a->b", Purpose::kRequestLoss);
  DecisionStream b = recording.Open("a->b", Purpose::kRequestLoss);
  EXPECT_EQ(Faults(recording, b, 200), Faults(plain, a, 200));
}

TEST(DecisionsTest, RecordsExactlyWhatDiffersFromCalm) {
  Decisions decisions(Seed(1));
  decisions.Record();
  DecisionStream loss = decisions.Open("a->b", Purpose::kRequestLoss);
  DecisionStream delay = decisions.Open("a->b", Purpose::kRequestDelay);
  Schedule expected;
  for (uint64_t i = 0; i < 200; ++i) {
    if (decisions.DecideFault(loss, kOneInThree)) {
      expected.push_back({"a->b", "request-loss", i, 1});
    }
    // Two possible delays, one of them calm.
    const Duration taken =
        decisions.DecideDelay(delay, {.calm = Nanoseconds(7),
                                      .minimum = Nanoseconds(7),
                                      .maximum = Nanoseconds(8)});
    if (taken != Nanoseconds(7))
      expected.push_back({"a->b", "request-delay", i, 8});
  }
  EXPECT_GT(expected.size(), 100u);
  EXPECT_LT(expected.size(), 250u);
  EXPECT_EQ(decisions.recorded(), expected);
}

TEST(DecisionsTest, ChoosesAmongFaultsAndSaysHow) {
  Decisions decisions(Seed(1));
  decisions.Record();
  DecisionStream stream = decisions.Open("a", Purpose::kSectorFate);
  int counts[4] = {};
  for (int i = 0; i < 1000; ++i) {
    ++counts[decisions.DecideAmong(stream, {{1, 2}, {0, 1}, {1, 4}}) & 0xff];
  }
  // Five standard deviations are at most 79.
  EXPECT_NEAR(counts[0], 250, 79);
  EXPECT_NEAR(counts[1], 500, 79);
  EXPECT_EQ(counts[2], 0);
  EXPECT_NEAR(counts[3], 250, 79);
  EXPECT_EQ(decisions.recorded().size(), 1000u - counts[0]);
}

TEST(DecisionsTest, NothingStrikesWhereThereIsNoPlace) {
  Decisions decisions(Seed(1));
  DecisionStream stream = decisions.Open("a", Purpose::kSizeLost);
  EXPECT_EQ(decisions.DecidePlace(stream, {1, 1}, 0), 0u);
  Decisions recorded(Seed(1));
  recorded.Record();
  stream = recorded.Open("a", Purpose::kSizeLost);
  EXPECT_EQ(recorded.DecidePlace(stream, {1, 1}, 0), 0u);
  EXPECT_TRUE(recorded.recorded().empty());
}

TEST(DecisionsTest, AStreamMayBeReadAnywhere) {
  Decisions decisions(Seed(1));
  DecisionStream there = decisions.Open("a", Purpose::kSectorFate);
  DecisionStream later = decisions.Open("a", Purpose::kSectorFate);
  for (int i = 0; i < 7; ++i) decisions.DecideWord(there);
  later.Seek(7);
  EXPECT_EQ(decisions.DecideWord(later), decisions.DecideWord(there));
  EXPECT_EQ(later.next_index(), 8u);
}

TEST(DecisionsTest, AnEmptyScheduleIsCalm) {
  Decisions decisions(Seed(1));
  decisions.Follow(CalmBut({}));
  DecisionStream fate = decisions.Open("a", Purpose::kSectorFate);
  DecisionStream loss = decisions.Open("a->b", Purpose::kRequestLoss);
  DecisionStream delay = decisions.Open("a->b", Purpose::kRequestDelay);
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(decisions.DecideFault(loss, {1, 1}));
    EXPECT_EQ(decisions.DecideDelay(delay, kDelay), Microseconds(50));
    EXPECT_EQ(decisions.DecideAmong(fate, {{1, 1}}), 0u);
  }
}

TEST(DecisionsTest, AScheduleOverridesTheSeed) {
  Decisions decisions(Seed(1));
  decisions.Follow(CalmBut(
      {{"a->b", "request-loss", 2, 1}, {"a->b", "request-delay", 0, 9'000}}));
  DecisionStream loss = decisions.Open("a->b", Purpose::kRequestLoss);
  DecisionStream delay = decisions.Open("a->b", Purpose::kRequestDelay);
  DecisionStream other = decisions.Open("b->a", Purpose::kRequestLoss);
  std::vector<bool> lost;
  for (int i = 0; i < 4; ++i) {
    lost.push_back(decisions.DecideFault(loss, {0, 1}));
  }
  EXPECT_THAT(lost, ElementsAre(false, false, true, false));
  EXPECT_EQ(decisions.DecideDelay(delay, kDelay), Microseconds(9));
  EXPECT_EQ(decisions.DecideDelay(delay, kDelay), Microseconds(50));
  EXPECT_FALSE(decisions.DecideFault(other, {1, 1}));
}

TEST(DecisionsTest, FollowingARecordedScheduleGivesTheSameAnswersAndRecord) {
  Decisions original(Seed(1));
  original.Record();
  DecisionStream a = original.Open("a->b", Purpose::kRequestLoss);
  const std::vector<bool> faults = Faults(original, a, 200);
  Decisions replay(Seed(99));
  replay.Follow(CalmBut(original.recorded()));
  replay.Record();
  DecisionStream b = replay.Open("a->b", Purpose::kRequestLoss);
  EXPECT_EQ(Faults(replay, b, 200), faults);
  EXPECT_EQ(replay.recorded(), original.recorded());
  EXPECT_THAT(replay.Unused(), IsEmpty());
}

TEST(DecisionsTest, TellsWhichEntriesNobodyAskedFor) {
  Decisions decisions(Seed(1));
  const Decision unreached = {"a->b", "request-loss", 7, 1};
  const Decision unknown = {"x->y", "request-loss", 0, 1};
  decisions.Follow(
      CalmBut({{"a->b", "request-loss", 1, 1}, unreached, unknown}));
  DecisionStream loss = decisions.Open("a->b", Purpose::kRequestLoss);
  Faults(decisions, loss, 3);
  EXPECT_THAT(decisions.Unused(), ElementsAre(unreached, unknown));
}

TEST(DecisionsTest, APlaceBeyondTheLastIsTheLast) {
  Decisions decisions(Seed(1));
  decisions.Follow(CalmBut({{"a->b", "request-corruption", 0, 81}}));
  DecisionStream place = decisions.Open("a->b", Purpose::kRequestCorruption);
  EXPECT_EQ(decisions.DecidePlace(place, {1, 1}, 80), 80u);
}

TEST(DecisionsTest, ASiteIsNamedInItsPurpose) {
  Decisions decisions(Seed(1));
  decisions.Follow(CalmBut({{"server", "site-lose-reply", 0, 1}}));
  DecisionStream site = decisions.OpenSite("server", "lose-reply");
  EXPECT_TRUE(decisions.DecideFault(site, {0, 1}));
}

TEST(DecisionsTest, MustBeToldBeforeAnyStreamIsOpen) {
  Decisions decisions(Seed(1));
  decisions.Record();
  decisions.Open("a->b", Purpose::kRequestLoss);
  EXPECT_DEATH(decisions.Record(), "called too late");
  EXPECT_DEATH(decisions.Follow({}), "called too late");
}

TEST(DelayOfWordTest, ExtremeWordsGiveTheEndsOfTheRange) {
  EXPECT_EQ(DelayOfWord(0, kDelay), Microseconds(25));
  EXPECT_EQ(DelayOfWord(UINT64_MAX, kDelay), Microseconds(75));
}

TEST(DelayOfWordTest, ExtraStepsComeOnTop) {
  DelayOptions options = kDelay;
  options.extra_step = Milliseconds(1);
  options.extra_steps = 26;
  EXPECT_EQ(DelayOfWord(0, options), Microseconds(25));
  EXPECT_EQ(DelayOfWord(UINT64_MAX, options), Microseconds(26'075));
}

// Each of 27 steps: 37,037 of 1,000,000 draws, standard deviation 189.
TEST(DelayOfWordTest, EachExtraStepIsEquallyLikely) {
  DelayOptions options = kDelay;
  options.extra_step = Milliseconds(1);
  options.extra_steps = 26;
  std::vector<int> counts(27);
  for (uint64_t i = 0; i < 1'000'000; ++i) {
    const int64_t delay = DelayOfWord(WordAt(1, i), options).nanoseconds();
    ++counts[static_cast<size_t>(delay / 1'000'000)];
    const int64_t transit = delay % 1'000'000;
    ASSERT_GE(transit, 25'000);
    ASSERT_LE(transit, 75'000);
  }
  for (const int count : counts) EXPECT_NEAR(count, 37'037, 5 * 189);
}

// 1 % of 1,000,000: 10,000, standard deviation 99.
TEST(DelayOfWordTest, LateDelaysAreAsFrequentAsAskedAndInTheirOwnRange) {
  DelayOptions options = kDelay;
  options.late = {1, 100};
  options.late_minimum = Milliseconds(200);
  options.late_maximum = Milliseconds(2000);
  int late = 0;
  int64_t sum = 0;
  for (uint64_t i = 0; i < 1'000'000; ++i) {
    const Duration delay = DelayOfWord(WordAt(2, i), options);
    if (delay <= Microseconds(75)) {
      ASSERT_GE(delay, Microseconds(25));
      continue;
    }
    ASSERT_GE(delay, Milliseconds(200));
    ASSERT_LE(delay, Milliseconds(2000));
    sum += delay.nanoseconds();
    ++late;
  }
  EXPECT_NEAR(late, 10'000, 5 * 99);
  // The mean of U{200..2000} ms; the standard deviation of this one is 5.2 ms.
  EXPECT_NEAR(sum / late, 1'100'000'000, 26'000'000);
}

PacketName Named(const char* text) { return *ParsePacketName(text); }

TEST(DecisionsTest, APacketsAnswerDependsOnItsNameAlone) {
  const PacketName put = Named("Put 1.7 #0");
  const PacketName other = Named("Put 1.6 #0");
  std::vector<std::vector<bool>> runs;
  for (const bool has_other : {false, true}) {
    std::vector<bool>& run = runs.emplace_back();
    for (uint64_t seed = 0; seed < 50; ++seed) {
      Decisions decisions{Seed(seed)};
      DecisionStream loss = decisions.Open("a->b", Purpose::kRequestLoss);
      if (has_other) decisions.DecideFault(loss, PlaceOf(other), kOneInThree);
      run.push_back(decisions.DecideFault(loss, PlaceOf(put), kOneInThree));
    }
  }
  EXPECT_EQ(runs[0], runs[1]);
  EXPECT_THAT(runs[0], testing::Contains(true));
  EXPECT_THAT(runs[0], testing::Contains(false));
}

TEST(DecisionsTest, RecordsAndFollowsPacketsByTheirNames) {
  const Decision lost{"a->b", "request-loss", 0, 1, "Put 1.7 #0"};
  Decisions decisions(Seed(1));
  decisions.Follow(CalmBut({lost}));
  decisions.Record();
  DecisionStream loss = decisions.Open("a->b", Purpose::kRequestLoss);
  for (const char* name : {"Put 1.6 #0", "Put 1.7 #0", "Put 1.7 #1"}) {
    EXPECT_EQ(decisions.DecideFault(loss, PlaceOf(Named(name)), kOneInThree),
              name == lost.packet);
  }
  EXPECT_THAT(decisions.recorded(), ElementsAre(lost));
  EXPECT_THAT(decisions.Unused(), IsEmpty());
}

TEST(DecisionsTest, EditsOfVersionOnePlacePacketsByTheirIndex) {
  Decisions decisions(Seed(1));
  decisions.Follow(CalmBut({{"a->b", "request-loss", 1, 1}}));
  DecisionStream loss = decisions.Open("a->b", Purpose::kRequestLoss);
  std::vector<bool> lost;
  for (const char* name : {"Put 1.6 #0", "Put 1.7 #0", "Put 1.7 #1"}) {
    lost.push_back(
        decisions.DecideFault(loss, PlaceOf(Named(name)), kOneInThree));
  }
  EXPECT_THAT(lost, ElementsAre(false, true, false));
}

TEST(DecisionsTest, EditsOverrideTheSeedAndLeaveTheRest) {
  Decisions plain(Seed(1));
  DecisionStream a = plain.Open("a->b", Purpose::kRequestLoss);
  std::vector<bool> expected = Faults(plain, a, 100);
  expected[7] = !expected[7];
  Decisions edited(Seed(1));
  edited.Follow(
      {.schedule = {{"a->b", "request-loss", 7, expected[7] ? 1u : 0u}}});
  DecisionStream b = edited.Open("a->b", Purpose::kRequestLoss);
  EXPECT_EQ(Faults(edited, b, 100), expected);
}

TEST(DecisionsTest, AnEditThatIsAskedForAgainIsRecordedOnce) {
  Decisions decisions(Seed(1));
  const Schedule edits = {{"client 3", "client-left-out", 0, 1}};
  decisions.Follow({.schedule = edits});
  decisions.Record();
  for (int loop = 0; loop < 2; ++loop) {
    DecisionStream edit = decisions.Open("client 3", Purpose::kClientLeftOut);
    EXPECT_EQ(decisions.DecideEdit(edit, 0), 1u);
  }
  EXPECT_EQ(decisions.recorded(), edits);
}

TEST(DecisionsTest, OrdinaryDelaysAreCountedApartFromLateOnes) {
  Decisions decisions(Seed(1));
  decisions.Follow({.schedule = {{"a->b", "request-delay", 0, 70'000},
                                 {"a->b", "request-delay", 1, 90'000}}});
  decisions.Record();
  DecisionStream delay = decisions.Open("a->b", Purpose::kRequestDelay);
  const DelayOptions options{.maximum = Microseconds(80)};
  decisions.DecideDelay(delay, options);
  decisions.DecideDelay(delay, options);
  EXPECT_EQ(decisions.recorded().size(), 2u);
  EXPECT_EQ(decisions.ordinary_delays(), 1u);
}

TEST(DecisionsTest, AReseedAnswersWhateverTheBase) {
  const auto after_reseed = [](Base base, uint64_t seed) {
    Decisions decisions(Seed(1));
    decisions.Follow({.base = base});
    DecisionStream loss = decisions.Open("a->b", Purpose::kRequestLoss);
    Faults(decisions, loss, 10);
    decisions.Reseed({.seed = Seed(seed)});
    return Faults(decisions, loss, 100);
  };
  EXPECT_EQ(after_reseed(Base::kCalm, 2), after_reseed(Base::kSeed, 2));
  EXPECT_NE(after_reseed(Base::kCalm, 2), after_reseed(Base::kCalm, 3));
  EXPECT_THAT(after_reseed(Base::kCalm, 2), testing::Contains(true));
}

}  // namespace
}  // namespace reprise
