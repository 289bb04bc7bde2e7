#include "reprise/sim/core/debug_stop.h"

#include <csignal>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/debugger.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"

const char* reprise_debug_texts[3] = {};

namespace reprise {
namespace {

std::string DescribeFrames() {
  std::string text;
  const Scheduler* scheduler = CurrentContext().scheduler;
  if (scheduler == nullptr) return text;
  for (const Task* task : scheduler->Tasks()) {
    const uint64_t number = task->id().value();
    const void* frame = reprise_debug_frame(number);
    if (frame == nullptr) continue;
    absl::StrAppend(&text, number, " ", reinterpret_cast<uintptr_t>(frame),
                    "\n");
  }
  return text;
}

}  // namespace

void StopInDebugger() {
  const FrameworkMemoryScope scope;
  const std::string frames = DescribeFrames();
  reprise_debug_texts[0] = reprise_debug_tasks();
  reprise_debug_texts[1] = reprise_debug_world();
  reprise_debug_texts[2] = frames.c_str();
  std::raise(SIGTRAP);
  for (const char*& text : reprise_debug_texts) text = nullptr;
}

}  // namespace reprise
