// HousePicture(): rooms as boxes, floors as rows, includes as arrows down.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/tidy/house.h"

namespace reprise::tidy {
namespace {

constexpr int kWidth = 1200;
constexpr int kBoxHeight = 34;
constexpr int kFloorHeight = 84;
constexpr int kMargin = 24;

struct Box {
  int x = 0;  // Of the middle.
  int y = 0;  // Of the top.
  int width = 0;
};

using Boxes = std::map<std::string, Box>;
using Arrows = std::map<std::string, std::set<std::string>>;

// Whether a way of arrows leads from `from` down to `to`.
bool Leads(const Arrows& arrows, const std::string& from,
           const std::string& to) {
  const auto found = arrows.find(from);
  if (found == arrows.end()) return false;
  return found->second.count(to) > 0 ||
         std::any_of(
             found->second.begin(), found->second.end(),
             [&](const std::string& next) { return Leads(arrows, next, to); });
}

// The arrows that no longer way implies.
Arrows Reduced(const Arrows& arrows) {
  Arrows reduced;
  for (const auto& [from, below] : arrows) {
    for (const std::string& to : below) {
      const bool is_implied =
          std::any_of(below.begin(), below.end(), [&](const std::string& next) {
            return next != to && Leads(arrows, next, to);
          });
      if (!is_implied) reduced[from].insert(to);
    }
  }
  return reduced;
}

Arrows ArrowsOf(const House& house) {
  std::set<std::string> shown;
  for (const Room& room : house.rooms) shown.insert(room.folder);
  Arrows arrows;
  for (const Room& room : house.rooms) {
    for (const std::string& below : room.below) {
      if (shown.count(below) > 0) arrows[room.folder].insert(below);
    }
  }
  return arrows;
}

std::vector<std::vector<std::string>> Floors(const House& house) {
  std::vector<std::vector<std::string>> floors;
  for (const Room& room : house.rooms) {
    const auto floor = static_cast<size_t>(room.floor);
    if (floors.size() < floor + 1) floors.resize(floor + 1);
    floors[floor].push_back(room.folder);
  }
  return floors;
}

// The mean place of what a room includes, where that is drawn already.
int WishedPlace(const std::string& room, const Arrows& arrows,
                const Boxes& boxes) {
  const auto found = arrows.find(room);
  if (found == arrows.end()) return kWidth / 2;
  int sum = 0;
  for (const std::string& below : found->second) sum += boxes.at(below).x;
  return sum / static_cast<int>(found->second.size());
}

int WidthOf(const std::string& room) {
  return 28 + 8 * static_cast<int>(room.size());
}

// Puts rooms side by side, the same gap between all.
void PlaceRow(const std::vector<std::string>& rooms, int y, Boxes& boxes) {
  int taken = 0;
  for (const std::string& room : rooms) taken += WidthOf(room);
  const int gap = (kWidth - taken) / (static_cast<int>(rooms.size()) + 1);
  int left = gap;
  for (const std::string& room : rooms) {
    const int width = WidthOf(room);
    boxes[room] = {.x = left + width / 2, .y = y, .width = width};
    left += width + gap;
  }
}

// Lays the floors from the ground up, each room near what it includes.
Boxes Lay(const House& house, const Arrows& arrows) {
  std::vector<std::vector<std::string>> floors = Floors(house);
  Boxes boxes;
  for (size_t floor = 1; floor < floors.size(); ++floor) {
    std::vector<std::string>& rooms = floors[floor];
    std::stable_sort(rooms.begin(), rooms.end(),
                     [&](const std::string& a, const std::string& b) {
                       return WishedPlace(a, arrows, boxes) <
                              WishedPlace(b, arrows, boxes);
                     });
    const int y =
        kMargin + static_cast<int>(floors.size() - 1 - floor) * kFloorHeight;
    PlaceRow(rooms, y, boxes);
  }
  return boxes;
}

std::string ArrowPath(const Box& from, const Box& to) {
  const int start = from.y + kBoxHeight;
  const int end = to.y - 3;
  const int bend = std::min((end - start) / 2, kFloorHeight / 2);
  return absl::StrFormat(
      "<path class=\"arrow\" d=\"M%d %d C%d %d %d %d %d %d\"/>\n", from.x,
      start, from.x, start + bend, to.x, end - bend, to.x, end);
}

std::string RoomBox(const std::string& folder, const Box& box) {
  return absl::StrFormat(
      "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>\n"
      "<text x=\"%d\" y=\"%d\">%s</text>\n",
      box.x - box.width / 2, box.y, box.width, kBoxHeight, box.x,
      box.y + kBoxHeight / 2 + 5, folder);
}

constexpr char kHead[] =
    R"svg(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d">
<title>The folders of the project; an arrow leads to what a folder includes
</title>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"
 markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#555"/></marker>
</defs>
<style>
rect { fill: #eef3f8; stroke: #35566f; stroke-width: 1.3; }
text { font: 14px sans-serif; text-anchor: middle; fill: #14202b; }
.arrow { fill: none; stroke: #555; stroke-width: 1.1; marker-end: url(#tip); }
</style>
<rect x="0" y="0" width="100%%" height="100%%" style="fill:#fff;stroke:none"/>
)svg";

}  // namespace

std::string HousePicture(const House& house) {
  const Arrows arrows = Reduced(ArrowsOf(house));
  const Boxes boxes = Lay(house, arrows);
  const int floors = house.rooms.empty() ? 0 : house.rooms.front().floor;
  std::string svg =
      absl::StrFormat(kHead, kWidth, floors * kFloorHeight + kMargin);
  for (const auto& [from, below] : arrows) {
    for (const std::string& to : below) {
      svg += ArrowPath(boxes.at(from), boxes.at(to));
    }
  }
  for (const auto& [folder, box] : boxes) svg += RoomBox(folder, box);
  return svg + "</svg>\n";
}

}  // namespace reprise::tidy
