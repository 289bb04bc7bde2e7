#include "sim/world/faults.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "sim/core/text.h"

namespace reprise {
namespace {

absl::Status Refuse(std::string_view field, std::string_view value,
                    std::string_view expected) {
  return absl::InvalidArgumentError(
      absl::StrCat("faults: ", ToAbsl(field), " is ", ToAbsl(value),
                   ", expected ", ToAbsl(expected)));
}

absl::Status ValidateProbability(const std::string& field,
                                 Probability probability) {
  if (probability.denominator > 0 &&
      probability.numerator <= probability.denominator) {
    return absl::OkStatus();
  }
  return Refuse(
      field, absl::StrCat(probability.numerator, "/", probability.denominator),
      "a ratio from 0 to 1");
}

absl::Status ValidateRange(const std::string& field, Duration minimum,
                           Duration maximum) {
  if (minimum < Duration() || minimum.IsInfinite()) {
    return Refuse(field + "minimum", FormatDuration(minimum),
                  "a finite duration of 0 or more");
  }
  if (maximum < minimum || maximum.IsInfinite()) {
    return Refuse(field + "maximum", FormatDuration(maximum),
                  absl::StrCat("a finite duration of at least the minimum, ",
                               FormatDuration(minimum)));
  }
  return absl::OkStatus();
}

absl::Status ValidateDelay(const std::string& field,
                           const DelayOptions& delay) {
  if (delay.calm < Duration() || delay.calm.IsInfinite()) {
    return Refuse(field + "calm", FormatDuration(delay.calm),
                  "a finite duration of 0 or more");
  }
  absl::Status status = ValidateRange(field, delay.minimum, delay.maximum);
  if (!status.ok()) return status;
  if (delay.extra_step < Duration() || delay.extra_step.IsInfinite()) {
    return Refuse(field + "extra_step", FormatDuration(delay.extra_step),
                  "a finite duration of 0 or more");
  }
  if (delay.extra_steps < 0) {
    return Refuse(field + "extra_steps", absl::StrCat(delay.extra_steps),
                  "0 or more");
  }
  int64_t longest = 0;
  if (delay.extra_steps == INT64_MAX ||
      __builtin_mul_overflow(delay.extra_step.nanoseconds(), delay.extra_steps,
                             &longest) ||
      (delay.maximum + Nanoseconds(longest)).IsInfinite()) {
    return Refuse(field + "extra_steps", absl::StrCat(delay.extra_steps),
                  "so few that the delay stays below 292 years");
  }
  status = ValidateProbability(field + "late", delay.late);
  if (!status.ok() || delay.late.IsZero()) return status;
  return ValidateRange(field + "late_", delay.late_minimum, delay.late_maximum);
}

absl::Status ValidatePacket(const std::string& field,
                            const PacketOptions& packet) {
  absl::Status status = ValidateDelay(field + "delay.", packet.delay);
  if (!status.ok()) return status;
  status = ValidateProbability(field + "loss", packet.loss);
  if (!status.ok()) return status;
  return ValidateProbability(field + "duplicate", packet.duplicate);
}

DelayOptions LabTransit() {
  return {.calm = Microseconds(50),
          .minimum = Microseconds(25),
          .maximum = Microseconds(75)};
}

}  // namespace

absl::Status Validate(const FaultMix& faults) {
  const NetworkOptions& network = faults.network;
  absl::Status status = ValidatePacket("network.request.", network.request);
  if (!status.ok()) return status;
  status = ValidatePacket("network.reply.", network.reply);
  if (!status.ok()) return status;
  status =
      ValidateDelay("network.unreachable_delay.", network.unreachable_delay);
  if (!status.ok()) return status;
  if (network.liveness_poll <= Duration()) {
    return Refuse("network.liveness_poll",
                  FormatDuration(network.liveness_poll), "more than 0");
  }
  if (network.default_deadline <= Duration()) {
    return Refuse("network.default_deadline",
                  FormatDuration(network.default_deadline), "more than 0");
  }
  return absl::OkStatus();
}

namespace fault {

Calm::operator FaultMix() const { return {}; }

Lab::operator FaultMix() const {
  NetworkOptions network;
  network.loss_notice = LossNotice::kAtOnce;
  network.request.delay = LabTransit();
  network.reply.delay = LabTransit();
  if (!reliable) {
    network.request.delay.extra_step = Milliseconds(1);
    network.request.delay.extra_steps = 26;
    network.request.loss = {1, 10};
    network.reply.loss = {1, 10};
  }
  network.unreachable_delay = {.calm = Duration(),
                               .minimum = Duration(),
                               .maximum = Duration(),
                               .extra_step = Milliseconds(1),
                               .extra_steps = long_delays ? 6999 : 99};
  if (long_reordering) {
    network.reply.delay.late = {2, 3};
    network.reply.delay.late_minimum = Milliseconds(200);
    network.reply.delay.late_maximum = Milliseconds(2199);
    network.reply.delay.late_shape = LateShape::kNestedUniform;
  }
  return {.network = network};
}

Harsh::operator FaultMix() const {
  PacketOptions packet;
  packet.delay = {.calm = Milliseconds(13),
                  .minimum = Duration(),
                  .maximum = Milliseconds(26),
                  .late = {1, 100},
                  .late_minimum = Milliseconds(200),
                  .late_maximum = Milliseconds(2000)};
  packet.loss = {1, 10};
  packet.duplicate = {1, 10};
  NetworkOptions network;
  network.request = packet;
  network.reply = packet;
  network.default_deadline = Milliseconds(100);
  return {.network = network};
}

}  // namespace fault

std::vector<Preset> Presets() {
  return {
      {"calm", "no faults; every packet takes 50 us", fault::Calm()},
      {"lab", "the lab's reliable network: 25-75 us each way",
       fault::Lab{.reliable = true}},
      {"lab-unreliable",
       "the lab's unreliable network: requests wait 0-26 ms, a tenth of "
       "requests and of replies are lost, known at once",
       fault::Lab{.reliable = false}},
      {"harsh",
       "silent loss and duplicates, 10 % each way; 0-26 ms, 1 % of packets "
       "200-2000 ms; calls have a deadline of 100 ms",
       fault::Harsh()},
  };
}

}  // namespace reprise
