#include "reprise/checker/report/page_selection.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "reprise/checker/history/text.h"
#include "reprise/text/numbers.h"

namespace reprise::checker {
namespace {

using Ids = std::vector<OperationId>;

std::vector<Ids> ByPartition(const PageSource& history) {
  std::vector<Ids> partitions(history.partitions());
  const auto size = static_cast<OperationId>(history.size());
  for (OperationId id = 0; id < size; ++id) {
    partitions[history.Facts(id).partition].push_back(id);
  }
  return partitions;
}

// `most` neighbours of the centre in `ids`, with those that must be there.
Ids Around(const Ids& ids, const PageFocus& focus) {
  const size_t room = focus.most - std::min(focus.must.size(), focus.most);
  const auto middle = static_cast<size_t>(
      std::lower_bound(ids.begin(), ids.end(), focus.centre) - ids.begin());
  const size_t before = std::min(middle, room / 2);
  const size_t begin = std::min(middle - before, ids.size() - room);
  Ids around = focus.must;
  around.insert(around.end(), ids.begin() + static_cast<ptrdiff_t>(begin),
                ids.begin() + static_cast<ptrdiff_t>(begin + room));
  std::sort(around.begin(), around.end());
  around.erase(std::unique(around.begin(), around.end()), around.end());
  return around;
}

// `shown` operations, and `others` whole partitions beside the focus.
std::string LeftOut(const PageSource& history, const PageFocus& focus,
                    size_t shown, size_t of_focus, size_t others) {
  std::string text = absl::StrCat("This page shows ", WithThousands(shown),
                                  " of ", Count(history.size(), "operation"));
  if (history.partitions() > 1) {
    absl::StrAppend(&text, ": ",
                    of_focus <= focus.most ? "all of the " : "a part of the ",
                    WithThousands(of_focus), " on key ",
                    Quoted(history.PartitionName(focus.focus)), ", and ",
                    WithThousands(others), " of ",
                    Count(history.partitions() - 1, "other key"));
  }
  return text + ". The verdict is about all operations.";
}

}  // namespace

PageSelection SelectForPage(const PageSource& history, const PageFocus& focus) {
  PageSelection selection;
  if (history.size() <= focus.most) {
    selection.ids.resize(history.size());
    std::iota(selection.ids.begin(), selection.ids.end(), 0);
    return selection;
  }
  const std::vector<Ids> partitions = ByPartition(history);
  const Ids& of_focus = partitions[focus.focus];
  selection.ids =
      of_focus.size() <= focus.most ? of_focus : Around(of_focus, focus);
  size_t others = 0;
  for (PartitionId other = 0; other < partitions.size(); ++other) {
    const Ids& ids = partitions[other];
    if (other == focus.focus ||
        selection.ids.size() + ids.size() > focus.most) {
      continue;
    }
    selection.ids.insert(selection.ids.end(), ids.begin(), ids.end());
    ++others;
  }
  std::sort(selection.ids.begin(), selection.ids.end());
  selection.left_out =
      LeftOut(history, focus, selection.ids.size(), of_focus.size(), others);
  return selection;
}

}  // namespace reprise::checker
