#include "reprise/sim/explore/trial/catalog.h"

#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/testing/toy_catalog.h"

namespace reprise {
namespace {

using testing::HasSubstr;

TEST(CatalogTest, FindsByName) {
  const Catalog catalog = ToyCatalog();
  EXPECT_EQ(*FindScenario(catalog, "tally"), &catalog.scenarios[1]);
  EXPECT_EQ((*FindBug(catalog, "stale-read"))->scenario, "register");
}

TEST(CatalogTest, NamesTheChoices) {
  const Catalog catalog = ToyCatalog();
  EXPECT_EQ(FindScenario(catalog, "taly").status().message(),
            "unknown scenario \"taly\"; did you mean tally? There are: parity, "
            "tally, register, deadlock, endless, leaky, refused, mute, "
            "parted.");
  EXPECT_THAT(FindBug(catalog, "").status().message(), HasSubstr("stale-read"));
}

TEST(CatalogTest, MustNotContradictItself) {
  EXPECT_TRUE(CheckCatalog(ToyCatalog()).ok());
  const auto error_of = [](void (*damage)(Catalog&)) {
    Catalog catalog = ToyCatalog();
    damage(catalog);
    const absl::Status status = CheckCatalog(catalog);
    EXPECT_TRUE(absl::IsInvalidArgument(status));
    return std::string(status.message());
  };
  EXPECT_EQ(error_of([](Catalog& catalog) {
              catalog.scenarios[0].name = catalog.scenarios[1].name;
            }),
            "the catalog has two scenarios \"tally\"; expected a name for "
            "each.");
  EXPECT_THAT(error_of([](Catalog& catalog) {
                catalog.bugs.push_back(catalog.bugs.front());
              }),
              HasSubstr("two bugs"));
  EXPECT_THAT(error_of([](Catalog& catalog) {
                catalog.bugs.front().scenario = "taly";
              }),
              HasSubstr(" names its scenario: unknown scenario \"taly\"; did "
                        "you mean tally?"));
  EXPECT_THAT(
      error_of([](Catalog& catalog) { catalog.bugs.front().property.clear(); }),
      HasSubstr("names no property"));
  EXPECT_THAT(error_of([](Catalog& catalog) {
                catalog.scenarios[1].marks = {"taly."};
              }),
              HasSubstr("scenario tally: marks \"taly.\" matches no mark"));
}

TEST(CatalogTest, ParsesOptions) {
  EXPECT_EQ(*ParseOption("clients=5"), (OptionValue{"clients", 5}));
  EXPECT_EQ(*ParseOption("skew=-3"), (OptionValue{"skew", -3}));
  for (const char* text : {"", "clients", "=5", "clients=", "clients=five",
                           "clients=5.5", "clients=99999999999999999999"}) {
    EXPECT_THAT(ParseOption(text).status().message(), HasSubstr(text)) << text;
  }
}

TEST(CatalogTest, KnowsTheOptionsOfAScenario) {
  const Scenario tally = Toy("tally");
  const std::vector<OptionValue> asked = {{"clients", 2}, {"additions", 3}};
  EXPECT_TRUE(CheckOptions(tally, {}, asked).ok());
  EXPECT_TRUE(CheckOptions(tally, {{"clients", 3}}, asked).ok());
  EXPECT_EQ(CheckOptions(tally, {{"client", 3}}, asked).message(),
            "unknown option of tally \"client\"; did you mean clients? There "
            "are: clients, additions.");
}

}  // namespace
}  // namespace reprise
