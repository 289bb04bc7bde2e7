#include "reprise/sim/explore/page/run_data.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "reprise/checker/report/json_text.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/page/run_asides.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_text.h"
#include "reprise/text/printable.h"

namespace reprise {
namespace {

// Of the curve of a node, and of those of all nodes.
constexpr size_t kPointsMax = 300;
constexpr size_t kPointsOfAll = 6000;
constexpr size_t kPointsLeast = 20;
// Of all nodes together. Their words may take a third of the room of a run.
constexpr size_t kStatesMax = 3000;
constexpr size_t kPartOfStates = 3;
// Of all orders together.
constexpr size_t kOrderedMax = 30'000;

void AppendNumber(uint64_t number, std::string& letters) {
  constexpr char kLetters[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  while (number >= 32) {
    letters.push_back(kLetters[32 + number % 32]);
    number /= 32;
  }
  letters.push_back(kLetters[number]);
}

void AppendDifference(uint64_t to, uint64_t from, std::string& letters) {
  AppendNumber(to >= from ? 2 * (to - from) : 2 * (from - to) - 1, letters);
}

bool HasPeer(const TraceEvent& event) {
  const EventParties parties = EventTextOf(event.kind).parties;
  return parties == EventParties::kNodeToPeer ||
         parties == EventParties::kNodeFromPeer;
}

std::string CurveLetters(const MemoryCurve& curve) {
  std::string letters;
  MemoryPoint last;
  for (const MemoryPoint& point : curve.points) {
    AppendNumber(point.event - last.event, letters);
    AppendDifference(point.bytes, last.bytes, letters);
    last = point;
  }
  return letters;
}

// Of the operations from `first` on.
std::string OrderLetters(const FoundOrder& order, size_t first) {
  std::string letters;
  uint64_t last = 0;
  for (size_t i = first; i < order.operations.size(); ++i) {
    AppendDifference(order.operations[i], last, letters);
    last = order.operations[i];
  }
  return letters;
}

std::string StateJson(const NodeState& state) {
  if (!state.IsKnown()) return "null";
  std::string json = state.stands_out ? "[1," : "[0,";
  checker::AppendJsonText(state.headline, json);
  for (const NodeFact& fact : state.facts) {
    json += ',';
    checker::AppendJsonText(fact.name, json);
    json += ',';
    checker::AppendJsonText(fact.value, json);
  }
  return json + "]";
}

// A state as it is written, and after which event of which lane it began.
struct WrittenState {
  size_t lane = 0;
  uint64_t event = 0;
  std::string json = {};
};

// Drops the oldest, until the rest is not longer than `bytes_max`.
void KeepNewest(size_t bytes_max, std::vector<WrittenState>& states) {
  // "[lane,event,place]," with its figures.
  constexpr size_t kOfEach = 40;
  std::set<std::string_view> words;
  size_t bytes = 0;
  size_t first = states.size();
  while (first > 0) {
    const std::string& json = states[first - 1].json;
    bytes += kOfEach + (words.insert(json).second ? json.size() + 1 : 0);
    if (bytes > bytes_max) break;
    --first;
  }
  states.erase(states.begin(), states.begin() + static_cast<ptrdiff_t>(first));
}

// What of a run is written.
struct Extent {
  size_t first_event = 0;
  size_t first_text = 0;  // Before it, only faults have texts.
};

class RunWriter {
 public:
  RunWriter(const RunEvents& run, const PageRun& input, size_t bytes_max)
      : run_(run), input_(input) {
    for (const NodeId node : run.nodes()) {
      lanes_.emplace(node, lanes_.size() + 1);
    }
    AppendCurves();
    AppendStates(bytes_max / kPartOfStates);
    AppendOrders();
  }

  std::string Json(const Extent& extent) {
    texts_.clear();
    places_.clear();
    const std::string events = Events(extent);
    std::string json = "{\"title\":";
    checker::AppendJsonText(input_.title, json);
    absl::StrAppend(&json, ",\"leftOut\":", extent.first_event,
                    ",\"untold\":", untold_, ",\"contradiction\":[",
                    absl::StrJoin(input_.contradiction, ","), "]", asides_);
    AppendLanes(json);
    AppendWords(json);
    absl::StrAppend(&json, ",\"texts\":[");
    for (size_t i = 0; i < texts_.size(); ++i) {
      if (i > 0) json += ',';
      checker::AppendJsonText(texts_[i], json);
    }
    absl::StrAppend(&json, "],\"events\":\"", events, "\"}");
    return json;
  }

 private:
  void AppendCurves() {
    const size_t most = std::clamp(kPointsOfAll / (lanes_.size() + 1),
                                   kPointsLeast, kPointsMax);
    asides_ += ",\"memory\":[";
    for (const MemoryCurve& curve : MemoryCurvesOf(input_.asides, most)) {
      const auto lane = lanes_.find(curve.node);
      if (lane == lanes_.end()) continue;
      absl::StrAppend(&asides_, asides_.back() == '[' ? "" : ",", "[",
                      lane->second - 1, ",\"", CurveLetters(curve), "\"]");
    }
    asides_ += ']';
  }

  void AppendStates(size_t bytes_max) {
    std::vector<WrittenState> states;
    for (const ShownState& each : ShownStatesOf(input_.asides, kStatesMax)) {
      const auto lane = lanes_.find(each.node);
      if (lane == lanes_.end()) continue;
      states.push_back({lane->second - 1, each.event, StateJson(each.state)});
    }
    KeepNewest(bytes_max, states);
    std::vector<std::string> words;
    std::map<std::string_view, size_t> places;
    asides_ += ",\"states\":[";
    for (const WrittenState& each : states) {
      const auto [place, is_new] = places.try_emplace(each.json, words.size());
      if (is_new) words.push_back(each.json);
      absl::StrAppend(&asides_, asides_.back() == '[' ? "[" : ",[", each.lane,
                      ",", each.event, ",", place->second, "]");
    }
    absl::StrAppend(&asides_, "],\"stateWords\":[", absl::StrJoin(words, ","),
                    "]");
  }

  // An order that stops where no property is violated is not what the verdict
  // rests on.
  void AppendOrders() {
    asides_ += ",\"orders\":[";
    const std::vector<FoundOrder> orders = FoundOrdersOf(input_.asides);
    for (const FoundOrder& order : orders) {
      if (order.illegal && input_.contradiction.empty()) continue;
      const size_t size = order.operations.size();
      const size_t left_out =
          size - std::min(size, kOrderedMax / orders.size());
      if (asides_.back() != '[') asides_ += ',';
      asides_ += '[';
      checker::AppendJsonText(Shortened(Printable(order.partition)), asides_);
      absl::StrAppend(
          &asides_, ",", order.illegal ? absl::StrCat(*order.illegal) : "null",
          ",", left_out, ",\"", OrderLetters(order, left_out), "\"]");
    }
    asides_ += ']';
  }

  void AppendLanes(std::string& json) const {
    json += ",\"lanes\":[";
    bool is_first = true;
    for (const NodeId node : run_.nodes()) {
      json += is_first ? "[" : ",[";
      is_first = false;
      checker::AppendJsonText(run_.names().NodeName(node), json);
      json += run_.IsClient(node) ? ",1]" : ",0]";
    }
    json += ']';
  }

  void AppendWords(std::string& json) const {
    json += ",\"words\":[";
    bool is_first = true;
    for (const RunWords& words : run_.words()) {
      json += is_first ? "[" : ",[";
      is_first = false;
      for (const std::string& each : {words.kind, words.verb, words.fault}) {
        if (json.back() != '[') json += ',';
        checker::AppendJsonText(each, json);
      }
      json += ']';
    }
    json += ']';
  }

  std::string Events(const Extent& extent) {
    std::string letters;
    last_ = {};
    untold_ = 0;
    const std::vector<RunEvent>& events = run_.events();
    for (size_t i = extent.first_event; i < events.size(); ++i) {
      const bool has_text =
          i >= extent.first_text || !run_.WordsOf(events[i]).fault.empty();
      AppendEvent(i, extent.first_event, has_text, letters);
    }
    return letters;
  }

  void AppendEvent(size_t place, size_t first, bool has_text,
                   std::string& letters) {
    const RunEvent& each = run_.events()[place];
    const TraceEvent& event = each.listed->event;
    const auto time = static_cast<uint64_t>(event.time.nanoseconds());
    AppendNumber(time - last_.time, letters);
    AppendNumber(each.listed->number - last_.number, letters);
    AppendNumber(each.words, letters);
    AppendNumber(HasNode(event) ? lanes_.at(event.node) : 0, letters);
    const bool is_linked = each.begin && *each.begin >= first;
    AppendNumber(is_linked ? place - *each.begin : 0, letters);
    uint64_t id = last_.id;
    if (!is_linked) {
      AppendNumber(HasPeer(event) ? lanes_.at(event.peer) : 0, letters);
      AppendDifference(event.id, last_.id, letters);
      id = event.id;
    }
    AppendText(each, is_linked, has_text, letters);
    if (event.kind == EventKind::kLinkClogged ||
        event.kind == EventKind::kLinkFlaps ||
        event.kind == EventKind::kNodeSlowed) {
      AppendNumber(event.value, letters);
    }
    last_ = {time, each.listed->number, id};
  }

  // An arrival is told by its sending.
  void AppendText(const RunEvent& each, bool is_linked, bool has_text,
                  std::string& letters) {
    const bool is_told =
        is_linked &&
        EventTextOf(each.listed->event.kind).parties != EventParties::kNode;
    if (each.text.empty() || is_told) return AppendNumber(0, letters);
    if (!has_text) {
      ++untold_;
      return AppendNumber(0, letters);
    }
    const auto [place, is_new] = places_.try_emplace(each.text, texts_.size());
    if (is_new) texts_.push_back(Shortened(each.text));
    AppendNumber(is_new ? 1 : 2 + (texts_.size() - 1 - place->second), letters);
  }

  struct Last {
    uint64_t time = 0;
    uint64_t number = 0;
    uint64_t id = 0;
  };

  const RunEvents& run_;
  const PageRun& input_;
  std::map<NodeId, uint64_t> lanes_;  // From 1 on.
  std::string asides_;                // Curves, states, orders, as JSON.
  std::vector<std::string> texts_;
  std::map<std::string_view, size_t> places_;  // Of texts.
  Last last_;
  size_t untold_ = 0;  // Texts that were left out.
};

// A number up to `most` that `fits`, at most a 256th of it above the least;
// `most` where none does.
size_t Least(size_t most, const std::function<bool(size_t)>& fits) {
  size_t low = 0;
  size_t high = most;
  while (high - low > most / 256) {
    const size_t middle = low + (high - low) / 2;
    if (fits(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return high;
}

}  // namespace

std::string RunDataJson(const RunEvents& run, const PageRun& input,
                        size_t bytes_max) {
  RunWriter writer(run, input, bytes_max);
  const auto fits = [&](const Extent& extent) {
    return writer.Json(extent).size() <= bytes_max;
  };
  const size_t all = run.events().size();
  Extent extent;
  if (!fits(extent)) {
    extent.first_text = Least(all, [&](size_t first) {
      return fits({0, first});
    });
    if (extent.first_text == all) {
      extent.first_event = Least(all, [&](size_t first) {
        return fits({first, all});
      });
    }
  }
  return writer.Json(extent);
}

std::string CurveJson(const FailureCurve& curve) {
  std::string json = "{\"turn\":";
  absl::StrAppend(
      &json, curve.turning_point ? absl::StrCat(*curve.turning_point) : "null");
  json += ",\"text\":";
  checker::AppendJsonText(curve.turning_text, json);
  return json + "}";
}

}  // namespace reprise
