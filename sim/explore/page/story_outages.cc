#include "reprise/sim/explore/page/story_outages.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace reprise {
namespace {

using K = EventKind;

}  // namespace

bool StoryOutages::Tell(const TraceEvent& event, const std::string& what,
                        ClauseRank rank) {
  rank_ = rank;
  const std::string node = names_.NodeName(event.node);
  const std::string link =
      absl::StrCat(node, " to ", names_.NodeName(event.peer));
  switch (event.kind) {
    case K::kNodeStopped:
      Close(event, "pause " + node, " until it stops");
      Open(event, "down " + node,
           node + (event.value == 0 ? " crashes" : " stops"), true);
      return true;
    case K::kNodeBooted:
      Close(event, "down " + node, " and restarts after ");
      return true;
    case K::kNodePaused:
      Open(event, "pause " + node, node + " is paused");
      return true;
    case K::kNodeResumed:
      Close(event, "pause " + node, " for ");
      return true;
    case K::kNodeSlowed:
      Close(event, "slow " + node, " for ");
      if (event.value == 0) return true;
      Open(event, "slow " + node,
           absl::StrCat("what is sent to ", node, " takes ",
                        StorySpan(event.value), " longer"));
      return true;
    case K::kLinkCut:
      Open(event, "cut " + link, "the link from " + link + " is cut");
      return true;
    case K::kLinkConnected:
      Close(event, "cut " + link, " for ");
      return true;
    case K::kPartitioned:
      Open(event, "parts", "partition " + what);
      return true;
    case K::kPartitionHealed:
      Close(event, "parts", " for ");
      return true;
    case K::kClockStopped:
      Open(event, "clock " + node, "the clock of " + node + " stands still");
      return true;
    case K::kClockWentOn:
      Close(event, "clock " + node, " for ");
      return true;
    default:
      return TellAtOnce(event, what);
  }
}

bool StoryOutages::TellAtOnce(const TraceEvent& event,
                              const std::string& what) {
  const std::string node = names_.NodeName(event.node);
  const std::string link =
      absl::StrCat(node, " to ", names_.NodeName(event.peer));
  switch (event.kind) {
    case K::kLinkClogged:
      Add(event, absl::StrCat("packets from ", link, " wait for ",
                              StorySpan(event.value)));
      return true;
    case K::kDiskStalled:
      Add(event, absl::StrCat("the disk of ", node, " stands still for ",
                              StorySpan(event.value)));
      return true;
    case K::kDiskFilled:
      Add(event, absl::StrCat("the disk of ", node, " is full for ",
                              StorySpan(event.value)));
      return true;
    case K::kLinkFlaps:
      Add(event, absl::StrCat("the link from ", link, " flaps for ",
                              StorySpan(event.value)));
      return true;
    case K::kLinkBad:
      Add(event, absl::StrCat("the link from ", link, " is a bad one"));
      return true;
    case K::kMethodSlowed:
      Add(event, absl::StrCat("packets of ", names_.MethodName(event.method),
                              " are slow for ", StorySpan(event.value)));
      return true;
    case K::kPacketHeld:
      Add(event, absl::StrCat("a packet from ", link, " waits for ",
                              event.value, " later"));
      return true;
    case K::kZoneCrashed:
      Add(event, what + " crashes");
      return true;
    case K::kZonePaused:
      Add(event, what + " is paused");
      return true;
    default:
      return false;
  }
}

void StoryOutages::Finish() {
  for (const auto& [key, outage] : outages_) {
    if (outage.is_down) clauses_[outage.clause].text += " and stays down";
  }
}

void StoryOutages::Open(const TraceEvent& event, const std::string& key,
                        const std::string& text, bool is_down) {
  outages_[key] = {clauses_.size(), event.time, is_down};
  Add(event, text);
}

void StoryOutages::Close(const TraceEvent& event, const std::string& key,
                         const std::string& words) {
  const auto found = outages_.find(key);
  if (found == outages_.end()) return;
  const Outage& outage = found->second;
  clauses_[outage.clause].text += words;
  if (words.back() == ' ') {
    clauses_[outage.clause].text += outage.since == event.time
                                        ? "no time"
                                        : StorySpan(outage.since, event.time);
  }
  outages_.erase(found);
}

void StoryOutages::Add(const TraceEvent& event, std::string text) {
  clauses_.push_back(
      {.time = event.time, .rank = rank_, .text = std::move(text)});
}

}  // namespace reprise
