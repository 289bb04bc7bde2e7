#include "reprise/sim/core/mark_list.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/misuse.h"
#include "reprise/sim/core/text.h"

namespace reprise {
namespace {

std::vector<const Mark*> Sorted() {
  std::vector<const Mark*> marks;
  for (const Mark* mark = internal::LastMark(); mark != nullptr;
       mark = mark->next()) {
    marks.push_back(mark);
  }
  std::sort(marks.begin(), marks.end(), [](const Mark* a, const Mark* b) {
    return a->name() != b->name() ? a->name() < b->name()
                                  : a->kind() < b->kind();
  });
  for (size_t i = 1; i < marks.size(); ++i) {
    if (marks[i]->name() != marks[i - 1]->name()) continue;
    Misuse(absl::StrCat("the mark \"", ToAbsl(marks[i]->name()), "\" is ",
                        ToAbsl(MarkKindName(marks[i - 1]->kind())),
                        " in one place and ",
                        ToAbsl(MarkKindName(marks[i]->kind())), " in another"),
           "give each of them a name of its own");
  }
  return marks;
}

}  // namespace

const std::vector<const Mark*>& Marks() {
  static const std::vector<const Mark*> marks = Sorted();
  return marks;
}

size_t MarkCount() {
  const Mark* last = internal::LastMark();
  return last == nullptr ? 0 : last->number() + 1;
}

uint64_t CountOf(const Mark& mark, std::span<const uint64_t> counts) {
  return mark.number() < counts.size() ? counts[mark.number()] : 0;
}

void AddMarks(std::span<const uint64_t> counts, MarkCounts& sum) {
  if (sum.size() < counts.size()) sum.resize(counts.size());
  for (size_t i = 0; i < counts.size(); ++i) sum[i] += counts[i];
}

std::string_view MarkKindName(MarkKind kind) {
  switch (kind) {
    case MarkKind::kAlways:
      return "Always";
    case MarkKind::kSometimes:
      return "Sometimes";
    case MarkKind::kReached:
      return "Reached";
    case MarkKind::kUnreachable:
      return "Unreachable";
  }
  return "";  // The compiler cannot see that the cases are complete.
}

}  // namespace reprise
