#include "reprise/sim/explore/trial/trial_marks.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/mark_list.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/trial.h"

namespace reprise {
namespace {

// As it is written in #include lines, wherever the build has put the header.
std::string_view FileOf(const MarkPlace& place) {
  constexpr std::string_view kCopies = "/_virtual_includes/";
  const std::string_view file = place.file;
  const size_t copies = file.find(kCopies);
  if (copies == std::string_view::npos) return file;
  const size_t library = file.find('/', copies + kCopies.size());
  return library == std::string_view::npos ? file : file.substr(library + 1);
}

}  // namespace

TrialMarks::TrialMarks(Trial& trial, std::span<uint64_t> counts)
    : trial_(trial), counts_(counts) {
  std::fill(counts_.begin(), counts_.end(), 0);
}

void TrialMarks::OnMark(const Mark& mark, bool holds, const MarkPlace& place) {
  const bool is_always = mark.kind() == MarkKind::kAlways;
  const bool counts = holds || is_always;
  if (counts && mark.number() < counts_.size()) ++counts_[mark.number()];
  const bool is_broken =
      is_always ? !holds : mark.kind() == MarkKind::kUnreachable;
  if (is_broken) [[unlikely]] {
    Violate(mark, place);
  }
}

void TrialMarks::Violate(const Mark& mark, const MarkPlace& place) {
  const FrameworkMemoryScope scope;
  if (std::find(violated_.begin(), violated_.end(), &mark) != violated_.end()) {
    return;
  }
  violated_.push_back(&mark);
  const Task* task = CurrentContext().task;
  const World* world = trial_.world_or_null();
  const bool is_always = mark.kind() == MarkKind::kAlways;
  trial_.Violate(
      is_always ? kAlwaysProperty : kUnreachableProperty,
      absl::StrCat(
          ToAbsl(MarkKindName(mark.kind())), "(\"", ToAbsl(mark.name()),
          is_always ? "\") was false at " : "\") was reached at ",
          ToAbsl(FileOf(place)), ":", place.line, ", in ",
          task != nullptr ? task->FullName() : "no task",
          world != nullptr ? ", at " + FormatTime(world->now()) : "", "."));
}

}  // namespace reprise
