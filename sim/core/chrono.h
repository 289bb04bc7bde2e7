// std::chrono for the tasks of a world: conversions, and clocks for code that
// expects the standard's.
//
// SteadyClock and SystemClock meet the standard's Clock requirements, as
// std::chrono::steady_clock and system_clock do. now() is what the node of the
// running task sees: the same instants as Clock::Now() and Clock::WallTime().
//
// Guarantees: integer arithmetic only; a duration that is no whole number of
// nanoseconds is rounded up, and one past the range is Infinite(). Requires of
// now() that a task is running: the scenario's own code has no clock.
//
//   const auto deadline = SteadyClock::now() + 200ms;
//   condition.wait_until(lock, deadline, [&] { return is_ready; });
//   env.clock().SleepFor(ToDuration(retry_interval));

#ifndef REPRISE_SIM_CORE_CHRONO_H_
#define REPRISE_SIM_CORE_CHRONO_H_

#include <chrono>
#include <concepts>
#include <cstdint>
#include <ctime>
#include <limits>

#include "reprise/sim/core/time.h"

namespace reprise {

template <std::integral Rep, typename Period>
constexpr Duration ToDuration(std::chrono::duration<Rep, Period> duration) {
  using Wide = __int128;
  constexpr Wide kMost = std::numeric_limits<int64_t>::max();
  constexpr Wide kBillion = 1'000'000'000;
  const Wide scaled = Wide{duration.count()} * Period::num * kBillion;
  const Wide nanoseconds =
      scaled / Period::den + (scaled % Period::den > 0 ? 1 : 0);
  if (nanoseconds >= kMost) return Duration::Infinite();
  // The negative range is one longer; nobody waits that long ago.
  return Duration::FromNanoseconds(
      static_cast<int64_t>(nanoseconds < -kMost ? -kMost : nanoseconds));
}

// Infinite() is nanoseconds::max().
constexpr std::chrono::nanoseconds ToChrono(Duration duration) {
  return std::chrono::nanoseconds(duration.nanoseconds());
}

struct SteadyClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<SteadyClock>;
  static constexpr bool is_steady = true;

  static time_point now();
};

// It may be wrong and may jump, forth and back.
struct SystemClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<SystemClock>;
  static constexpr bool is_steady = false;

  static time_point now();
  static std::time_t to_time_t(time_point time);
  static time_point from_time_t(std::time_t time);
};

template <typename C>
concept VirtualClock =
    std::same_as<C, SteadyClock> || std::same_as<C, SystemClock>;

// The instant of Clock::Now() or Clock::WallTime() that `time` is.
template <VirtualClock C, typename D>
constexpr VirtualTime ToVirtualTime(std::chrono::time_point<C, D> time) {
  return VirtualTime() + ToDuration(time.time_since_epoch());
}
// As time_point of a clock: ToChrono<SteadyClock>(env.clock().Now()).
template <VirtualClock C>
constexpr typename C::time_point ToChrono(VirtualTime time) {
  return typename C::time_point(ToChrono(time.since_start()));
}

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_CHRONO_H_
