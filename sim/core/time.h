// Virtual time: the only time that code under simulation can see.
//
// A VirtualTime is an instant, counted in integer nanoseconds since its world
// began; a Duration is the distance between two instants. Both are 64-bit
// integers in strong types: arithmetic is exact and the same on every platform.
// The range is 292 years. A sum that is longer, or that involves Infinite(), is
// Infinite().
//
//   VirtualTime wake = clock.Now() + Milliseconds(20);
//   while (clock.Now() < VirtualTime::Seconds(3)) { ... }

#ifndef REPRISE_SIM_CORE_TIME_H_
#define REPRISE_SIM_CORE_TIME_H_

#include <compare>
#include <cstdint>
#include <limits>
#include <string>

namespace reprise {

// A signed span of virtual time.
class Duration {
 public:
  constexpr Duration() = default;
  static constexpr Duration FromNanoseconds(int64_t count) {
    return Duration(count);
  }
  // Longer than every other duration: "no deadline".
  static constexpr Duration Infinite() {
    return Duration(std::numeric_limits<int64_t>::max());
  }

  constexpr int64_t nanoseconds() const { return nanoseconds_; }
  constexpr bool IsInfinite() const { return *this == Infinite(); }

  friend constexpr auto operator<=>(Duration, Duration) = default;
  friend constexpr Duration operator+(Duration a, Duration b) {
    if (a.IsInfinite() || b.IsInfinite()) return Infinite();
    int64_t sum = 0;
    if (__builtin_add_overflow(a.nanoseconds_, b.nanoseconds_, &sum)) {
      return Infinite();
    }
    return Duration(sum);
  }
  friend constexpr Duration operator-(Duration a, Duration b) {
    if (a.IsInfinite()) return Infinite();
    return Duration(a.nanoseconds_ - b.nanoseconds_);
  }
  friend constexpr Duration operator*(Duration a, int64_t factor) {
    return Duration(a.nanoseconds_ * factor);
  }
  friend constexpr Duration operator/(Duration a, int64_t divisor) {
    return Duration(a.nanoseconds_ / divisor);
  }
  constexpr Duration& operator+=(Duration other) {
    return *this = *this + other;
  }

 private:
  explicit constexpr Duration(int64_t nanoseconds)
      : nanoseconds_(nanoseconds) {}

  int64_t nanoseconds_ = 0;
};

constexpr Duration Nanoseconds(int64_t count) {
  return Duration::FromNanoseconds(count);
}
constexpr Duration Microseconds(int64_t count) {
  return Duration::FromNanoseconds(count * 1'000);
}
constexpr Duration Milliseconds(int64_t count) {
  return Duration::FromNanoseconds(count * 1'000'000);
}
constexpr Duration Seconds(int64_t count) {
  return Duration::FromNanoseconds(count * 1'000'000'000);
}

// An instant of virtual time. The world begins at VirtualTime().
class VirtualTime {
 public:
  constexpr VirtualTime() = default;
  static constexpr VirtualTime Nanoseconds(int64_t count) {
    return VirtualTime(Duration::FromNanoseconds(count));
  }
  static constexpr VirtualTime Milliseconds(int64_t count) {
    return VirtualTime(reprise::Milliseconds(count));
  }
  static constexpr VirtualTime Seconds(int64_t count) {
    return VirtualTime(reprise::Seconds(count));
  }
  // Later than every other instant: "never".
  static constexpr VirtualTime Infinite() {
    return VirtualTime(Duration::Infinite());
  }

  constexpr Duration since_start() const { return since_start_; }
  constexpr int64_t nanoseconds() const { return since_start_.nanoseconds(); }

  friend constexpr auto operator<=>(VirtualTime, VirtualTime) = default;
  friend constexpr VirtualTime operator+(VirtualTime a, Duration b) {
    return VirtualTime(a.since_start_ + b);
  }
  friend constexpr VirtualTime operator-(VirtualTime a, Duration b) {
    return VirtualTime(a.since_start_ - b);
  }
  friend constexpr Duration operator-(VirtualTime a, VirtualTime b) {
    return a.since_start_ - b.since_start_;
  }

 private:
  explicit constexpr VirtualTime(Duration since_start)
      : since_start_(since_start) {}

  Duration since_start_;
};

// "1.120 340 s": seconds, then microseconds in two groups. For people.
std::string FormatTime(VirtualTime time);
// "26 ms", "200 us", "1500 ms", "3 s", "12.345678 ms": exact, in the largest
// unit in which the value is a whole number of at most four digits; if there is
// none, in the largest unit in which the value is 1 or more.
std::string FormatDuration(Duration duration);
// As above, but three figures of what has more than four: "12.3 ms".
std::string FormatRoundedDuration(Duration duration);

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_TIME_H_
