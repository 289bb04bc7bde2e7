#include "reprise/sim/core/context.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>

namespace reprise {

FiberPoolHolder& CurrentFiberPoolHolder() {
  static thread_local FiberPoolHolder holder;
  return holder;
}

void DescribeContext(char* buffer, size_t size) {
  const Context& context = CurrentContext();
  buffer[0] = '\0';
  size_t used = 0;
  if (!context.scenario.empty()) {
    const auto name = static_cast<int>(context.scenario.size());
    const int length = std::snprintf(buffer, size, "  scenario \"%.*s\"\n",
                                     name, context.scenario.data());
    used = std::min(static_cast<size_t>(std::max(length, 0)), size - 1);
  }
  if (context.describe == nullptr) return;
  context.describe(context, buffer + used, size - used);
}

}  // namespace reprise
