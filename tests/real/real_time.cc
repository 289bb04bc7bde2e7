#include "tests/real/real_time.h"

#include <poll.h>

namespace reprise {

void RealTime::Sleep(Duration length) const {
  const VirtualTime end = Now() + length;
  // A signal wakes it early.
  while (Now() < end) {
    const int64_t left = (end - Now()).nanoseconds();
    poll(nullptr, 0, static_cast<int>(left / 1'000'000 + 1));
  }
}

}  // namespace reprise
