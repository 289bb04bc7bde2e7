#include "sim/core/context.h"

#include <cstddef>

namespace reprise {

namespace {

struct ThreadState {
  Context context;
  FiberPoolHolder pool;
};

ThreadState& State() {
  static thread_local ThreadState state;
  return state;
}

}  // namespace

Context& CurrentContext() { return State().context; }

FiberPoolHolder& CurrentFiberPoolHolder() { return State().pool; }

void DescribeContext(char* buffer, size_t size) {
  const Context& context = CurrentContext();
  buffer[0] = '\0';
  if (context.describe != nullptr) context.describe(context, buffer, size);
}

}  // namespace reprise
