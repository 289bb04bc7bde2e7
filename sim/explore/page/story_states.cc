#include "reprise/sim/explore/page/story_states.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/trace/event.h"
#include "reprise/text/printable.h"

namespace reprise {
namespace {

constexpr size_t kClosest = 4;

}  // namespace

void StoryStates::TellAbsent(std::span<const ListedEvent> events,
                             const std::set<NodeId>& absent) {
  std::vector<std::string> named;
  for (const ListedEvent& each : events) {
    const TraceEvent& event = each.event;
    if (event.kind == EventKind::kNodeNamed &&
        absent.contains(NodeId(static_cast<uint32_t>(event.id)))) {
      named.push_back(Printable(each.content));
    }
  }
  if (named.empty()) return;
  clauses_.push_back(
      {.rank = ClauseRank::kCause,
       .text = absl::StrCat(absl::StrJoin(named, " and "),
                            named.size() == 1 ? " never runs" : " never run")});
}

void StoryStates::Tell(const ListedEvent& aside, ClauseRank rank) {
  const TraceEvent& event = aside.event;
  if (event.kind != EventKind::kNodeDescribed) return;
  const NodeState state = NodeStateOfText(aside.content);
  const std::string headline = state.stands_out ? state.headline : "";
  if (std::exchange(told_[event.node], headline) == headline) return;
  if (headline.empty()) return;
  places_.push_back(clauses_.size());
  clauses_.push_back({.time = event.time,
                      .kind = ClauseKind::kState,
                      .rank = rank,
                      .text = absl::StrCat(names_.NodeName(event.node), " ",
                                           Printable(headline))});
}

void StoryStates::Finish() {
  const size_t first = places_.size() - std::min(places_.size(), kClosest);
  for (size_t i = first; i < places_.size(); ++i) {
    clauses_[places_[i]].rank = ClauseRank::kContradiction;
  }
}

}  // namespace reprise
