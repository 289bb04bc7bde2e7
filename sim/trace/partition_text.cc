#include "reprise/sim/trace/partition_text.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace reprise {
namespace {

constexpr std::string_view kArrow = "->";
constexpr std::string_view kComma = ", ";

using Names = std::vector<std::string>;

// Who is cut off from whom.
class Cuts {
 public:
  // None where `pairs` is not "a->b, c->d".
  static std::optional<Cuts> Parse(std::string_view pairs) {
    Cuts cuts;
    while (!pairs.empty()) {
      const size_t end = std::min(pairs.find(kComma), pairs.size());
      if (!cuts.Add(pairs.substr(0, end))) return std::nullopt;
      pairs.remove_prefix(std::min(end + kComma.size(), pairs.size()));
    }
    return cuts;
  }

  // The nodes that see one another, where that parts them into groups.
  std::optional<std::vector<Names>> Groups() const {
    std::vector<Names> groups;
    for (const std::string& name : names_) {
      const auto group = std::find_if(
          groups.begin(), groups.end(),
          [&](const Names& some) { return !AreCut(name, some.front()); });
      if (group != groups.end()) {
        group->push_back(name);
      } else {
        groups.push_back({name});
      }
    }
    return AreWhole(groups) ? std::optional(groups) : std::nullopt;
  }

  // Two sides, where all of the first are cut off from all of the second.
  std::optional<std::pair<Names, Names>> Sides() const {
    std::pair<Names, Names> sides;
    for (const std::string& name : names_) {
      (targets_.contains(name) ? sides.first : sides.second).push_back(name);
    }
    for (const auto& [from, to] : targets_) {
      if (Names(to.begin(), to.end()) != Sorted(sides.second)) {
        return std::nullopt;
      }
    }
    return sides;
  }

  // "a -/-> c d, b -/-> d"
  std::string Pairs() const {
    std::vector<std::string> rows;
    for (const std::string& from : names_) {
      const auto to = targets_.find(from);
      if (to == targets_.end()) continue;
      rows.push_back(
          absl::StrCat(from, " -/-> ", absl::StrJoin(to->second, " ")));
    }
    return absl::StrJoin(rows, ", ");
  }

 private:
  static Names Sorted(Names names) {
    std::sort(names.begin(), names.end());
    return names;
  }

  bool Add(std::string_view pair) {
    const size_t arrow = pair.find(kArrow);
    if (arrow == std::string_view::npos) return false;
    const std::string from(pair.substr(0, arrow));
    const std::string to(pair.substr(arrow + kArrow.size()));
    if (from.empty() || to.empty()) return false;
    for (const std::string& name : {from, to}) {
      if (std::find(names_.begin(), names_.end(), name) == names_.end()) {
        names_.push_back(name);
      }
    }
    targets_[from].insert(to);
    return true;
  }

  bool IsCut(const std::string& from, const std::string& to) const {
    const auto found = targets_.find(from);
    return found != targets_.end() && found->second.contains(to);
  }
  bool AreCut(const std::string& a, const std::string& b) const {
    return IsCut(a, b) || IsCut(b, a);
  }

  // Whether all inside each group see one another, and nobody outside.
  bool AreWhole(const std::vector<Names>& groups) const {
    for (const Names& a : groups) {
      for (const Names& b : groups) {
        for (const std::string& from : a) {
          for (const std::string& to : b) {
            if (IsCut(from, to) != (&a != &b)) return false;
          }
        }
      }
    }
    return true;
  }

  Names names_;  // In the order of their first mention.
  std::map<std::string, std::set<std::string>> targets_;
};

std::string Braced(const Names& names) {
  return absl::StrCat("{", absl::StrJoin(names, " "), "}");
}

}  // namespace

std::string DescribeCuts(std::string_view pairs) {
  const std::optional<Cuts> cuts = Cuts::Parse(pairs);
  if (!cuts || pairs.empty()) return std::string(pairs);
  if (const auto groups = cuts->Groups()) {
    std::vector<std::string> texts;
    for (const Names& group : *groups) texts.push_back(Braced(group));
    return absl::StrJoin(texts, " | ");
  }
  if (const auto sides = cuts->Sides()) {
    return absl::StrCat(Braced(sides->first), " -/-> ", Braced(sides->second));
  }
  return cuts->Pairs();
}

}  // namespace reprise
