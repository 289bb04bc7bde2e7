#include "reprise/checker/key_value/zones.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace reprise::checker {
namespace {

// Zones come nearly in order, as operations do in order of their calls: moving
// each to its place takes linear time as long as few overlap.
void SortByBegin(auto& zones) {
  const auto by_begin = [](const auto& a, const auto& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  };
  size_t moves = 16 * zones.size();
  for (size_t next = 1; next < zones.size(); ++next) {
    const auto zone = zones[next];
    size_t place = next;
    for (; place > 0 && by_begin(zone, zones[place - 1]); --place) {
      zones[place] = zones[place - 1];
    }
    zones[place] = zone;
    if (next - place > moves) {
      std::sort(zones.begin(), zones.end(), by_begin);
      return;
    }
    moves -= next - place;
  }
}

}  // namespace

Zones::Result Zones::Check(const KeyOperations& key, const ValueIndex& values,
                           const Segment& segment) {
  key_ = &key;
  segment_ = &segment;
  const Result result = parse_.Run(key, values, segment);
  if (result == Result::kConflict) {
    Fail(parse_.conflict().kind, parse_.conflict().items);
  }
  if (result != Result::kParsed) return result;
  BuildLevels();
  if (IsStopped(monitor_)) return Result::kStopped;
  return BuildZones() && InitialZoneIsFirst() && ForwardZonesAreApart() &&
                 BackwardZonesFit()
             ? Result::kParsed
             : Result::kConflict;
}

void Zones::BuildLevels() {
  uint32_t levels = 0;
  levels_begin_.clear();
  for (const Parse::Cluster& cluster : parse_.clusters()) {
    levels_begin_.push_back(levels);
    levels += 2 * (cluster.positions + 1);
  }
  levels_begin_.push_back(levels);
  levels_.assign(levels, Level());
  unobserved_.clear();
  const Operation* const operations = key_->operations.data();
  const uint32_t* const begin = levels_begin_.data();
  Level* const all = levels_.data();
  for (uint32_t item = segment_->begin; item < segment_->end; ++item) {
    const Parse::Member& member = parse_.member(item);
    if (member.cluster == kNone) {
      unobserved_.push_back(item);
      continue;
    }
    const Operation& operation = operations[item];
    Level& level = all[begin[member.cluster] + member.level];
    level.first_return = std::min(level.first_return, operation.ret);
    level.last_call = std::max(level.last_call, operation.call);
  }
}

// False if the levels of a cluster are out of order.
bool Zones::BuildZones() {
  forward_.clear();
  backward_.clear();
  const auto clusters = static_cast<uint32_t>(parse_.clusters().size());
  for (uint32_t cluster = 0; cluster < clusters; ++cluster) {
    Level extremes;
    if (!LevelsAreInOrder(cluster, extremes)) return false;
    if (cluster == Parse::kInitialCluster) {
      initial_last_call_ = extremes.last_call;
    } else {
      AddZone({extremes.first_return, extremes.last_call, cluster, kNone});
    }
  }
  for (uint32_t item : unobserved_) {
    const Operation& append = key_->operations[item];
    AddZone({append.ret, append.call, kNone, item});
  }
  SortByBegin(forward_);
  SortByBegin(backward_);
  return true;
}

// Finds the first return and the last call of all levels on the way.
bool Zones::LevelsAreInOrder(uint32_t cluster, Level& extremes) {
  const uint32_t begin = levels_begin_[cluster];
  const uint32_t end = levels_begin_[cluster + 1];
  for (uint32_t number = begin; number < end; ++number) {
    const Level& level = levels_[number];
    if (level.first_return < extremes.last_call) [[unlikely]] {
      return FailLevels(cluster, number - begin);
    }
    extremes.first_return = std::min(extremes.first_return, level.first_return);
    extremes.last_call = std::max(extremes.last_call, level.last_call);
  }
  return true;
}

// A cluster of which nothing ever returns is a pending write that nobody
// observed.
void Zones::AddZone(Zone zone) {
  if (zone.begin == kNever) return;
  const bool is_forward = zone.begin < zone.end;
  if (!is_forward) std::swap(zone.begin, zone.end);
  (is_forward ? forward_ : backward_).push_back(zone);
}

// The value before the segment was there before everything, so that its zone,
// if anybody saw it, reaches back for ever.
bool Zones::InitialZoneIsFirst() {
  const Zone initial{0, initial_last_call_, Parse::kInitialCluster, kNone};
  for (const auto* zones : {&forward_, &backward_}) {
    for (const Zone& zone : *zones) {
      const EventIndex first_return =
          zones == &forward_ ? zone.begin : zone.end;
      if (first_return < initial_last_call_) {
        return FailInitial(LastToCall(initial), FirstToReturn(zone));
      }
    }
  }
  return true;
}

bool Zones::ForwardZonesAreApart() {
  for (size_t place = 1; place < forward_.size(); ++place) {
    if (forward_[place].begin < forward_[place - 1].end) {
      return FailEpochs(forward_[place - 1], forward_[place]);
    }
  }
  return true;
}

bool Zones::BackwardZonesFit() {
  size_t around = 0;  // forward zones that begin before the backward one
  for (const Zone& zone : backward_) {
    while (around < forward_.size() && forward_[around].begin < zone.begin) {
      ++around;
    }
    if (around > 0 && zone.end < forward_[around - 1].end) {
      return FailEpochs(forward_[around - 1], zone);
    }
  }
  return true;
}

