#include "reprise/sim/explore/page/run_events.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace reprise {
namespace {

using K = EventKind;

void Insert(std::vector<NodeId>& nodes, NodeId node) {
  const auto place = std::lower_bound(nodes.begin(), nodes.end(), node);
  if (place == nodes.end() || *place != node) nodes.insert(place, node);
}

}  // namespace

RunEvents::RunEvents(std::span<const ListedEvent> listed,
                     const TextOptions& text)
    : names_(text) {
  events_.reserve(listed.size());
  for (const ListedEvent& each : listed) {
    Add(each, EventTextOf(each.event.kind));
  }
}

bool RunEvents::IsClient(NodeId node) const {
  return std::binary_search(clients_.begin(), clients_.end(), node);
}

void RunEvents::Add(const ListedEvent& listed, const EventText& row) {
  const TraceEvent& event = listed.event;
  const EventVariations& variations = row.variations;
  if (variations.shown == EventShown::kWithTasks &&
      !names_.options().show_tasks) {
    return;
  }
  RunEvent added = {.listed = &listed,
                    .words = 0,
                    .text = row.describe(names_, event, listed.content)};
  if (variations.shown == EventShown::kNever) return;
  added.words = PlaceOfWords(event, row);
  if (RoleOf(event.kind) == EventRole::kOther && variations.remark != nullptr) {
    absl::StrAppend(&added.text, ", ", variations.remark(event));
  }
  if (row.parties != EventParties::kNobody) Meet(event.node);
  if (row.parties == EventParties::kNodeToPeer ||
      row.parties == EventParties::kNodeFromPeer) {
    Meet(event.peer);
  }
  if (event.kind == K::kOperationCalled) Insert(clients_, event.node);
  added.begin = links_.Add(event, events_.size());
  events_.push_back(std::move(added));
}

void RunEvents::Meet(NodeId node) { Insert(nodes_, node); }

size_t RunEvents::PlaceOfWords(const TraceEvent& event, const EventText& row) {
  RunWords words = {std::string(row.name), std::string(row.WordsOf(event).verb),
                    FaultOf(event)};
  const auto [place, is_new] =
      places_of_words_.try_emplace(words, words_.size());
  if (is_new) words_.push_back(std::move(words));
  return place->second;
}

}  // namespace reprise
