// tidy: allow-file(words) planted texts that break the rules
#include "tools/tidy/tidy.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> RulesBroken(const std::string& path,
                                     const std::string& text) {
  std::vector<std::string> rules;
  for (const Finding& finding : CheckText(path, text)) {
    rules.push_back(finding.rule);
  }
  return rules;
}

std::string Repeat(int count, const std::string& line) {
  std::string text;
  for (int i = 0; i < count; ++i) text += line;
  return text;
}

struct Planted {
  std::string rule;
  std::string path;
  std::string text;
};

// Each line breaks its rule and no other.
std::vector<Planted> PlantedCalls() {
  return {
      {"argument-order", "kv/a.cc",
       "  Keep(words.empty() ? word : 0, std::move(words));"},
      {"argument-order", "tools/a.cc",
       "  F(Wrapped(std::move(text)),\n    text.size());"},
      {"wall-clock", "tests/a_test.cc",
       "  f(std::chrono::system_clock::now());"},
      {"wall-clock", "sim/explore/trial/a.cc", "  return absl::Now();"},
      {"wall-clock", "kv/a.cc", "  return time(nullptr);"},
      {"sleep", "checker/a.cc", "  absl::SleepFor(delay);"},
      {"sleep", "sim/core/a.cc", "  usleep(5);"},
      {"sleep", "tests/a_test.cc", "  std::this_thread::sleep_for(delay);"},
      {"random", "kv/a.cc", "  std::random_device device;"},
      {"random", "tests/a.cc",
       "  std::uniform_int_distribution<int> draw(1, 6);"},
      {"random", "sim/world/a.cc", "  std::shuffle(begin, end, generator);"},
      {"random", "sim/core/a.cc", "  absl::BitGen generator;"},
      {"random", "sim/core/a.cc", "  return rand() % 6;"},
      {"hash", "sim/trace/a.cc", "  return std::hash<int>()(value);"},
      {"hash", "checker/a.cc", "  return absl::HashOf(value);"},
      {"hash-map", "sim/world/a.h.cc", "  std::unordered_map<int, int> links;"},
      {"hash-map", "kv/a.cc", "  absl::flat_hash_set<int> seen;"},
      {"environment", "sim/explore/trial/a.cc", "  return std::getenv(name);"},
      {"locale", "tools/a.cc", "  stream.imbue(std::locale());"},
      {"float", "sim/core/a.cc", "  double loss = 0.1;"},
      {"float", "sim/world/a.cc", "  float loss = 0;"},
      {"thread", "kv/a.cc", "  absl::MutexLock lock(&absl::Mutex);"},
      {"thread", "sim/world/a.cc", "  std::thread thread(run);"},
      {"thread", "checker/a.cc", "  std::shared_mutex mutex;"},
      {"global", "sim/core/a.cc", "thread_local Task* task = nullptr;"},
      {"global", "kv/a.cc", "  static int calls = 0;"},
      {"global", "tests/a.cc", "std::vector<int> seen;"},
      {"global", "sim/explore/trial/a.cc",
       "volatile sig_atomic_t stopped = 0;"},
      {"catch-all", "tests/a_test.cc", "  } catch (...) {"},
      {"throw", "kv/a.cc", "  throw 1;"},
      {"assert", "kv/a.cc", "  assert(value > 0);"},
      {"using-namespace", "kv/a.cc", "using namespace std;"},
      {"shared-ptr", "sim/world/a.cc", "  std::shared_ptr<Node> node;"},
  };
}

std::vector<Planted> PlantedIncludes() {
  return {
      {"include", "sim/core/a.cc", "#include \"reprise/sim/world/world.h\""},
      {"include", "sim/trace/a.cc", "#include \"reprise/sim/env/env.h\""},
      {"include", "sim/world/a.cc",
       "#include \"reprise/checker/history/history.h\""},
      {"include", "sim/world/a_test.cc",
       "#include \"reprise/sim/explore/trial/trial.h\""},
      {"include", "sim/env/a.cc", "#include \"reprise/sim/core/scheduler.h\""},
      {"include", "kv/a.cc", "#include \"reprise/sim/world/node.h\""},
      {"include", "kv/a.cc", "#include \"reprise/sim/core/fiber.h\""},
      {"include", "kv/a.cc", "#include \"reprise/kv/env_testing.h\""},
      {"include", "kv/a.cc", "#include <thread>"},
      {"include", "kv/a.cc", "#include <sys/socket.h>"},
      {"include", "kv/a.cc", "#include \"nlohmann/json.hpp\""},
      {"include", "checker/a.cc", "#include \"reprise/sim/core/time.h\""},
      {"include", "checker/a.cc", "#include <nlohmann/json.hpp>"},
      {"include", "checker/a.cc", "#include \"gtest/gtest.h\""},
      {"include", "checker/a_test.cc", "#include \"benchmark/benchmark.h\""},
      {"include", "sim/world/a.cc", "#include <boost/context/fiber.hpp>"},
      {"include", "sim/explore/trial/a.cc", "#include \"reprise/kv/server.h\""},
      {"include", "sim/explore/trial/a.cc",
       "#include \"reprise/sim/explore/sweep/sweep.h\""},
      {"include", "checker/history/a.cc",
       "#include \"reprise/checker/key_value/parse.h\""},
      {"include", "sim/core/a.cc", "#include \"sim/core/time.h\""},
      {"include", "text/a.cc", "#include \"reprise/sim/core/time.h\""},
      {"include", "tests/scenarios/a.cc", "#include \"tests/bugs/bugs.h\""},
      {"include", "tests/a.cc", "#include \"absl/random/random.h\""},
      {"include", "checker/a.cc", "#include \"history.h\""},
      {"include", "checker/a.cc", "#include \"reprise/reprise.h\""},
      {"include", "reprise/env.h",
       "// A.\n#ifndef REPRISE_ENV_H_\n#define REPRISE_ENV_H_\n"
       "#include \"reprise/sim/world/world.h\""},
      {"include", "stray/a.cc", "int main() {}"},
  };
}

