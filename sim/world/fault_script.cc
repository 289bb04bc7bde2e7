#include "reprise/sim/world/fault_script.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/origin.h"
#include "reprise/sim/world/outages.h"

namespace reprise {

FaultScript::~FaultScript() {
  for (Action& action : actions_) {
    if (action.IsScheduled()) outages_.scheduler().Cancel(action);
  }
}

void FaultScript::Partition(Span when, const reprise::Partition& partition) {
  const FrameworkMemoryScope scope;
  partitions_.push_back(partition);
  reprise::Partition& kept = partitions_.back();
  Add(when, {.purpose = Purpose::kScriptedPartition,
             .nodes = kept.Nodes(),
             .begin = [this, &kept] { outages_.BeginPartition(kept); },
             .end = [this, &kept] { outages_.EndPartition(kept); },
             .partition = &kept});
}

void FaultScript::Cut(Span when, NodeId from, NodeId to) {
  const FrameworkMemoryScope scope;
  const auto update = [this, from, to] {
    outages_.SetCut(from, to, Origin::kScript,
                    IsOn(Purpose::kScriptedCut, {from, to}));
  };
  Add(when, {.purpose = Purpose::kScriptedCut,
             .nodes = {from, to},
             .begin = update,
             .end = update});
}

void FaultScript::Clog(Span when, NodeId from, NodeId to) {
  const FrameworkMemoryScope scope;
  if (when.length.IsInfinite()) Refuse("script: a clog lasts forever");
  Entry& entry =
      Add(when, {.purpose = Purpose::kScriptedClog, .nodes = {from, to}});
  entry.end = [] {};  // The link itself knows when it ends.
  entry.begin = [this, &entry, from, to] {
    outages_.Clog(from, to, entry.length, Origin::kScript);
  };
}

void FaultScript::Crash(Span when, NodeId node) {
  const FrameworkMemoryScope scope;
  const auto begin = [this, node] {
    Node& crashed = outages_.node(node);
    crashed.IsUp() ? crashed.Crash(Origin::kScript) : crashed.TakeOverCrash();
  };
  const auto end = [this, node] {
    Node& crashed = outages_.node(node);
    if (IsOn(node, NodeOutage::kCrash)) return;
    if (crashed.IsDownBy(Origin::kScript)) crashed.Restart();
  };
  Add(when, {.purpose = Purpose::kScriptedCrash,
             .outage = NodeOutage::kCrash,
             .nodes = {node},
             .begin = begin,
             .end = end});
}

void FaultScript::Pause(Span when, NodeId node) {
  const FrameworkMemoryScope scope;
  const auto begin = [this, node] {
    Node& paused = outages_.node(node);
    // A drawn crash is taken over, so that there is somebody to pause.
    if (paused.IsDownBy(Origin::kDrawn)) paused.Restart();
    paused.Pause(Origin::kScript);
  };
  const auto end = [this, node] {
    if (IsOn(node, NodeOutage::kPause)) return;
    outages_.node(node).Resume(Origin::kScript);
  };
  Add(when, {.purpose = Purpose::kScriptedPause,
             .outage = NodeOutage::kPause,
             .nodes = {node},
             .begin = begin,
             .end = end});
}

void FaultScript::Slow(Span when, NodeId node, Duration delay) {
  const FrameworkMemoryScope scope;
  const auto update = [this, node] {
    outages_.SlowDown(node, DelayOf(node), Origin::kScript);
  };
  Add(when, {.purpose = Purpose::kScriptedSlow,
             .outage = NodeOutage::kSlow,
             .nodes = {node},
             .delay = delay,
             .begin = update,
             .end = update});
}

void FaultScript::Reset(VirtualTime at, NodeId from, NodeId to) {
  const FrameworkMemoryScope scope;
  Add({at, Duration()},
      {.purpose = Purpose::kScriptedReset,
       .nodes = {from, to},
       .begin = [this, from, to] { outages_.ResetConnection(from, to); },
       .end = [] {}});
}

void FaultScript::JumpClock(VirtualTime at, NodeId node, Duration by) {
  const FrameworkMemoryScope scope;
  Add({at, Duration()},
      {.purpose = Purpose::kScriptedClockJump,
       .nodes = {node},
       .begin = [this, node, by] { outages_.node(node).JumpClock(by); },
       .end = [] {}});
}

void FaultScript::Do(VirtualTime at, std::function<void()> action) {
  if (at < outages_.now()) {
    Refuse(absl::StrCat("script: an action at ", FormatTime(at),
                        ", expected a time that has not passed"));
  }
  Schedule(at, std::move(action));
}

void FaultScript::Schedule(VirtualTime at, std::function<void()> body) {
  const FrameworkMemoryScope scope;
  outages_.scheduler().Schedule(actions_.emplace_back(std::move(body)), at);
}

FaultScript::Entry& FaultScript::Add(Span when, Entry entry) {
  Check(when, entry);
  Decisions& decisions = outages_.decisions();
  auto stream = streams_.find(entry.purpose);
  if (stream == streams_.end()) {
    stream = streams_
                 .emplace(entry.purpose,
                          decisions.Open(kScriptEntity, entry.purpose))
                 .first;
  }
  entry.length = decisions.DecideScripted(stream->second, when.length);
  Entry& kept = entries_.emplace_back(std::move(entry));
  if (kept.length == Duration()) return kept;
  Schedule(when.begin, [this, &kept] { Begin(kept); });
  if (!kept.length.IsInfinite()) {
    Schedule(when.begin + kept.length, [this, &kept] { End(kept); });
  }
  return kept;
}

void FaultScript::Check(Span when, const Entry& entry) const {
  const auto refuse = [&entry](const std::string& what) {
    Refuse(absl::StrCat("script: a ", ToAbsl(RowOf(entry.purpose).name), " ",
                        what));
  };
  for (const NodeId node : entry.nodes) {
    if (node.value() < outages_.node_count()) continue;
    refuse(absl::StrCat("of node ", node.value(), ", expected one of the ",
                        outages_.node_count(), " nodes of the world"));
  }
  if (when.begin < outages_.now() || when.begin == VirtualTime::Infinite()) {
    refuse(absl::StrCat("begins at ", FormatTime(when.begin),
                        ", expected a time that has not passed, now ",
                        FormatTime(outages_.now())));
  }
  if (when.length < Duration()) {
    refuse(absl::StrCat("lasts ", FormatDuration(when.length),
                        ", expected 0 or more"));
  }
}

void FaultScript::Begin(Entry& entry) {
  if (has_ended_) return;
  entry.is_on = true;
  Count(entry, 1);
  entry.begin();
}

void FaultScript::End(Entry& entry) {
  if (!entry.is_on) return;
  entry.is_on = false;
  Count(entry, -1);
  entry.end();
}

void FaultScript::Count(const Entry& entry, int change) {
  if (!entry.outage.has_value()) return;
  const size_t node = entry.nodes.front().value();
  if (on_.size() <= node) on_.resize(node + 1);
  on_[node][static_cast<size_t>(*entry.outage)] += change;
}

bool FaultScript::IsOn(Purpose purpose,
                       const std::vector<NodeId>& nodes) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.is_on && entry.purpose == purpose && entry.nodes == nodes;
  });
}

Duration FaultScript::DelayOf(NodeId node) const {
  Duration longest;
  for (const Entry& entry : entries_) {
    if (!entry.is_on || entry.delay <= longest) continue;
    if (entry.nodes.front() == node) longest = entry.delay;
  }
  return longest;
}

void FaultScript::EndFaults(const NodeSet& core) {
  const FrameworkMemoryScope scope;
  has_ended_ = true;
  for (Entry& entry : entries_) {
    if (!entry.is_on) continue;
    if (entry.partition != nullptr) {
      if (!outages_.HealInside(core, *entry.partition)) continue;
    } else if (!std::all_of(entry.nodes.begin(), entry.nodes.end(),
                            [&](NodeId node) { return core.Has(node); })) {
      continue;
    }
    End(entry);
  }
}

}  // namespace reprise
