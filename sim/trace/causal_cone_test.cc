#include "reprise/sim/trace/causal_cone.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_list.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using K = EventKind;

constexpr NodeId kA(0);
constexpr NodeId kB(1);
constexpr NodeId kC(2);

// A run of three nodes, whose events are called by letters.
class CausalConeTest : public testing::Test {
 protected:
  // Nanoseconds of virtual time pass between events.
  void Add(char name, TraceEvent event) {
    event.time =
        VirtualTime::Nanoseconds(10 * static_cast<int64_t>(names_.size()));
    list_.OnEvent(event, "");
    names_ += name;
  }
  void Send(char name, NodeId from, NodeId to, uint64_t id) {
    Add(name, {.kind = K::kRequestSent, .node = from, .peer = to, .id = id});
  }
  void Deliver(char name, NodeId at, NodeId from, uint64_t id) {
    Add(name,
        {.kind = K::kRequestDelivered, .node = at, .peer = from, .id = id});
  }
  void Pause(char name, NodeId node) {
    Add(name, {.kind = K::kNodePaused, .node = node});
  }
  // The letters of what is before `last`.
  std::string Cone(char last) const {
    const std::vector<size_t> places = {names_.find(last)};
    const std::vector<bool> is_in = CausalCone(list_.events(), places);
    std::string letters;
    for (size_t i = 0; i < is_in.size(); ++i) {
      if (is_in[i]) letters += names_[i];
    }
    return letters;
  }

  EventList list_;
  std::string names_;
};

TEST_F(CausalConeTest, HasWhatTheSameNodeDidBefore) {
  Pause('a', kA);
  Pause('b', kB);
  Pause('c', kA);
  Pause('d', kA);
  EXPECT_EQ(Cone('c'), "ac");
}

TEST_F(CausalConeTest, FollowsMessagesToTheirSender) {
  Pause('a', kA);
  Send('b', kA, kB, 1);
  Pause('c', kA);
  Send('d', kC, kB, 2);
  Deliver('e', kB, kA, 1);
  Deliver('f', kB, kC, 2);
  EXPECT_EQ(Cone('e'), "abe");
  EXPECT_EQ(Cone('f'), "abdef");
}

TEST_F(CausalConeTest, DoesNotFollowWhatNeverArrived) {
  Send('a', kA, kB, 1);
  Add('b', {.kind = K::kRequestLost, .node = kC, .peer = kB, .id = 2});
  Pause('c', kB);
  EXPECT_EQ(Cone('c'), "c");
}

TEST_F(CausalConeTest, KnowsFromWhomACallerHeardThatItsCallFailed) {
  constexpr uint64_t kUnavailable = 14;
  constexpr uint64_t kDeadline = 4;
  for (const uint64_t id : {1, 2, 3, 4}) Send('s', kA, kB, id);
  Pause('p', kB);
  Add('r', {.kind = K::kRequestRefused, .node = kB, .peer = kA, .id = 1});
  Add('l', {.kind = K::kReplyLost, .node = kB, .peer = kA, .id = 2});
  Add('x', {.kind = K::kNodeStopped, .node = kB});
  Add('f', {.kind = K::kCallFailed,
            .node = kA,
            .peer = kB,
            .id = 4,
            .value = kDeadline});
  EXPECT_EQ(Cone('f'), "ssssf");
  Add('g', {.kind = K::kCallFailed,
            .node = kA,
            .peer = kB,
            .id = 1,
            .value = kUnavailable});
  EXPECT_EQ(Cone('g'), "ssssprfg");
  Add('h', {.kind = K::kCallFailed,
            .node = kA,
            .peer = kB,
            .id = 3,
            .value = kUnavailable});
  EXPECT_EQ(Cone('h'), "ssssprlxfgh");
}

TEST_F(CausalConeTest, HasPartitionsAndNames) {
  Add('n', {.kind = K::kNodeNamed, .node = kA});
  Add('p', {.kind = K::kPartitioned});
  Add('o', {.kind = K::kNote});
  Pause('a', kA);
  Add('q', {.kind = K::kPartitionHealed});
  EXPECT_EQ(Cone('a'), "npa");
}

TEST_F(CausalConeTest, MayLookBackFromSeveralEvents) {
  Pause('a', kA);
  Pause('b', kB);
  Pause('c', kC);
  const std::vector<size_t> last = {0, 2};
  EXPECT_THAT(CausalCone(list_.events(), last), ElementsAre(true, false, true));
}

}  // namespace
}  // namespace reprise