std::vector<Planted> PlantedLayout() {
  const std::string guarded =
      "// A: what it is.\n#ifndef REPRISE_KV_A_H_\n#define REPRISE_KV_A_H_\n";
  return {
      {"file-length", "kv/a.cc", Repeat(401, "\n")},
      {"file-length", "kv/a.h", guarded + Repeat(250, "\n")},
      {"line-length", "kv/a.cc", "// " + std::string(78, 'x')},
      {"line-length", "tools/a.sh", "# " + std::string(79, 'x')},
      {"function-length", "kv/a.cc",
       "int F(int a,\n      int b) {\n" + Repeat(69, "  a += b;\n") + "}"},
      {"function-length", "kv/a.cc",
       "class A {\n  void F() {\n" + Repeat(69, "    G();\n") + "  }\n};"},
      {"header-opening", "kv/a.h",
       "#ifndef REPRISE_KV_A_H_\n#define REPRISE_KV_A_H_\n#endif"},
      {"header-guard", "kv/a.h", "// A.\n#ifndef A_H_\n#define A_H_\n#endif"},
      {"header-guard", "kv/a.h", "// A.\n#pragma once"},
      {"macro", "kv/a.h", guarded + "#define KV_MAX 3\n#endif"},
      {"words", "kv/a.cc", "// TODO: more"},
      {"words", "docs/a.md", "See /work/main."},
      {"words", "tools/a.sh", "# as issue 3 asks"},
      {"one-header", "kv/BUILD.bazel",
       "unit(\n    name = \"a\",\n    hdrs = [\n        \"a.h\",\n"
       "        \"b.h\",\n    ],\n)"},
      {"unit", "kv/BUILD.bazel",
       "cc_library(\n    name = \"a\",\n    hdrs = [\"a.h\"],\n)"},
      {"test-size", "kv/BUILD.bazel", "cc_test(\n    name = \"a_test\",\n)"},
      {"visibility", "kv/BUILD.bazel",
       "package(default_visibility = [\"//visibility:public\"])"},
  };
}

