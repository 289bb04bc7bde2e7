#include "reprise/sim/world/fault_script.h"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/world/link.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"

namespace reprise {

FaultScript::~FaultScript() {
  for (Action& action : actions_) {
    if (action.IsScheduled()) world_.scheduler().Cancel(action);
  }
}

void FaultScript::Partition(Span when, const reprise::Partition& partition) {
  const FrameworkMemoryScope scope;
  partitions_.push_back(partition);
  reprise::Partition& kept = partitions_.back();
  Add("partition", when,
      {.nodes = kept.Nodes(),
       .begin = [this, &kept] { world_.BeginPartition(kept); },
       .end = [this, &kept] { world_.EndPartition(kept); },
       .partition = &kept});
}

void FaultScript::Cut(Span when, NodeId from, NodeId to) {
  Add("cut", when,
      {.nodes = {from, to},
       .begin = [this, from, to] { world_.SetConnected(from, to, false); },
       .end = [this, from, to] { world_.SetConnected(from, to, true); }});
}

void FaultScript::Clog(Span when, NodeId from, NodeId to) {
  const Duration length = when.length;
  if (length.IsInfinite()) Refuse("script: a clog lasts forever");
  // The link itself knows when it ends.
  Add("clog", when,
      {.nodes = {from, to},
       .begin = [this, from, to,
                 length] { world_.Clog(world_.link(from, to), length); },
       .end = [] {}});
}

void FaultScript::Crash(Span when, NodeId node) {
  AddTrouble("crash", when, node, Trouble::kCrash,
             {.begin =
                  [this, node] {
                    if (world_.node(node).IsUp()) world_.node(node).Crash();
                  },
              .end =
                  [this, node] {
                    if (!world_.node(node).IsUp()) world_.node(node).Restart();
                  }});
}

void FaultScript::Pause(Span when, NodeId node) {
  const auto begin = [this, node] {
    Node& paused = world_.node(node);
    // A drawn crash is taken over, so that there is somebody to pause.
    if (!paused.IsUp() && paused.HasProgram() &&
        !Holds(node, Trouble::kCrash)) {
      paused.Restart();
    }
    if (paused.IsUp()) paused.Pause();
  };
  AddTrouble(
      "pause", when, node, Trouble::kPause,
      {.begin = begin, .end = [this, node] { world_.node(node).Resume(); }});
}

void FaultScript::Slow(Span when, NodeId node, Duration delay) {
  AddTrouble("slow", when, node, Trouble::kSlow,
             {.begin = [this, node, delay] { world_.SlowDown(node, delay); },
              .end = [this, node] { world_.SlowDown(node, Duration()); }});
}

void FaultScript::JumpClock(VirtualTime at, NodeId node, Duration by) {
  Add("clock-jump", {at, Duration()},
      {.nodes = {node},
       .begin = [this, node, by] { world_.node(node).JumpClock(by); },
       .end = [] {}});
}

void FaultScript::Do(VirtualTime at, std::function<void()> action) {
  if (at < world_.now()) {
    Refuse(absl::StrCat("script: an action at ", FormatTime(at),
                        ", expected a time that has not passed"));
  }
  Schedule(at, std::move(action));
}

void FaultScript::Schedule(VirtualTime at, std::function<void()> body) {
  const FrameworkMemoryScope scope;
  world_.scheduler().Schedule(actions_.emplace_back(std::move(body)), at);
}

// One of a kind that is drawn as well: counts how many of them are on.
void FaultScript::AddTrouble(std::string_view kind, Span when, NodeId node,
                             Trouble trouble, Entry entry) {
  const auto index = static_cast<size_t>(trouble);
  entry.nodes = {node};
  entry.begin = [this, node, index, begin = std::move(entry.begin)] {
    if (holds_.size() <= node.value()) holds_.resize(node.value() + 1);
    ++holds_[node.value()][index];
    begin();
  };
  entry.end = [this, node, index, end = std::move(entry.end)] {
    if (--holds_[node.value()][index] == 0) end();
  };
  Add(kind, when, std::move(entry));
}

void FaultScript::Add(std::string_view kind, Span when, Entry entry) {
  const FrameworkMemoryScope scope;
  const auto refuse = [kind](const std::string& what) {
    Refuse(absl::StrCat("script: a ", ToAbsl(kind), " ", what));
  };
  for (const NodeId node : entry.nodes) {
    if (node.value() < world_.node_count()) continue;
    refuse(absl::StrCat("of node ", node.value(), ", expected one of the ",
                        world_.node_count(), " nodes of the world"));
  }
  if (when.begin < world_.now() || when.begin == VirtualTime::Infinite()) {
    refuse(absl::StrCat("begins at ", FormatTime(when.begin),
                        ", expected a time that has not passed, now ",
                        FormatTime(world_.now())));
  }
  if (when.length < Duration()) {
    refuse(absl::StrCat("lasts ", FormatDuration(when.length),
                        ", expected 0 or more"));
  }
  auto stream = streams_.find(kind);
  if (stream == streams_.end()) {
    stream =
        streams_.emplace(kind, world_.decisions().Open("script", kind)).first;
  }
  const Duration length =
      world_.decisions().DecideScripted(stream->second, when.length);
  if (length == Duration()) return;  // A replay leaves it out.
  Entry& kept = entries_.emplace_back(std::move(entry));
  Schedule(when.begin, [this, &kept] { Begin(kept); });
  if (!length.IsInfinite()) {
    Schedule(when.begin + length, [this, &kept] { End(kept); });
  }
}

void FaultScript::Begin(Entry& entry) {
  if (has_ended_) return;
  entry.is_on = true;
  entry.begin();
}

void FaultScript::End(Entry& entry) {
  if (!entry.is_on) return;
  entry.is_on = false;
  entry.end();
}

void FaultScript::EndFaults(const NodeSet& core) {
  has_ended_ = true;
  for (Entry& entry : entries_) {
    if (!entry.is_on) continue;
    if (entry.partition != nullptr) {
      if (!world_.HealInside(core, *entry.partition)) continue;
    } else if (!std::all_of(entry.nodes.begin(), entry.nodes.end(),
                            [&](NodeId node) { return core.Has(node); })) {
      continue;
    }
    End(entry);
  }
}

}  // namespace reprise
