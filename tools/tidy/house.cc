#include "tools/tidy/house.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tools/tidy/includes.h"
#include "tools/tidy/source.h"

namespace reprise::tidy {
namespace {

using Rooms = std::map<std::string, Room>;

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

bool IsShown(const Source& source) {
  if (source.language != Language::kCpp || source.IsTest()) return false;
  return !source.path.starts_with("tests/") ||
         source.path.starts_with("tests/scenarios/");
}

void AddSource(const Source& source, Rooms& rooms) {
  const std::string folder = FolderOf(source.path);
  Room& room = rooms[folder];
  room.folder = folder;
  room.lines += source.lines.size();
  for (const std::string& header : ProjectIncludes(source)) {
    const std::string below = FolderOf(header);
    if (below != folder) room.below.insert(below);
  }
}

// 0 where what the room includes has no floor yet.
int FloorOf(const Room& room, const Rooms& rooms) {
  int floor = 1;
  for (const std::string& below : room.below) {
    const auto found = rooms.find(below);
    if (found == rooms.end()) continue;  // Of tests alone.
    if (found->second.floor == 0) return 0;
    floor = std::max(floor, found->second.floor + 1);
  }
  return floor;
}

void AssignFloors(Rooms& rooms) {
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (auto& [folder, room] : rooms) {
      if (room.floor > 0) continue;
      room.floor = FloorOf(room, rooms);
      has_changed |= room.floor > 0;
    }
  }
}

}  // namespace

std::vector<std::string> House::Circles() const {
  std::vector<std::string> folders;
  for (const Room& room : rooms) {
    if (room.floor == 0) folders.push_back(room.folder);
  }
  return folders;
}

House ReadHouse(const Tree& tree) {
  Rooms rooms;
  for (const auto& [path, text] : tree) {
    const Source source = ParseSource(path, text);
    if (IsShown(source)) AddSource(source, rooms);
  }
  AssignFloors(rooms);
  House house;
  for (auto& [folder, room] : rooms) house.rooms.push_back(std::move(room));
  std::stable_sort(
      house.rooms.begin(), house.rooms.end(),
      [](const Room& a, const Room& b) { return a.floor > b.floor; });
  return house;
}

std::string HouseText(const House& house) {
  std::string text;
  for (const Room& room : house.rooms) {
    absl::StrAppendFormat(&text, "floor %2d  %-22s %6d lines", room.floor,
                          room.folder, room.lines);
    if (!room.below.empty()) {
      absl::StrAppend(&text, "  -> ", absl::StrJoin(room.below, ", "));
    }
    text += '\n';
  }
  return text;
}

}  // namespace reprise::tidy