std::vector<Planted> AllPlanted() {
  std::vector<Planted> all = PlantedCalls();
  for (const auto& more : {PlantedIncludes(), PlantedLayout()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

TEST(TidyTest, FindsEachPlantedText) {
  for (const Planted& planted : AllPlanted()) {
    EXPECT_THAT(RulesBroken(planted.path, planted.text),
                ElementsAre(planted.rule))
        << planted.path << ": " << planted.text;
  }
}

TEST(TidyTest, HasAPlantedTextForEachRule) {
  std::set<std::string> planted;
  for (const Planted& text : AllPlanted()) planted.insert(text.rule);
  const std::vector<std::string> rules = RuleNames();
  EXPECT_EQ(planted, std::set<std::string>(rules.begin(), rules.end()));
}

TEST(TidyTest, AcceptsWhatOnlyLooksLikeABrokenRule) {
  const std::vector<Planted> innocent = {
      {"", "kv/a.cc", "  F(std::move(text), texts, a.text);"},
      {"", "kv/a.cc", "  F({text.size(), std::move(text)});"},
      {"", "kv/a.cc", "  if (text.empty()) F(size, std::move(text));"},
      {"", "kv/a.cc", "// absl::Now() and throw and assert(x)"},
      {"", "kv/a.cc", "  Print(\"throw // std::hash\");"},
      {"", "kv/a.cc", "  Print(R\"(\n  throw\n)\");"},
      {"", "kv/a.cc", "  /* throw\n  throw */"},
      {"", "kv/a.cc", "  int n = 1'000; Print('\"'); int throwing;"},
      {"", "kv/a.cc", "  static_assert(sizeof(int) == 4);"},
      {"", "kv/a.cc", "  env.clock().sleep(delay);"},
      {"", "kv/a.cc", "constexpr int kLimit = 3;\nusing Bytes = std::string;"},
      {"", "kv/a.cc", "  static const int limit = 3;"},
      {"", "kv/a.cc", "  static Clerk Make();"},
      {"", "kv/a_test.cc", "#include \"gmock/gmock.h\""},
      {"", "kv/a_test.cc", "#include \"reprise/kv/env_testing.h\""},
      {"", "kv/a.cc", "#include \"reprise/sim/env/env.h\""},
      {"", "kv/a.cc", "#include \"reprise/sim/core/time.h\""},
      {"", "kv/a_benchmark.cc", "#include \"benchmark/benchmark.h\""},
      {"", "checker/formats/a.cc", "#include \"nlohmann/json.hpp\""},
      {"", "sim/core/a_test.cc", "  double share = 0.5;"},
      {"", "sim/core/context.cc", "  static thread_local Holder holder;"},
      {"", "sim/explore/isolation/wall_clock.cc", "  return absl::Now();"},
      {"", "tools/a.cc", "  return std::chrono::steady_clock::now();"},
      {"", "kv/a.cc", "void F() {\n" + Repeat(68, "  G();\n") + "}"},
      {"", "kv/a.cc", "namespace a {\n" + Repeat(99, "\n") + "}  // namespace"},
      {"", "kv/a.cc", "// " + Repeat(77, "·")},
      {"", "kv/BUILD.bazel",
       "unit(\n    name = \"a\",\n    srcs = [\"b.cc\"],\n)"},
      {"", "docs/history.json", "TODO"},
  };
  for (const Planted& text : innocent) {
    EXPECT_THAT(RulesBroken(text.path, text.text), IsEmpty())
        << text.path << ": " << text.text;
  }
}

TEST(TidyTest, NamesLineAndReason) {
  const Findings findings = CheckText("kv/a.cc", "int F();\n\n  throw 1;\n");
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].line, 3);
  EXPECT_THAT(findings[0].message, HasSubstr("absl::Status"));
}

TEST(MarkTest, AllowsItsLine) {
  EXPECT_THAT(RulesBroken("kv/a.cc",
                          "  throw 1;  // tidy: allow(throw) a planted leak"),
              IsEmpty());
}

TEST(MarkTest, AllowsTheNextLineOfCode) {
  const std::string mark =
      "  // tidy: allow(throw, catch-all) a planted leak\n  // of two lines\n";
  EXPECT_THAT(RulesBroken("kv/a.cc", mark + "  catch (...) { throw; }"),
              IsEmpty());
  EXPECT_THAT(
      RulesBroken("kv/a.cc", mark + "  catch (...) { throw; }\n  throw;"),
      ElementsAre("throw"));
}

TEST(MarkTest, AllowsAWholeFile) {
  EXPECT_THAT(RulesBroken("kv/a.cc",
                          "// tidy: allow-file(throw) a planted leak\n"
                          "  throw 1;\n  throw 2;\n"),
              IsEmpty());
}

TEST(MarkTest, WorksInShellAndBuildFiles) {
  EXPECT_THAT(RulesBroken("tools/a.sh",
                          "# tidy: allow(words) a planted\n# one\n\nFIXME=1"),
              IsEmpty());
}

TEST(MarkTest, NeedsAReason) {
  EXPECT_THAT(RulesBroken("kv/a.cc", "  throw 1;  // tidy: allow(throw)"),
              ElementsAre("mark"));
}

TEST(MarkTest, NeedsAKnownRule) {
  EXPECT_THAT(
      RulesBroken("kv/a.cc", "  throw 1;  // tidy: allow(throws) a leak"),
      ElementsAre("mark", "throw"));
}

TEST(MarkTest, NeedsSomethingToAllow) {
  EXPECT_THAT(RulesBroken("kv/a.cc", "  F();  // tidy: allow(throw) a leak"),
              ElementsAre("mark"));
}

TEST(TreeRulesTest, FindsAFileThatNothingBuilds) {
  const Tree tree = {
      {"kv/BUILD.bazel", "NAMES = [\"stem\"] + [\"whole.cc\"]"},
      {"kv/stem.cc", ""},
      {"kv/whole.cc", ""},
      {"kv/forgotten_test.cc", ""},
  };
  EXPECT_THAT(CheckTree(tree),
              ElementsAre(HasSubstr("kv/forgotten_test.cc:0: unbuilt")));
}

TEST(TreeRulesTest, PrintsPathLineRuleAndMessage) {
  const Tree tree = {{"docs/a.md", "one\nTODO\n"}};
  EXPECT_THAT(CheckTree(tree),
              ElementsAre("docs/a.md:2: words: the word TODO"));
}

}  // namespace
}  // namespace reprise::tidy
