// Whether what the page writes can be read: the contrast of its colours, by the
// definition of WCAG 2.2, section 1.4.3.

#include <array>
#include <cmath>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/report/page_assets.h"

namespace reprise::checker {
namespace {

constexpr double kLeastForText = 4.5;

using Colour = std::array<double, 3>;  // red, green, blue, 0 to 255

// What `name` is in a scheme, whose rule begins with `rule`.
std::string Property(std::string_view rule, std::string_view name) {
  std::string_view style = kPageStyle;
  style.remove_prefix(style.find(rule));
  style = style.substr(0, style.find('}'));
  const std::string declared = "--" + std::string(name) + ": ";
  const size_t at = style.find(declared);
  if (at == style.npos) return "";
  style.remove_prefix(at + declared.size());
  return std::string(style.substr(0, style.find(';')));
}

Colour ColourOf(std::string_view rule, std::string_view name) {
  const std::string text = Property(rule, name);
  EXPECT_EQ(text.size(), 7u) << name << " is no colour: " << text;
  Colour colour = {};
  for (size_t i = 0; i < colour.size() && text.size() == 7; ++i) {
    colour[i] = static_cast<double>(
        std::strtol(text.substr(1 + 2 * i, 2).c_str(), nullptr, 16));
  }
  return colour;
}

Colour Blended(const Colour& over, double strength, const Colour& under) {
  Colour blended = {};
  for (size_t i = 0; i < blended.size(); ++i) {
    blended[i] = strength * over[i] + (1 - strength) * under[i];
  }
  return blended;
}

double Luminance(const Colour& colour) {
  const auto linear = [](double channel) {
    const double share = channel / 255;
    return share <= 0.04045 ? share / 12.92
                            : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) +
         0.0722 * linear(colour[2]);
}

double Contrast(const Colour& a, const Colour& b) {
  const double light = std::max(Luminance(a), Luminance(b));
  const double dark = std::min(Luminance(a), Luminance(b));
  return (light + 0.05) / (dark + 0.05);
}

struct Scheme {
  const char* name;
  std::string_view rule;
};

class PageContrastTest : public testing::TestWithParam<Scheme> {
 protected:
  Colour Find(std::string_view name) const {
    return ColourOf(GetParam().rule, name);
  }
};

TEST(ContrastTest, IsThatOfTheDefinition) {
  const Colour black = {0, 0, 0};
  const Colour white = {255, 255, 255};
  EXPECT_NEAR(Contrast(black, white), 21, 1e-9);
  EXPECT_NEAR(Contrast(white, white), 1, 1e-9);
  EXPECT_NEAR(Contrast({0x77, 0x77, 0x77}, white), 4.478, 1e-3);
}

TEST_P(PageContrastTest, IsEnoughForText) {
  struct Pair {
    const char* text;
    const char* ground;
  };
  const std::vector<Pair> pairs = {
      {"ink", "paper"},        {"ink", "card"},
      {"ink", "band"},         {"ink", "wash"},
      {"soft", "paper"},       {"soft", "card"},
      {"soft", "band"},        {"soft", "wash"},
      {"conflict", "card"},    {"conflict", "wash"},
      {"conflict", "band"},    {"onbadge", "holds"},
      {"onbadge", "violated"}, {"onbadge", "undecided"},
      {"onbadge", "conflict"},
  };
  for (const Pair& pair : pairs) {
    EXPECT_GE(Contrast(Find(pair.text), Find(pair.ground)), kLeastForText)
        << pair.text << " on " << pair.ground;
  }
}

TEST_P(PageContrastTest, IsEnoughOnBars) {
  const double faint =
      std::strtod(Property(GetParam().rule, "faint").c_str(), nullptr);
  ASSERT_GT(faint, 0);
  for (int function = 0; function < 8; ++function) {
    const std::string name = "function-" + std::to_string(function);
    const Colour bar = Find(name);
    EXPECT_GE(Contrast(Find("onbar"), bar), kLeastForText) << name;
    for (const char* ground : {"card", "band"}) {
      EXPECT_GE(Contrast(Find("ink"), Blended(bar, faint, Find(ground))),
                kLeastForText)
          << name << ", faint, on " << ground;
      // Of the bar itself, which is no text (section 1.4.11).
      EXPECT_GE(Contrast(bar, Find(ground)), 3) << name << " on " << ground;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Schemes, PageContrastTest,
    testing::Values(Scheme{"Light", ":root {"},
                    Scheme{"Dark", ":root[data-theme=\"dark\"] {"}),
    [](const auto& scheme) { return std::string(scheme.param.name); });

}  // namespace
}  // namespace reprise::checker
