#include "reprise/sim/explore/trial/replay_file.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

using testing::AllOf;
using testing::HasSubstr;

ReplayFile Example() {
  return {
      .scenario = "lab-random-keys",
      .bug = "put-not-deduplicated",
      .timeline = {.seed = Seed(std::numeric_limits<uint64_t>::max()),
                   .options = {{"clients", 5}, {"skew", -3}},
                   .edits = {.base = Base::kCalm,
                             .reseeds = {{VirtualTime::Seconds(2), Seed(9)}},
                             .schedule = {{"clerk-1->server", "clog", 12, 1},
                                          {"clerk-1->server", "request-delay",
                                           0, 61'234, "Put 1.7 #0"},
                                          {"world", "partition-shape", 3, 0, "",
                                           "{a b} | {c}"}}}},
      .expected = ExpectedResult{.verdict = VerdictKind::kViolated,
                                 .property = "linearizability",
                                 .message = "key \"2\":\nread \\ twice",
                                 .digest = 0x00ab'cdef'0123'4567,
                                 .digests = {{8, 0x1f}, {12, 0xab}}}};
}

std::string ErrorOf(std::string_view text) {
  const absl::StatusOr<ReplayFile> file = ParseReplayFile("a.json", text);
  EXPECT_TRUE(file.ok() || absl::IsInvalidArgument(file.status()));
  return file.ok() ? "no error" : std::string(file.status().message());
}

TEST(ReplayFileTest, ReadsWhatItWrote) {
  const absl::StatusOr<ReplayFile> read =
      ParseReplayFile("a.json", FormatReplayFile(Example()));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, Example());
}

TEST(ReplayFileTest, KeepsTheTurningPoint) {
  ReplayFile file = Example();
  file.expected->turning_point = {57, VirtualTime::Milliseconds(31), 158, 160};
  const std::string text = FormatReplayFile(file);
  EXPECT_THAT(text, HasSubstr(R"(,
    "turning_point": {"event": 57, "virtual_nanoseconds": 31000000, )"
                              R"("failures": 158, "trials": 160}
  })"));
  const absl::StatusOr<ReplayFile> read = ParseReplayFile("a.json", text);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, file);
  EXPECT_THAT(ErrorOf(absl::StrReplaceAll(text, {{"158", "161"}})),
              HasSubstr("no more failures than trials"));
  EXPECT_THAT(ErrorOf(absl::StrReplaceAll(text, {{"\"trials\"", "\"tries\""}})),
              HasSubstr("unknown field \"tries\""));
}

TEST(ReplayFileTest, AReseedMayDrawFaultsAlone) {
  ReplayFile file = Example();
  file.timeline.edits.reseeds.front().has_calm_delays = true;
  const std::string text = FormatReplayFile(file);
  EXPECT_THAT(text, HasSubstr("[[2000000000, 9, \"calm-delays\"]]"));
  const absl::StatusOr<ReplayFile> read = ParseReplayFile("a.json", text);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, file);
  EXPECT_THAT(ErrorOf(absl::StrReplaceAll(text, {{"calm-delays", "calm"}})),
              HasSubstr("[nanoseconds, seed, \"calm-delays\"]"));
}

TEST(ReplayFileTest, LooksAsItsHeaderSays) {
  EXPECT_EQ(FormatReplayFile(Example()), R"({
  "format": "reprise-replay",
  "version": 2,
  "scenario": "lab-random-keys",
  "bug": "put-not-deduplicated",
  "seed": 18446744073709551615,
  "options": {"clients": 5, "skew": -3},
  "expected": {
    "verdict": "violated",
    "property": "linearizability",
    "message": "key \"2\":\nread \\ twice",
    "digest": "00abcdef01234567",
    "digests": [[8, "000000000000001f"], [12, "00000000000000ab"]]
  },
  "base": "calm",
  "reseeds": [[2000000000, 9]],
  "schedule": [
    ["clerk-1->server", "clog", 12, 1],
    ["clerk-1->server", "request-delay", "Put 1.7 #0", 61234],
    ["world", "partition-shape", 3, "{a b} | {c}"]
  ]
}
)");
}

TEST(ReplayFileTest, SaysInOneLineWhatIsLeftOutInARow) {
  ReplayFile file = Example();
  Schedule& schedule = file.timeline.edits.schedule;
  schedule.clear();
  for (uint64_t i = 3; i < 10'000; ++i) {
    schedule.push_back({"client 1", "operation-left-out", i, 1});
  }
  const std::string text = FormatReplayFile(file);
  EXPECT_THAT(text, HasSubstr("\"version\": 3,"));
  EXPECT_THAT(text, HasSubstr("\"schedule\": [\n    [\"client 1\", "
                              "\"operation-left-out\", [3, 9999], 1]\n  ]"));
  const absl::StatusOr<ReplayFile> read = ParseReplayFile("a.json", text);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, file);
}

