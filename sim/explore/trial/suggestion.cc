#include "reprise/sim/explore/trial/suggestion.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "reprise/sim/explore/trial/echo.h"

namespace reprise {
namespace {

// Optimal string alignment distance: Levenshtein's with exchanges of
// neighbours (Damerau, "A technique for computer detection and correction of
// spelling errors", 1964).
size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> rows(a.size() + 1,
                                        std::vector<size_t>(b.size() + 1, 0));
  for (size_t i = 0; i <= a.size(); ++i) rows[i][0] = i;
  for (size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = a[i - 1] == b[j - 1] ? 0 : 1;
      rows[i][j] = std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1,
                             rows[i - 1][j - 1] + replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
  }
  return rows[a.size()][b.size()];
}

}  // namespace

std::string NearestName(std::string_view name,
                        const std::vector<std::string>& valid) {
  constexpr size_t kNameLengthMax = 200;  // EditDistance() is quadratic.
  if (name.empty() || name.size() > kNameLengthMax) return "";
  std::string nearest;
  size_t fewest = (name.size() + 1) / 3 + 1;
  size_t beginning_alike = 0;
  std::string longer;
  for (const std::string& candidate : valid) {
    if (candidate.starts_with(name)) {
      ++beginning_alike;
      longer = candidate;
    }
    const size_t edits = EditDistance(name, candidate);
    if (edits < fewest) {
      fewest = edits;
      nearest = candidate;
    }
  }
  if (nearest.empty() && beginning_alike == 1) return longer;
  return nearest;
}

absl::Status UnknownName(std::string_view what, std::string_view name,
                         const std::vector<std::string>& valid) {
  std::string message = absl::StrFormat("unknown %s \"%s\"", what, Echo(name));
  const std::string nearest = NearestName(name, valid);
  if (!nearest.empty())
    absl::StrAppend(&message, "; did you mean ", nearest, "?");
  if (valid.empty()) {
    absl::StrAppend(&message, nearest.empty() ? "." : "", " There is none.");
  } else {
    absl::StrAppend(&message, nearest.empty() ? "." : "",
                    " There are: ", absl::StrJoin(valid, ", "), ".");
  }
  return absl::InvalidArgumentError(message);
}

}  // namespace reprise
