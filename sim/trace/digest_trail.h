// DigestTrail: digests along the way of a run, evenly spaced and few, so that a
// run that differs tells where it first did.
//
// Guarantees: keeps the digest after every n-th event, where n is a power of
// two that grows with the run; 16 to 32 of them, of a run of 16 events or more.
//
//   DigestTrail trail;
//   trace.SetTrail(&trail);
//   ...
//   FindFirstDifference(expected, trail.Until(trace.events(), trace.digest()))

#ifndef REPRISE_SIM_TRACE_DIGEST_TRAIL_H_
#define REPRISE_SIM_TRACE_DIGEST_TRAIL_H_

#include <cstdint>
#include <optional>
#include <vector>

namespace reprise {

// The digest of the first `event` events.
struct DigestPoint {
  uint64_t event = 0;
  uint64_t digest = 0;

  friend bool operator==(const DigestPoint&, const DigestPoint&) = default;
};

class DigestTrail {
 public:
  bool IsDue(uint64_t event) const { return event == next_; }
  // Requires that IsDue(event).
  void Add(uint64_t event, uint64_t digest);

  // What was kept, and the end of the run.
  std::vector<DigestPoint> Until(uint64_t events, uint64_t digest) const;

 private:
  std::vector<DigestPoint> points_;
  uint64_t stride_ = 1;
  uint64_t next_ = 1;
};

// Events by their numbers, both ends included.
struct EventRange {
  uint64_t first = 0;
  uint64_t last = 0;

  friend bool operator==(const EventRange&, const EventRange&) = default;
};

// Where the first event is that differs between two runs, as closely as their
// points tell; none where the runs are alike. The last point of each is its
// end.
std::optional<EventRange> FindFirstDifference(
    const std::vector<DigestPoint>& expected,
    const std::vector<DigestPoint>& seen);

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_DIGEST_TRAIL_H_
