#include "reprise/checker/report/shortened.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "reprise/text/numbers.h"
#include "reprise/text/utf8.h"

namespace reprise::checker {
namespace {

constexpr size_t kPlaces = 2;
// A gap of fewer characters would take more room than it saves.
constexpr size_t kLeastGap = 24;

// The size of the first character or escape of `text`.
size_t UnitSize(std::string_view text) {
  if (text[0] == '\\' && text.size() > 1) {
    return std::min(text.size(), text[1] == 'x' ? size_t{4} : size_t{2});
  }
  return std::max(size_t{1}, Utf8SequenceLength(text));
}

// Characters, both ends of the first to the last but the end.
struct Part {
  size_t begin;
  size_t end;
};

// Where each character begins, and the end.
std::vector<size_t> Units(std::string_view text) {
  std::vector<size_t> units;
  for (size_t at = 0; at < text.size(); at += UnitSize(text.substr(at))) {
    units.push_back(at);
  }
  units.push_back(text.size());
  return units;
}

// What is shown of `units`, in ascending order and apart.
std::vector<Part> ShownParts(const std::vector<size_t>& units,
                             const ShortenedOptions& options) {
  const size_t count = units.size() - 1;
  const size_t share = options.most / (options.places.size() + 2);
  std::vector<Part> parts = {{0, share}, {count - share, count}};
  for (const size_t place : options.places) {
    const auto found = std::upper_bound(units.begin(), units.end(), place);
    const auto at = static_cast<size_t>(found - units.begin());
    parts.push_back(
        {at - std::min(at, share / 2), std::min(at + share / 2, count)});
  }
  std::sort(parts.begin(), parts.end(),
            [](const Part& a, const Part& b) { return a.begin < b.begin; });
  std::vector<Part> joined = {parts[0]};
  for (const Part& part : parts) {
    if (part.begin < joined.back().end + kLeastGap) {
      joined.back().end = std::max(joined.back().end, part.end);
    } else {
      joined.push_back(part);
    }
  }
  return joined;
}

}  // namespace

std::string Shortened(std::string_view text, const ShortenedOptions& options) {
  if (text.size() <= options.most) return std::string(text);
  const std::vector<size_t> units = Units(text);
  if (units.size() - 1 <= options.most) return std::string(text);
  std::string shortened;
  size_t shown = 0;
  for (const Part& part : ShownParts(units, options)) {
    if (part.begin > shown) {
      absl::StrAppend(&shortened, " … ", Count(part.begin - shown, "character"),
                      " … ");
    }
    shortened +=
        text.substr(units[part.begin], units[part.end] - units[part.begin]);
    shown = part.end;
  }
  return shortened;
}

std::vector<size_t> Differences(std::string_view text,
                                std::span<const std::string> others) {
  std::vector<size_t> places;
  for (const std::string& other : others) {
    if (other == text) continue;
    const auto differ =
        std::mismatch(text.begin(), text.end(), other.begin(), other.end());
    places.push_back(static_cast<size_t>(differ.first - text.begin()));
  }
  std::sort(places.begin(), places.end(), std::greater<>());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  places.resize(std::min(places.size(), kPlaces));
  return places;
}

}  // namespace reprise::checker