TEST(ReplayFileTest, RefusesARangeOverADecisionThatIsThere) {
  const std::string text = absl::StrReplaceAll(
      FormatReplayFile(Example()),
      {{"[\"world\", \"partition-shape\", 3, \"{a b} | {c}\"]",
        "[\"clerk-1->server\", \"clog\", [11, 13], 1]"}});
  EXPECT_EQ(ErrorOf(text),
            "a.json: line 20: decision 3 of \"schedule\", "
            "clerk-1->server:clog:12, is there already.");
}

TEST(ReplayFileTest, NeedsOnlyScenarioAndSeed) {
  const absl::StatusOr<ReplayFile> file = ParseReplayFile("a.json", R"({
    "format": "reprise-replay", "version": 1, "scenario": "s", "seed": 7})");
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(*file,
            (ReplayFile{.scenario = "s", .timeline = {.seed = Seed(7)}}));
}

TEST(ReplayFileTest, AScheduleOfVersionOneIsAllThereIs) {
  const absl::StatusOr<ReplayFile> read = ParseReplayFile("a.json", R"({
    "format": "reprise-replay", "version": 1, "scenario": "s", "seed": 7,
    "schedule": []})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->timeline.edits.base, Base::kCalm);
}

TEST(ReplayFileTest, APartitionOfVersionOneWithoutAShapeIsDrawnFromZero) {
  const absl::StatusOr<ReplayFile> read = ParseReplayFile("a.json", R"({
    "format": "reprise-replay", "version": 1, "scenario": "s", "seed": 7,
    "schedule": [["world", "partition", 3, 50], ["world", "partition", 4, 50],
                 ["world", "partition-shape", 4, 17],
                 ["script", "partition", 0, 50]]})");
  ASSERT_TRUE(read.ok()) << read.status();
  const Schedule& schedule = read->timeline.edits.schedule;
  ASSERT_EQ(schedule.size(), 5u);
  EXPECT_EQ(schedule.back(), (Decision{"world", "partition-shape", 3, 0}));
}

TEST(ReplayFileTest, NamesTheLineOfWordsThatItCannotRead) {
  const std::string text = absl::StrReplaceAll(FormatReplayFile(Example()),
                                               {{"{a b} | {c}", "{a b} | "}});
  EXPECT_THAT(ErrorOf(text),
              AllOf(HasSubstr("a.json: line 20: decision 3 of \"schedule\": "
                              "world:partition-shape:3 is \"{a b} | \", "
                              "expected what is cut, such as "),
                    HasSubstr(": expected the name of a node, found the "
                              "end.")));
}

TEST(ReplayFileTest, RefusesForeignFiles) {
  for (const std::string_view text : {"", "{", "[]", "{}", "17", "\xff\xfe",
                                      R"({"format": "har"})", "null"}) {
    EXPECT_THAT(ErrorOf(text), HasSubstr("a.json: not ")) << text;
  }
}

TEST(ReplayFileTest, NamesTheLineThatIsNotJson) {
  const std::string text = absl::StrReplaceAll(
      FormatReplayFile(Example()), {{"\"bug\": ", "\"bug\": oops "}});
  EXPECT_EQ(ErrorOf(text), "a.json: not JSON from line 5 on.");
  EXPECT_EQ(ErrorOf("{\"format\":"), "a.json: not JSON, or cut short.");
}

TEST(ReplayFileTest, RefusesADecisionThatIsThereTwice) {
  ReplayFile file = Example();
  file.timeline.edits.schedule.push_back(file.timeline.edits.schedule.front());
  EXPECT_EQ(ErrorOf(FormatReplayFile(file)),
            "a.json: line 21: decision 4 of \"schedule\", "
            "clerk-1->server:clog:12, is there already.");
}

TEST(ReplayFileTest, RefusesEachTruncation) {
  const std::string text = FormatReplayFile(Example());
  for (size_t size = 0; size + 2 < text.size(); ++size) {
    EXPECT_NE(ErrorOf(text.substr(0, size)), "no error") << size;
  }
}

