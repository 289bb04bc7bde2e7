#include "reprise/sim/core/offers.h"

#include <memory>

#include "gtest/gtest.h"
#include "reprise/sim/core/context.h"

namespace reprise {
namespace {

class OffersTest : public testing::Test {
 protected:
  OffersTest() : scope_(ContextWith(&offers_)) {}

  static Context ContextWith(Offers* offers) {
    Context context;
    context.offers = offers;
    return context;
  }
  static std::unique_ptr<OfferedValue> Offer(uint32_t node, const int& value) {
    return std::make_unique<OfferedValue>(NodeId(node), "value", &value,
                                          typeid(int));
  }

  Offers offers_;
  const ScopedContext scope_;
  const int one_ = 1;
  const int two_ = 2;
};

TEST_F(OffersTest, FindsAValueByNodeAndName) {
  const auto first = Offer(0, one_);
  const auto second = Offer(1, two_);
  EXPECT_EQ(offers_.Find(NodeId(0), "value")->value(), &one_);
  EXPECT_EQ(offers_.Find(NodeId(1), "value")->value(), &two_);
  EXPECT_EQ(offers_.Find(NodeId(1), "other"), nullptr);
  EXPECT_EQ(offers_.Find(NodeId(2), "value"), nullptr);
}

TEST_F(OffersTest, ForgetsWhatIsGoneInAnyOrder) {
  auto first = Offer(0, one_);
  auto second = Offer(1, two_);
  auto third = Offer(2, two_);
  second.reset();
  EXPECT_EQ(offers_.Find(NodeId(1), "value"), nullptr);
  third.reset();
  EXPECT_EQ(offers_.Find(NodeId(0), "value")->value(), &one_);
  first.reset();
  EXPECT_EQ(offers_.Find(NodeId(0), "value"), nullptr);
}

TEST_F(OffersTest, FindsTheNewestOfOneName) {
  const auto first = Offer(0, one_);
  const auto second = Offer(0, two_);
  EXPECT_EQ(offers_.Find(NodeId(0), "value")->value(), &two_);
}

TEST_F(OffersTest, AValueMayOutliveThem) {
  auto offers = std::make_unique<Offers>();
  std::unique_ptr<OfferedValue> value;
  {
    const ScopedContext scope(ContextWith(offers.get()));
    value = Offer(0, one_);
  }
  offers.reset();
  value.reset();
}

TEST(OffersOutsideTest, NobodyReadsWhatIsOfferedOutsideASimulation) {
  const int value = 1;
  const OfferedValue offered(NodeId(0), "value", &value, typeid(int));
  EXPECT_EQ(offered.value(), &value);
}

}  // namespace
}  // namespace reprise
