#include "reprise/sim/explore/page/story_clause.h"

namespace reprise {
namespace {

constexpr int64_t kMillisecond = 1'000'000;

}  // namespace

std::string StoryTime(VirtualTime time) {
  const std::string whole = FormatTime(time);
  const int64_t nanoseconds = time.nanoseconds();
  if (0 < nanoseconds && nanoseconds < kMillisecond) return whole;
  // "1.432 186 s" without its microseconds.
  return whole.substr(0, whole.size() - 6) + " s";
}

std::string StorySpan(uint64_t nanoseconds) {
  return FormatRoundedDuration(Nanoseconds(static_cast<int64_t>(nanoseconds)));
}

std::string StorySpan(VirtualTime from, VirtualTime to) {
  return StorySpan(
      static_cast<uint64_t>(to.nanoseconds() - from.nanoseconds()));
}

}  // namespace reprise
