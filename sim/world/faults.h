// What may go wrong in a world, and the presets.
//
// A FaultMix has one options struct for each source of faults. Every value is
// an integer, a ratio or a duration, so that a mix means the same everywhere.
//
//   World world({.seed = Seed(7), .faults = fault::Lab{.reliable = false}});

#ifndef SIM_WORLD_FAULTS_H_
#define SIM_WORLD_FAULTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "sim/core/random.h"
#include "sim/core/time.h"

namespace reprise {

// How late packets are spread.
enum class LateShape {
  kUniform,
  // late_minimum + U{0..X} with X = U{0..late_maximum - late_minimum}.
  kNestedUniform,
};

// One-way delay: uniform in minimum..maximum to the nanosecond, plus
// extra_step * U{0..extra_steps}. `calm` is the delay where nothing goes wrong.
struct DelayOptions {
  Duration calm = Microseconds(50);
  Duration minimum = Microseconds(50);
  Duration maximum = Microseconds(50);
  Duration extra_step = {};
  int64_t extra_steps = 0;
  // With probability `late`, the delay is instead uniform in late_minimum..
  // late_maximum to the nanosecond, or by the other shape.
  Probability late = {};
  Duration late_minimum = {};
  Duration late_maximum = {};
  LateShape late_shape = LateShape::kUniform;
};

// What happens to one kind of packet.
struct PacketOptions {
  DelayOptions delay = {};
  Probability loss = {};
  // A second copy travels with a delay of its own.
  Probability duplicate = {};
};

// How a caller learns that a packet of its call was lost.
enum class LossNotice {
  kNone,    // Not at all: only its own deadline helps.
  kAtOnce,  // The call fails as Unavailable when the packet would have arrived.
};

struct NetworkOptions {
  PacketOptions request = {};
  PacketOptions reply = {};
  LossNotice loss_notice = LossNotice::kNone;
  // Where failures are told: how long a call to a node that is down or cut off
  // takes to fail, and how often a caller looks whether the node that serves
  // its call is still there.
  DelayOptions unreachable_delay = {};
  Duration liveness_poll = Milliseconds(100);
  // For Call without a deadline of its own.
  Duration default_deadline = Duration::Infinite();
};

struct FaultMix {
  NetworkOptions network = {};
};

// InvalidArgument, naming field, value and valid range, for an impossible mix.
absl::Status Validate(const FaultMix& faults);

namespace fault {

// No faults; every packet takes exactly 50 us.
struct Calm {
  operator FaultMix() const;  // NOLINT: presets are used as mixes.
};

// The lab's network: each way U{25..75} us; unreliable: requests wait another
// U{0..26} ms, a tenth of requests and of replies are lost, known at once. A
// call to a node that is down or cut off fails after U{0..99} ms, with long
// delays U{0..6999} ms. Long reordering delays two thirds of the replies by
// 200 + U{0..U{0..1999}} ms.
struct Lab {
  bool reliable = true;
  bool long_delays = false;
  bool long_reordering = false;
  operator FaultMix() const;  // NOLINT
};

// Silent loss and duplicates, 10 % each way; delay U{0..26} ms and in 1 % of
// packets 200-2000 ms; calls have a deadline of 100 ms.
struct Harsh {
  operator FaultMix() const;  // NOLINT
};

}  // namespace fault

// A preset by its name, for catalogs and command lines.
struct Preset {
  std::string name;
  std::string about;
  FaultMix faults;
};
std::vector<Preset> Presets();

}  // namespace reprise

#endif  // SIM_WORLD_FAULTS_H_
