#include "reprise/checker/report/function_colours.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string_view>

#include "absl/strings/ascii.h"
#include "reprise/checker/history/hash.h"

namespace reprise::checker {
namespace {

struct Known {
  std::string_view function;  // in lower case
  size_t colour;
};

// Looking is blue, putting in is green, taking out is red, conditions are
// amber.
constexpr Known kKnown[] = {
    {"get", 0},     {"read", 0},    {"contains", 0}, {"peek", 0},
    {"put", 1},     {"write", 1},   {"push", 1},     {"enqueue", 1},
    {"insert", 1},  {"add", 1},     {"acquire", 1},  {"lock", 1},
    {"append", 2},  {"cas", 3},     {"remove", 4},   {"pop", 4},
    {"dequeue", 4}, {"release", 4}, {"unlock", 4},   {"delete", 4},
};

std::optional<size_t> KnownColour(std::string_view function) {
  const std::string name = absl::AsciiStrToLower(std::string(function));
  for (const Known& known : kKnown) {
    if (known.function == name) return known.colour;
  }
  return std::nullopt;
}

}  // namespace

std::vector<size_t> FunctionColours(const std::vector<std::string>& functions) {
  std::vector<size_t> colours(functions.size());
  std::array<bool, kFunctionColours> is_taken = {};
  std::vector<size_t> others;
  for (size_t place = 0; place < functions.size(); ++place) {
    const std::optional<size_t> known = KnownColour(functions[place]);
    if (known) {
      colours[place] = *known;
      is_taken[*known] = true;
    } else {
      others.push_back(place);
    }
  }
  std::sort(others.begin(), others.end(),
            [&](size_t a, size_t b) { return functions[a] < functions[b]; });
  for (const size_t place : others) {
    size_t colour = HashBytes(functions[place]) % kFunctionColours;
    for (size_t step = 0; step < kFunctionColours && is_taken[colour]; ++step) {
      colour = (colour + 1) % kFunctionColours;
    }
    colours[place] = colour;
    is_taken[colour] = true;
  }
  return colours;
}

}  // namespace reprise::checker
