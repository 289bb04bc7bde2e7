#include "reprise/sim/core/context.h"

#include <cstddef>

namespace reprise {

FiberPoolHolder& CurrentFiberPoolHolder() {
  static thread_local FiberPoolHolder holder;
  return holder;
}

void DescribeContext(char* buffer, size_t size) {
  const Context& context = CurrentContext();
  buffer[0] = '\0';
  if (context.describe != nullptr) context.describe(context, buffer, size);
}

}  // namespace reprise
