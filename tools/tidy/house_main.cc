// Prints the folders of the project, floor by floor, and what each includes:
//
//   bazel run //tools:house            # as text
//   bazel run //tools:house -- --svg   # as a picture; see docs/house.svg

#include <iostream>
#include <string_view>

#include "tools/tidy/house.h"
#include "tools/tidy/tree.h"

int main(int argc, char** argv) {
  using reprise::tidy::House;
  const House house = reprise::tidy::ReadHouse(
      reprise::tidy::ReadTree(reprise::tidy::ProjectRoot()));
  if (!house.Circles().empty()) {
    std::cerr << "these folders include one another, or what does:\n";
    for (const std::string& folder : house.Circles()) {
      std::cerr << "  " << folder << "\n";
    }
    return 1;
  }
  const bool is_picture = argc > 1 && std::string_view(argv[1]) == "--svg";
  std::cout << (is_picture ? HousePicture(house) : HouseText(house));
  return 0;
}
