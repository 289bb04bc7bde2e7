// House: the folders of the project, and which folder includes which.
//
// Guarantees: a room stands one floor above the highest room that it includes,
// so an arrow leads down, unless folders include one another in a circle, which
// has no floors and is named. Tests and benchmarks, which may include what they
// compare with, are left out; so are the folders of tests/ but the scenarios.
//
//   const House house = ReadHouse(tree);
//   std::cout << HouseText(house);

#ifndef TOOLS_TIDY_HOUSE_H_
#define TOOLS_TIDY_HOUSE_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "tools/tidy/tree.h"

namespace reprise::tidy {

struct Room {
  std::string folder;           // "sim/core"
  int floor = 0;                // From 1; 0 on or above a circle.
  size_t lines = 0;             // Of its sources.
  std::set<std::string> below;  // The folders that it includes.
};

struct House {
  std::vector<Room> rooms;  // From the top floor down, by name within it.

  // Folders on or above a circle.
  std::vector<std::string> Circles() const;
};

House ReadHouse(const Tree& tree);

// A line for each room: floor, name, lines, and what it includes.
std::string HouseText(const House& house);

// As HouseText, without arrows that a longer way down implies: a picture in SVG
// that reads without colours, too. The same house gives the same bytes.
std::string HousePicture(const House& house);

}  // namespace reprise::tidy

#endif  // TOOLS_TIDY_HOUSE_H_