TEST(ReplayFileTest, RefusesNewerVersions) {
  const std::string text = absl::StrReplaceAll(
      FormatReplayFile(Example()), {{"\"version\": 2", "\"version\": 4"}});
  EXPECT_EQ(ErrorOf(text),
            "a.json: version 4 is newer than this program, which reads "
            "versions up to 3.");
}

TEST(ReplayFileTest, SaysWhatIsWrongWithAField) {
  const std::vector<std::pair<std::string, std::string>> damages = {
      {"\"version\": 2", "\"version\": \"1\""},
      {"\"version\": 2", "\"version\": 0"},
      {"\"scenario\": \"lab-random-keys\"", "\"scenario\": 5"},
      {"\"bug\": \"put-not-deduplicated\"", "\"bug\": null"},
      {"\"seed\": 18446744073709551615", "\"seed\": 18446744073709551616"},
      {"\"seed\": 18446744073709551615", "\"seed\": -1"},
      {"\"clients\": 5", "\"clients\": 5.5"},
      {"\"clients\": 5", "\"clients\": 9223372036854775808"},
      {"\"verdict\": \"violated\"", "\"verdict\": \"broken\""},
      {"00abcdef01234567", "0xabcdef01234567"},
      {"00abcdef01234567", "abc"},
      {"\"clog\", 12, 1", "\"clog\", 12"},
      {"\"clog\", 12, 1", "\"clog\", -12, 1"},
      {"\"clog\", 12, 1", "\"clog\", \"Put 1.7 #0\", 1"},
      {"\"clog\", 12, 1", "\"clog\", 12, \"{a} | {b}\""},
      {"{a b} | {c}", "{a b}"},
      {"{a b} | {c}", ""},
      {"{a b} | {c}", "{a b} | {c a}"},
      {"[[8, ", "[[12, "},
      {"[[8, ", "[[0, "},
      {"[[8, ", "[[\"8\", "},
      {"000000000000001f", "1f"},
      {"[[8, \"000000000000001f\"], [12, \"00000000000000ab\"]]", "[8]"},
      {"[[8, \"000000000000001f\"], [12, \"00000000000000ab\"]]", "8"},
      {"\"Put 1.7 #0\"", "\"Put 1.7\""},
      {"\"calm\"", "\"clam\""},
      {"\"calm\"", "1"},
      {"[[2000000000, 9]]", "[2000000000, 9]"},
      {"[[2000000000, 9]]", "[[2000000000, 9], [2000000000, 8]]"},
      {"[[2000000000, 9]]", "[[-1, 9]]"},
      {"\"seed\":", "\"sed\":"},
      {"\"property\":", "\"proprty\":"},
  };
  for (const auto& [from, to] : damages) {
    const std::string text =
        absl::StrReplaceAll(FormatReplayFile(Example()), {{from, to}});
    EXPECT_THAT(ErrorOf(text), HasSubstr("a.json: ")) << to;
  }
}

TEST(ReplayFileTest, NamesADecisionThatItCannotRead) {
  const std::string text = absl::StrReplaceAll(
      FormatReplayFile(Example()),
      {{"\"request-delay\", \"Put 1.7 #0\",", "\"request-delay\", null,"}});
  EXPECT_EQ(ErrorOf(text),
            "a.json: line 19: decision 2 of \"schedule\" is not [\"entity\", "
            "\"purpose\", index, [first, last] or \"packet\", value or "
            "\"words\"].");
}

// The error of a file whose second decision is this one.
std::string ErrorOfDecision(std::string_view entity, std::string_view purpose,
                            uint64_t value) {
  ReplayFile file = Example();
  file.timeline.edits.schedule[1] = {std::string(entity), std::string(purpose),
                                     13, value};
  return ErrorOf(FormatReplayFile(file));
}

TEST(ReplayFileTest, RefusesWhatAPurposesUnitDoesNotAllow) {
  EXPECT_EQ(
      ErrorOfDecision("a->b", "reply-loss", 7),
      "a.json: line 19: decision 2 of \"schedule\": a->b:reply-loss:13 is "
      "7, expected 0 or 1.");
  EXPECT_EQ(ErrorOfDecision("script", "cut", uint64_t{1} << 63),
            "a.json: line 19: decision 2 of \"schedule\": script:cut:13 is "
            "9223372036854775808, expected nanoseconds from 0 to "
            "9223372036854775807.");
  EXPECT_EQ(ErrorOfDecision("a->b", "reply-loss", 1), "no error");
  EXPECT_EQ(ErrorOfDecision("script", "cut", INT64_MAX), "no error");
}

