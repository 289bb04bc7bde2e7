#include "reprise/sim/explore/trial/trial_observation.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/mark_list.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/misuse.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_asides.h"
#include "reprise/sim/explore/trial/trial_observers.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

// Of the marks of these names, by name and in their order.
std::vector<uint64_t> CountsOf(const std::vector<std::string>& names,
                               std::span<const uint64_t> counts) {
  std::vector<uint64_t> found;
  for (const std::string& name : names) {
    const auto mark =
        std::find_if(Marks().begin(), Marks().end(),
                     [&](const Mark* each) { return each->name() == name; });
    if (mark == Marks().end()) {
      Misuse(absl::StrCat("Calm::no_marks has \"", name,
                          "\", but no mark of the program has that name"),
             "name a mark of code that is linked into the program");
    }
    found.push_back(CountOf(**mark, counts));
  }
  return found;
}

}  // namespace

TrialObservation::TrialObservation(Trial& trial) : trial_(trial) {}

TrialObservation::~TrialObservation() = default;

void TrialObservation::Every(Duration interval, std::function<void()> look) {
  const FrameworkMemoryScope scope;
  REPRISE_CHECK(interval > Duration() && !interval.IsInfinite(),
                "trial.Every() has an interval of ", FormatDuration(interval),
                ", expected a finite one above 0");
  observers().Every(interval, std::move(look));
}

void TrialObservation::AfterEach(EventKind kind, std::function<void()> look) {
  const FrameworkMemoryScope scope;
  REPRISE_CHECK(kind < EventKind::kCount, "trial.AfterEach() has no kind");
  observers().AfterEach(kind, std::move(look));
}

void TrialObservation::BeforeStop(std::function<void(NodeId)> look) {
  const FrameworkMemoryScope scope;
  observers().BeforeStop(std::move(look));
}

void TrialObservation::DescribeNodes(
    std::function<NodeState(NodeId)> describe) {
  const FrameworkMemoryScope scope;
  const bool is_first = describe_ == nullptr;
  describe_ = std::move(describe);
  if (shown_ == nullptr || !is_first) return;
  observers().AfterAny([this](NodeId node) { ShowNode(node); });
}

void TrialObservation::ShowNode(NodeId id) {
  const FrameworkMemoryScope scope;
  const bool is_up = trial_.world().node(id).IsUp();
  shown_->ShowNode(id, is_up ? describe_(id) : NodeState());
}

void TrialObservation::NoteNodes() {
  noted_.clear();
  if (!describe_) return;
  World& world = trial_.world();
  for (size_t i = 0; i < world.node_count(); ++i) {
    const Node& node = world.node(NodeId(static_cast<uint32_t>(i)));
    if (node.IsLeftOut()) continue;
    NodeState state;
    if (node.IsUp()) {
      state = describe_(node.id());
    } else if (node.HasProgram()) {
      state.headline = "is down";
    }
    if (!state.IsKnown()) continue;
    // The words as they are shown, and come from a process of their own.
    state = NodeStateOfText(NodeStateText(state));
    noted_.push_back({node.id(), {std::string(node.name()), std::move(state)}});
  }
}

void TrialObservation::ShowNodesOfViolation() {
  if (std::exchange(has_shown_violation_, true)) return;
  if (!trial_.world().HasEnded()) NoteNodes();
  if (shown_ == nullptr) return;
  for (const NotedNode& each : noted_) {
    shown_->ShowNodeOfViolation(each.id, each.described.state);
  }
}

std::vector<DescribedNode> TrialObservation::TakeNotedNodes() {
  std::vector<DescribedNode> nodes;
  for (NotedNode& each : noted_) nodes.push_back(std::move(each.described));
  noted_.clear();
  return nodes;
}

TrialObservers& TrialObservation::observers() {
  if (observers_ == nullptr) {
    observers_ = std::make_unique<TrialObservers>(trial_);
  }
  return *observers_;
}

std::string TrialObservation::DescribeEvent() const {
  if (observers_ == nullptr || observers_->current_event().empty()) return "";
  return absl::StrCat("\nafter the event\n", observers_->current_event());
}

const void* TrialObservation::Find(NodeId node, std::string_view name,
                                   const std::type_info& type) const {
  const OfferedValue* offered = offers_.Find(node, name);
  if (offered == nullptr) return nullptr;
  if (offered->type() != type) {
    Misuse(
        absl::StrCat("trial.Read() of \"", ToAbsl(name), "\" of node ",
                     node.value(), " expects another type (", type.name(),
                     ") than the node offers (", offered->type().name(), ")"),
        "read it by the type that Offered<> was given");
  }
  return offered->value();
}

void Trial::RunCalm(const Calm& calm) {
  RequireScenario("trial.RunCalm()");
  has_properties_ = true;
  REPRISE_CHECK(calm.length > Duration() && calm.interval > Duration(),
                "trial.RunCalm() has no length or no interval");
  if (has_stopped_) return;
  world().EndFaults();
  if (IsCutShort(world().RunUntil(world().now() + calm.settle))) return;
  const std::vector<uint64_t> before = CountsOf(calm.no_marks, marks_.counts());
  observers().Forbid(calm.no_events);
  const VirtualTime end = world().now() + calm.length;
  bool is_whole = true;
  while (is_whole && world().now() < end) {
    is_whole = !IsCutShort(
        world().RunUntil(std::min(end, world().now() + calm.interval)));
    if (is_whole && calm.look) calm.look();
    is_whole &= !has_stopped_;
  }
  observers().Forbid({});
  const std::vector<uint64_t> after = CountsOf(calm.no_marks, marks_.counts());
  for (size_t i = 0; i < after.size(); ++i) {
    if (after[i] == before[i]) continue;
    Violate(kCalmProperty,
            absl::StrCat("the mark \"", calm.no_marks[i], "\" was reached ",
                         after[i] - before[i], " times in a calm of ",
                         FormatDuration(calm.length), "."));
  }
}

}  // namespace reprise
