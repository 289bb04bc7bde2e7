#include "reprise/sim/core/forbidden_calls.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/call_stack.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/text.h"

namespace reprise {
namespace {

// Never inlined, so that it is one frame in every build.
[[gnu::noinline]] ForbiddenCall CallFromHere(Forbidden kind,
                                             const char* function) {
  ForbiddenCall call{.kind = kind, .function = function};
  char where[256];
  DescribeContext(where, sizeof(where));
  call.where = where;
  constexpr size_t kFramesKept = 8;
  void* frames[kFramesMax];
  // Leaves out this function, NoteForbiddenCall and the sandbox's function.
  const int depth = CaptureCallStack(frames, kFramesMax, /*skip=*/3);
  call.stack = ReadableFrames(frames, depth, kFramesKept);
  return call;
}

struct Row {
  std::string_view name;
  std::string_view enumerator;
  std::string_view instead;  // What code of a node has in its place.
};

// By kind.
constexpr std::array<Row, 7> kRows = {{
    {"the wall clock", "kWallClock", "env.clock()"},
    {"entropy of the system", "kEntropy", "env.random()"},
    {"a sleep in real time", "kSleep", "env.clock().SleepFor()"},
    {"a thread", "kThread", "env.tasks().Spawn()"},
    {"a socket", "kSocket", "env.network()"},
    {"a file", "kFile", "env.disk()"},
    {"a process", "kProcess", "another node"},
}};
static_assert(kRows.size() == static_cast<size_t>(Forbidden::kProcess) + 1);

const Row& RowOf(Forbidden kind) { return kRows[static_cast<size_t>(kind)]; }

}  // namespace

std::string_view ForbiddenName(Forbidden kind) { return RowOf(kind).name; }

std::string ForbiddenCall::ToString() const {
  const Row& row = RowOf(kind);
  std::string text = absl::StrCat("code of a node called ", function, ": ",
                                  ToAbsl(row.name), " outside its env.\n",
                                  "  what to do: use ", ToAbsl(row.instead),
                                  ", or allow the calls that decide nothing by "
                                  "trial.Allow(Forbidden::",
                                  ToAbsl(row.enumerator), ").\n", where);
  for (const std::string& frame : stack) {
    absl::StrAppend(&text, "    ", frame, "\n");
  }
  return text;
}

bool ForbiddenCalls::IsNew(std::string_view function) const {
  return std::none_of(
      kept_.begin(), kept_.end(),
      [&](const ForbiddenCall& call) { return call.function == function; });
}

[[gnu::weak]] bool IsSandboxLinked() { return false; }

[[gnu::noinline]] void NoteForbiddenCall(Forbidden kind, const char* function) {
  // What is done here is the framework's own work.
  const FrameworkMemoryScope scope;
  ForbiddenCalls* calls = CurrentScheduler().forbidden_calls();
  if (calls == nullptr) Fatal(CallFromHere(kind, function).ToString());
  if (calls->IsAllowed(kind)) return;
  ++calls->count_;
  if (calls->kept_.size() == ForbiddenCalls::kMostKept) return;
  if (!calls->IsNew(function)) return;
  calls->kept_.push_back(CallFromHere(kind, function));
}

}  // namespace reprise