TEST(ReplayFileTest, RefusesAPurposeThatDoesNotExist) {
  EXPECT_THAT(
      ErrorOfDecision("a->b", "reqest-loss", 1),
      AllOf(HasSubstr("line 19: decision 2 of \"schedule\": unknown "
                      "purpose \"reqest-loss\"; did you mean "
                      "request-loss? There are: request-delay, "),
            HasSubstr(", site-NAME, task-passed, task-forgotten, cut, ")));
}

TEST(ReplayFileTest, NamesAndMessagesMayHoldAnyBytes) {
  ReplayFile file = Example();
  file.expected->property = "\xfe\n";
  file.expected->message = "key \"\xff\"";
  file.timeline.edits.schedule = {
      {"s\xff->c", "request-delay", 0, 7, "add\xc3 1.7 #0"},
      {"s\xff", "site-\x80", 1, 1}};
  const absl::StatusOr<ReplayFile> read =
      ParseReplayFile("a.json", FormatReplayFile(file));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, file);
}

TEST(ReplayFileTest, IsNamedAfterItsTrial) {
  EXPECT_EQ(ReplayFileName("lab-basic", {}, Seed(7)), "lab-basic-7.json");
  EXPECT_EQ(ReplayFileName("lab-basic", {.bug = "stale"}, Seed(7)),
            "lab-basic-stale-7.json");
  EXPECT_EQ(
      ReplayFileName("lab-basic",
                     {.bug = "stale", .options = {{"clients", 3}, {"keys", 1}}},
                     Seed(7)),
      "lab-basic-stale-clients=3-keys=1-7.json");
}

TEST(ReplayFileTest, GoesThroughADisk) {
  const std::string path = testing::TempDir() + "/replay_file_test.json";
  ASSERT_TRUE(WriteReplayFile(path, Example()).ok());
  const absl::StatusOr<ReplayFile> read = ReadReplayFile(path);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, Example());
  EXPECT_FALSE(std::filesystem::exists(path + ".unfinished"));
}

TEST(ReplayFileTest, NamesAFileThatCannotBeRead) {
  const absl::Status missing = ReadReplayFile("/nowhere/a.json").status();
  EXPECT_EQ(missing.message(),
            "/nowhere/a.json: cannot be read: No such file or directory.");
  EXPECT_THAT(ReadReplayFile(testing::TempDir()).status().message(),
              HasSubstr("a folder"));
  EXPECT_THAT(WriteReplayFile("/nowhere/a.json", Example()).message(),
              HasSubstr("/nowhere/a.json"));
}

TEST(ReplayFileTest, SaysWhyAFileCannotBeWritten) {
  EXPECT_EQ(WriteReplayFile("/nowhere/a.json", Example()).message(),
            "/nowhere/a.json: cannot be written: No such file or directory.");
  const std::string long_name = testing::TempDir() + std::string(300, 'x');
  EXPECT_THAT(WriteReplayFile(long_name, Example()).message(),
              HasSubstr("cannot be written: File name too long."));
}

TEST(ReplayFileTest, AProbeFindsOutBeforeAndLeavesNothing) {
  EXPECT_EQ(ProbeReplayFile("/nowhere/a.json").message(),
            "/nowhere/a.json: cannot be written: No such file or directory.");
  EXPECT_THAT(ProbeReplayFile(testing::TempDir()).message(),
              HasSubstr("it is a folder"));
  const std::string path = testing::TempDir() + "/probed.json";
  EXPECT_TRUE(ProbeReplayFile(path).ok());
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_FALSE(std::filesystem::exists(path + ".unfinished"));
}

TEST(ReplayFileTest, RefusesAKeyThatIsGivenTwice) {
  const std::string text = absl::StrReplaceAll(
      FormatReplayFile(Example()), {{"\"bug\"", "\"seed\": 2,\n  \"bug\""}});
  EXPECT_EQ(ParseReplayFile("a.json", text).status().message(),
            "a.json: \"seed\" is given twice, in line 5 and in line 7.");
}

TEST(ReplayFileTest, EchoesNoNameWhole) {
  const std::string text = absl::StrReplaceAll(
      FormatReplayFile(Example()), {{"\"bug\"", std::string(1'000'000, 'x')}});
  const std::string unknown =
      absl::StrCat("{\"format\": \"reprise-replay\", \"version\": 1, \"",
                   std::string(1'000'000, 'x'), "\": 1}");
  EXPECT_LT(ParseReplayFile("a.json", text).status().message().size(), 1000u);
  EXPECT_LT(ParseReplayFile("a.json", unknown).status().message().size(),
            1000u);
}

}  // namespace
}  // namespace reprise
