#include "reprise/sim/explore/cli/replay_comparison.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/digest_trail.h"
#include "reprise/sim/world/edits.h"

namespace reprise::cli {
namespace {

std::string DescribeFirstDifference(const Replay& replay) {
  const std::optional<EventRange> events = replay.FirstDifference();
  if (!events) return "";
  std::string text = "  the first event that differs is ";
  if (events->first == events->last) {
    absl::StrAppend(&text, events->first);
  } else {
    absl::StrAppend(&text, "one of ", events->first, " to ", events->last);
  }
  const uint64_t end = replay.trial.result.events;
  if (events->last > end) {
    absl::StrAppend(&text, "; this run ends after event ", end);
  }
  return absl::StrCat(text, "; --trace --until=", events->last,
                      " shows the way there\n");
}

}  // namespace

std::string DescribeComparison(const Replay& replay) {
  if (!replay.expected) return "";
  const ExpectedResult& expected = *replay.expected;
  if (replay.IsAlike()) {
    return "  plays alike: verdict, property and digest are as the file "
           "expects\n";
  }
  if (replay.is_stopped) {
    return "  stopped on the way: not compared with what the file expects\n";
  }
  return absl::StrFormat(
             "  does not play alike: the file expects %s%s%s and digest %016x; "
             "the code, the schedule or the options have changed since\n",
             VerdictName(expected.verdict),
             expected.property.empty() ? "" : " ", Echo(expected.property),
             expected.digest) +
         DescribeFirstDifference(replay);
}

std::string DescribeUnused(const Replay& replay) {
  std::string text;
  if (!replay.unused_options.empty()) {
    absl::StrAppend(&text, "  options that no longer apply: ",
                    Echo(absl::StrJoin(replay.unused_options, ", ")), "\n");
  }
  for (const UnfitEdit& unfit : replay.trial.unfit) {
    absl::StrAppend(&text, "  ", Echo(NameOf(unfit.edit)), " ",
                    Clipped(unfit.misfit.reason), "\n");
  }
  const Schedule& unused = replay.trial.unused;
  if (unused.empty()) return text;
  constexpr size_t kShown = 5;
  absl::StrAppend(&text, "  ", Count(unused.size(), "decision"),
                  " of the schedule ", unused.size() == 1 ? "names" : "name",
                  " nothing of this run: ");
  for (size_t i = 0; i < unused.size() && i < kShown; ++i) {
    absl::StrAppend(&text, i == 0 ? "" : ", ", Echo(NameOf(unused[i])));
  }
  return text + (unused.size() > kShown ? ", ...\n" : "\n");
}

absl::Status CheckWords(const std::string& path, const Replay& replay) {
  for (const UnfitEdit& unfit : replay.trial.unfit) {
    if (!unfit.misfit.is_unknown) continue;
    return BadDecision(path, unfit.edit, unfit.misfit.reason);
  }
  return absl::OkStatus();
}

}  // namespace reprise::cli