// Clusters come in this order: the initial one; a forward zone at its begin; a
// backward zone at its begin too, or, if that lies in a forward zone, where
// that one ends.
void Zones::AppendOrder(std::vector<uint32_t>& order) const {
  struct Place {
    EventIndex at;
    bool is_forward;  // where both are at one place, backward zones come first
    const Zone* zone;
  };
  std::vector<Place> places;
  for (const Zone& zone : forward_) places.push_back({zone.begin, true, &zone});
  size_t around = 0;
  for (const Zone& zone : backward_) {
    while (around < forward_.size() && forward_[around].begin < zone.begin) {
      ++around;
    }
    const EventIndex busy_until = around > 0 ? forward_[around - 1].end : 0;
    places.push_back({std::max(zone.begin, busy_until), false, &zone});
  }
  std::stable_sort(
      places.begin(), places.end(), [](const Place& a, const Place& b) {
        return std::tie(a.at, a.is_forward) < std::tie(b.at, b.is_forward);
      });

  std::vector<uint32_t> rank_of_cluster(parse_.clusters().size(), kNone);
  std::vector<std::tuple<uint32_t, uint32_t, uint32_t>> ranked;
  rank_of_cluster[Parse::kInitialCluster] = 0;
  for (uint32_t rank = 0; rank < places.size(); ++rank) {
    const Zone& zone = *places[rank].zone;
    if (zone.cluster != kNone) {
      rank_of_cluster[zone.cluster] = rank + 1;
    } else {
      ranked.emplace_back(rank + 1, 0, zone.item);
    }
  }
  for (uint32_t item = segment_->begin; item < segment_->end; ++item) {
    const Parse::Member& member = parse_.member(item);
    if (member.cluster == kNone || rank_of_cluster[member.cluster] == kNone) {
      continue;
    }
    ranked.emplace_back(rank_of_cluster[member.cluster], member.level, item);
  }
  std::sort(ranked.begin(), ranked.end());
  for (const auto& [rank, level, item] : ranked) order.push_back(item);
}

bool Zones::Fail(ConflictKind kind, std::vector<uint32_t> items) {
  if (segment_->base.item != KnownValue::kInitial) {
    items.push_back(segment_->base.item);
  }
  conflict_ = {kind, std::move(items)};
  return false;
}

// Level `upper` returned before one below it was called last.
bool Zones::FailLevels(uint32_t cluster, uint32_t upper) {
  const auto levels = levels_.begin() + levels_begin_[cluster];
  const auto latest = std::max_element(
      levels, levels + upper,
      [](const Level& a, const Level& b) { return a.last_call < b.last_call; });
  const auto lower = static_cast<uint32_t>(latest - levels);
  uint32_t late = kNone;
  uint32_t early = kNone;
  for (uint32_t item = segment_->begin; item < segment_->end; ++item) {
    const Parse::Member& member = parse_.member(item);
    if (member.cluster != cluster) continue;
    const Operation& operation = key_->operations[item];
    if (member.level == lower &&
        (late == kNone || operation.call > key_->operations[late].call)) {
      late = item;
    }
    if (member.level == upper &&
        (early == kNone || operation.ret < key_->operations[early].ret)) {
      early = item;
    }
  }
  std::vector<uint32_t> items = {late, early};
  AddReader(early, items);
  return Fail(ConflictKind::kLevels, std::move(items));
}

bool Zones::FailInitial(uint32_t reader, uint32_t other) {
  std::vector<uint32_t> items = {reader, other};
  AddReader(reader, items);
  AddReader(other, items);
  return Fail(ConflictKind::kInitial, std::move(items));
}

bool Zones::FailEpochs(const Zone& a, const Zone& b) {
  std::vector<uint32_t> items;
  for (const Zone* zone : {&a, &b}) {
    items.push_back(FirstToReturn(*zone));
    items.push_back(LastToCall(*zone));
  }
  for (int actor = 0; actor < 4; ++actor) AddReader(items[actor], items);
  return Fail(ConflictKind::kEpochs, std::move(items));
}

// Where only somebody else's output shows where an Append went.
void Zones::AddReader(uint32_t item, std::vector<uint32_t>& items) const {
  const Operation& operation = key_->operations[item];
  const uint32_t cluster = parse_.member(item).cluster;
  if (operation.kind != OperationKind::kAppend || operation.HasOutput() ||
      cluster == kNone) {
    return;
  }
  items.push_back(parse_.clusters()[cluster].longest);
}

uint32_t Zones::FirstToReturn(const Zone& zone) const {
  if (zone.item != kNone) return zone.item;
  uint32_t first = kNone;
  for (uint32_t item = segment_->begin; item < segment_->end; ++item) {
    if (parse_.member(item).cluster == zone.cluster &&
        (first == kNone ||
         key_->operations[item].ret < key_->operations[first].ret)) {
      first = item;
    }
  }
  return first;
}

uint32_t Zones::LastToCall(const Zone& zone) const {
  if (zone.item != kNone) return zone.item;
  uint32_t last = kNone;
  for (uint32_t item = segment_->begin; item < segment_->end; ++item) {
    if (parse_.member(item).cluster == zone.cluster) last = item;
  }
  return last;  // items are in order of their calls
}

}  // namespace reprise::checker
