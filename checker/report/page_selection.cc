#include "reprise/checker/report/page_selection.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "reprise/checker/history/text.h"

namespace reprise::checker {
namespace {

std::vector<std::vector<OperationId>> ByKey(const History& history) {
  std::vector<std::vector<OperationId>> keys(history.keys());
  for (OperationId id = 0; id < history.size(); ++id) {
    keys[history[id].key].push_back(id);
  }
  return keys;
}

// `most` neighbours of `centre` in `ids`, and `must`.
std::vector<OperationId> Around(const std::vector<OperationId>& ids,
                                OperationId centre,
                                std::span<const OperationId> must,
                                size_t most) {
  const size_t room = most - std::min(must.size(), most);
  const auto middle = static_cast<size_t>(
      std::lower_bound(ids.begin(), ids.end(), centre) - ids.begin());
  const size_t before = std::min(middle, room / 2);
  const size_t begin = std::min(middle - before, ids.size() - room);
  std::vector<OperationId> around(must.begin(), must.end());
  around.insert(around.end(), ids.begin() + static_cast<ptrdiff_t>(begin),
                ids.begin() + static_cast<ptrdiff_t>(begin + room));
  std::sort(around.begin(), around.end());
  around.erase(std::unique(around.begin(), around.end()), around.end());
  return around;
}

}  // namespace

PageSelection SelectForPage(const History& history, KeyId focus,
                            OperationId centre,
                            std::span<const OperationId> must, size_t most) {
  PageSelection selection;
  if (history.size() <= most) {
    selection.ids.resize(history.size());
    std::iota(selection.ids.begin(), selection.ids.end(), 0);
    return selection;
  }
  const std::vector<std::vector<OperationId>> keys = ByKey(history);
  const std::vector<OperationId>& of_focus = keys[focus];
  const bool is_whole = of_focus.size() <= most;
  selection.ids = is_whole ? of_focus : Around(of_focus, centre, must, most);
  size_t others = 0;
  for (KeyId key = 0; key < keys.size(); ++key) {
    if (key == focus || selection.ids.size() + keys[key].size() > most)
      continue;
    selection.ids.insert(selection.ids.end(), keys[key].begin(),
                         keys[key].end());
    ++others;
  }
  std::sort(selection.ids.begin(), selection.ids.end());
  selection.left_out = absl::StrCat(
      "This page shows ", selection.ids.size(), " of ", history.size(),
      " operations: ", is_whole ? "all " : "a part of the ", of_focus.size(),
      " on key ", Quoted(history.KeyName(focus)), ", and ", others,
      " of the other keys, of which there are ", history.keys() - 1,
      ". The verdict is about all operations.");
  return selection;
}

}  // namespace reprise::checker
