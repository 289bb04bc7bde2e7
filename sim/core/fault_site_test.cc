#include "reprise/sim/core/fault_site.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "reprise/sim/core/context.h"

namespace reprise {
namespace {

TEST(FaultSiteTest, NeverFiresOutsideASimulation) {
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(FaultSite("here"));
}

TEST(FaultSiteTest, AsksWhoeverDecidesByName) {
  class EverySecond final : public FaultSites {
   public:
    bool Fires(std::string_view site) override {
      asked.emplace_back(site);
      return asked.size() % 2 == 0;
    }
    std::vector<std::string> asked;
  };
  EverySecond sites;
  Context context;
  context.fault_sites = &sites;
  const ScopedContext scope(context);
  EXPECT_FALSE(FaultSite("here"));
  EXPECT_TRUE(FaultSite("there"));
  EXPECT_EQ(sites.asked, (std::vector<std::string>{"here", "there"}));
}

}  // namespace
}  // namespace reprise
