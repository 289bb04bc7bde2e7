#include "reprise/sim/explore/isolation/death.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/call_stack.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/isolation/kept_errors.h"
#include "reprise/sim/explore/trial/trial.h"

namespace reprise {
namespace {

constexpr size_t kFramesShown = 16;
// Bazel, shells and Refuse() agree on it.
constexpr int kRefused = 2;

// `node server, task "boot"`.
std::string Who(const SharedWords& words) {
  if (!words.is_simulating) return "the scenario's own code";
  if (!words.has_task) return "an event";
  return absl::StrCat("node ", words.node, ", task \"", words.task, "\"");
}

// " at 0.250 000 s, step 1234".
std::string When(const SharedWords& words) {
  if (!words.is_simulating) return "";
  return absl::StrCat(" at ",
                      FormatTime(VirtualTime::Nanoseconds(words.nanoseconds)),
                      ", step ", words.steps);
}

std::string SignalName(int signal_number) {
  return absl::StrCat("signal ", signal_number, " (", strsignal(signal_number),
                      ")");
}

std::string What(const SharedWords& words, const ChildEnd& end) {
  switch (words.end) {
    case SharedWords::End::kSignal:
      return absl::StrCat("was ended by ", SignalName(words.signal_number));
    case SharedWords::End::kOverflow:
      return absl::StrCat("overflowed its stack of ", words.stack_bytes / 1024,
                          " KiB");
    case SharedWords::End::kExit:
      return "ended the process by exit()";
    case SharedWords::End::kStuck:
      return words.has_task ? "did not suspend" : "did not end";
    case SharedWords::End::kClosed:
      return "closed descriptors that it had not opened, among them the one by "
             "which its process tells of the trial";
    case SharedWords::End::kNone:
      break;
  }
  return end.signal_number != 0
             ? absl::StrCat("was ended by ", SignalName(end.signal_number))
             : absl::StrCat("ended the process with status ", end.status);
}

// How the C library and the C++ library end a process.
bool IsEndingFrame(std::string_view name) {
  constexpr std::string_view kNames[] = {
      "(unknown)", "raise",  "gsignal",      "abort",
      "exit",      "__libc", "__pthread",    "pthread_kill",
      "__assert",  "__run",  "__gnu_cxx::",  "__cxxabiv1::",
      "std::",     "__GI_",  "__interceptor"};
  return std::any_of(
      std::begin(kNames), std::end(kNames),
      [&](std::string_view start) { return name.starts_with(start); });
}

// A line for each call, and one for many calls of a function by itself.
std::string DescribeStack(const SharedWords& words) {
  std::vector<std::string> names =
      ReadableFrames(words.frames, words.depth, kFramesMax);
  const auto first =
      std::find_if_not(names.begin(), names.end(), IsEndingFrame);
  if (first != names.end()) names.erase(names.begin(), first);
  std::string text;
  size_t shown = 0;
  for (size_t i = 0; i < names.size() && shown < kFramesShown; ++shown) {
    size_t same = i;
    while (same < names.size() && names[same] == names[i]) ++same;
    absl::StrAppend(&text, "    ", names[i]);
    if (same - i > 1) absl::StrAppend(&text, " (", same - i, " times)");
    text += '\n';
    i = same;
  }
  return text;
}

Verdict Undecided(std::string message) {
  return {.kind = VerdictKind::kUndecided,
          .message = std::move(message),
          .depends_on_machine = true};
}

}  // namespace

Death DescribeDeath(const SharedWords& words, const ChildEnd& end,
                    const std::string& printed) {
  using End = SharedWords::End;
  if (words.end == End::kNone && end.status == kRefused) {
    return {.is_refusal = true};
  }
  const std::string who = words.end == End::kClosed ? "the trial" : Who(words);
  const std::string when = When(words);
  if (words.had_no_memory) {
    return {.verdict = Undecided(
                absl::StrCat(who, " found no memory left", when, "\n"))};
  }
  if (words.end == End::kStuck && words.is_repeating) {
    return {.verdict = Undecided(
                "the trial ended here, but did not end, for much longer, in "
                "the process that repeats it, and was ended there\n")};
  }
  if (words.end == End::kStuck) {
    return {.verdict = Undecided(absl::StrCat(
                who, " ", What(words, end),
                " for seconds of processor time, and was ended", when, "\n",
                DescribeStack(words), QuotePrinted(printed)))};
  }
  if (words.end == End::kNone && end.signal_number == SIGKILL) {
    return {.verdict =
                Undecided("somebody killed the process of the trial, as the "
                          "system does when it has no memory left\n")};
  }
  return {.verdict = {.kind = VerdictKind::kViolated,
                      .property = std::string(kNoCrashProperty),
                      .message = absl::StrCat(who, " ", What(words, end), when,
                                              "\n", DescribeStack(words),
                                              QuotePrinted(printed))}};
}

absl::Status RefusalError(const std::string& printed) {
  const size_t end = printed.find_last_not_of('\n');
  return absl::InvalidArgumentError(end == std::string::npos
                                        ? "the scenario refuses to run."
                                        : printed.substr(0, end + 1));
}

void NoteLackOfMemory(SharedWords& words, TrialResult& result) {
  if (!words.had_no_memory.exchange(false)) return;
  if (result.verdict.depends_on_machine) return;
  result.verdict = Undecided("the machine had no memory left for a while");
}

}  // namespace reprise
