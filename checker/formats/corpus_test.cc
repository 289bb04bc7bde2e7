// The corpora of the fuzzers and many mutations of them: each is refused with
// an explanation or survives being written and read again.
//
//   bazel test //checker/formats:corpus_test --test_arg=--mutations=100000

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/formats/format.h"
#include "reprise/checker/formats/fuzz_one.h"
#include "reprise/checker/testing/random.h"

namespace reprise::checker {
namespace {

struct Sample {
  Format format;
  std::string text;
};

struct Settings {
  int64_t mutations = 3000;
  std::vector<Sample> samples;
};

Settings& GetSettings() {
  static Settings settings;  // tidy: allow(global) set by main from arguments
  return settings;
}

// Changes, cuts, doubles or joins what is there, in a few places.
std::string Mutate(std::string text, const std::string& other, Random& random) {
  static constexpr char kNasty[] = "\"\\{}[]:,-0193\n\r \x80\xff#;()nul";
  for (uint64_t left = 1 + random.Below(3); left > 0; --left) {
    const size_t at = random.Below(text.size() + 1);
    const size_t size = random.Below(12);
    switch (random.Below(6)) {
      case 0:
        text.erase(at, size);
        break;
      case 1:
        text.insert(at, text.substr(random.Below(text.size() + 1), size));
        break;
      case 2:
        text.insert(at, 1, kNasty[random.Below(sizeof(kNasty) - 1)]);
        break;
      case 3:
        if (at < text.size()) text[at] = static_cast<char>(random.Next());
        break;
      case 4:
        if (at < text.size() && text[at] >= '0' && text[at] <= '9') {
          text[at] = static_cast<char>('0' + random.Below(10));
        }
        break;
      default: {
        const size_t line = other.find('\n', random.Below(other.size() + 1));
        if (line != other.npos) text.insert(at, other.substr(line, 60));
      }
    }
  }
  return text;
}

TEST(CorpusTest, EachSampleIsRefusedOrSurvives) {
  ASSERT_FALSE(GetSettings().samples.empty());
  for (const Sample& sample : GetSettings().samples) {
    for (Format format : kFormats) FuzzOne(sample.text, format);
  }
}

TEST(CorpusTest, EachMutationIsRefusedOrSurvives) {
  const std::vector<Sample>& samples = GetSettings().samples;
  ASSERT_FALSE(samples.empty());
  Random random(/*seed=*/5);
  std::map<Format, int64_t> accepted;
  std::map<Format, int64_t> refused;
  for (int64_t left = GetSettings().mutations; left > 0; --left) {
    const Sample& sample = samples[random.Below(samples.size())];
    const Sample& other = samples[random.Below(samples.size())];
    const std::string text = Mutate(sample.text, other.text, random);
    ++(FuzzOne(text, sample.format) == FuzzResult::kAccepted
           ? accepted
           : refused)[sample.format];
  }
  // Neither may be rare, or the test shows little.
  for (Format format : kFormats) {
    const int64_t total = accepted[format] + refused[format];
    EXPECT_GT(accepted[format] * 20, total) << FormatName(format);
    EXPECT_GT(refused[format] * 20, total) << FormatName(format);
  }
}

}  // namespace

bool TakeArgument(const std::string& argument) {
  constexpr std::string_view kMutations = "--mutations=";
  Settings& settings = GetSettings();
  if (argument.starts_with(kMutations)) {
    settings.mutations = std::atoll(argument.c_str() + kMutations.size());
    return settings.mutations > 0;
  }
  const size_t file = argument.rfind('/');
  const size_t folder = argument.rfind('/', file - 1);
  if (file == argument.npos || folder == argument.npos) return false;
  const auto format =
      FormatNamed(argument.substr(folder + 1, file - folder - 1));
  std::ifstream stream(argument, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!format || !stream.good()) return false;
  settings.samples.push_back({*format, text.str()});
  return true;
}

}  // namespace reprise::checker

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    if (reprise::checker::TakeArgument(argv[i])) continue;
    std::fprintf(stderr,
                 "usage: corpus_test [--mutations=COUNT] FILE...\n"
                 "%s is neither a count nor a file of a corpus\n",
                 argv[i]);
    return 2;
  }
  return RUN_ALL_TESTS();
}
