#include "reprise/sim/trace/parse_cuts.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace reprise {
namespace {

constexpr std::string_view kSpace = " \t\r\n";
constexpr std::string_view kSigns = "{}|,";
constexpr std::string_view kBothWays = "|";
constexpr std::string_view kOneWay = "-/->";
constexpr std::string_view kEnd = "";  // The token behind the last.

using Names = std::vector<std::string>;

std::vector<std::string_view> SplitTokens(std::string_view words) {
  std::vector<std::string_view> tokens;
  size_t at = 0;
  while ((at = words.find_first_not_of(kSpace, at)) != words.npos) {
    size_t end = at + 1;
    if (kSigns.find(words[at]) == kSigns.npos) {
      end = std::min(words.find_first_of(" \t\r\n{}|,", at), words.size());
    }
    tokens.push_back(words.substr(at, end - at));
    at = end;
  }
  return tokens;
}

bool IsName(std::string_view token) {
  return token != kEnd && token != kOneWay &&
         kSigns.find(token.front()) == kSigns.npos;
}

// Reads tokens one by one; the first error ends it.
class Parser {
 public:
  explicit Parser(std::string_view words) : tokens_(SplitTokens(words)) {}

  absl::StatusOr<std::vector<CutPair>> Parse() {
    if (tokens_.size() == 1 && tokens_.front() == kNothingCut) return cuts_;
    absl::Status status;
    do {
      status = ReadClause();
    } while (status.ok() && Take(","));
    if (!status.ok()) return status;
    if (Next() != kEnd) return Expected("\",\" or the end");
    std::sort(cuts_.begin(), cuts_.end());
    cuts_.erase(std::unique(cuts_.begin(), cuts_.end()), cuts_.end());
    return cuts_;
  }

 private:
  std::string_view Next() const {
    return next_ < tokens_.size() ? tokens_[next_] : kEnd;
  }
  bool Take(std::string_view token) {
    if (Next() != token) return false;
    ++next_;
    return true;
  }

  absl::Status Expected(std::string_view what) const {
    const std::string found =
        next_ < tokens_.size() ? absl::StrCat("\"", std::string(Next()), "\"")
                               : "the end";
    return absl::InvalidArgumentError(
        absl::StrCat("expected ", std::string(what), ", found ", found));
  }

  // Groups of which none sees another, or two of which one is cut off.
  absl::Status ReadClause() {
    std::vector<Names> groups(1);
    absl::Status status = ReadGroup(groups.back());
    if (!status.ok()) return status;
    const std::string_view sign = Next();
    if (sign != kBothWays && sign != kOneWay) {
      return Expected("\"|\" or \"-/->\"");
    }
    while (status.ok() && Take(sign)) {
      if (sign == kOneWay && groups.size() == 2) {
        return absl::InvalidArgumentError(
            "expected two sides of \"-/->\", found three");
      }
      status = ReadGroup(groups.emplace_back());
    }
    return status.ok() ? Cut(groups, sign) : status;
  }

  absl::Status ReadGroup(Names& names) {
    const bool is_braced = Take("{");
    while (IsName(Next())) names.emplace_back(tokens_[next_++]);
    if (names.empty()) return Expected("the name of a node");
    if (is_braced && !Take("}")) return Expected("\"}\"");
    return absl::OkStatus();
  }

  absl::Status Cut(const std::vector<Names>& groups, std::string_view sign) {
    for (size_t a = 0; a < groups.size(); ++a) {
      for (size_t b = 0; b < groups.size(); ++b) {
        if (a == b || (sign == kOneWay && b < a)) continue;
        const absl::Status status = CutBetween(groups[a], groups[b]);
        if (!status.ok()) return status;
      }
    }
    return absl::OkStatus();
  }

  absl::Status CutBetween(const Names& from, const Names& to) {
    for (const std::string& a : from) {
      for (const std::string& b : to) {
        if (a == b) {
          return absl::InvalidArgumentError(absl::StrCat(
              "expected \"", a, "\" on one side, found it on both"));
        }
        cuts_.push_back({a, b});
      }
    }
    return absl::OkStatus();
  }

  const std::vector<std::string_view> tokens_;
  size_t next_ = 0;
  std::vector<CutPair> cuts_;
};

}  // namespace

absl::StatusOr<std::vector<CutPair>> ParseCuts(std::string_view words) {
  return Parser(words).Parse();
}

}  // namespace reprise
