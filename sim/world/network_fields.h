// The fields of NetworkOptions and what it is made of (fault_fields.h).

#ifndef REPRISE_SIM_WORLD_NETWORK_FIELDS_H_
#define REPRISE_SIM_WORLD_NETWORK_FIELDS_H_

#include <cstddef>

#include "reprise/sim/world/delay_options.h"
#include "reprise/sim/world/field.h"
#include "reprise/sim/world/network_options.h"
#include "reprise/sim/world/outage_options.h"

namespace reprise {

template <typename Visitor>
void VisitFields(Visitor& visit, const DelayOptions& delay) {
  visit.Time({"calm"}, delay.calm, DurationRange::kFinite);
  visit.Time({"minimum"}, delay.minimum, DurationRange::kFinite);
  visit.AtLeast({"maximum"}, delay.maximum, delay.minimum);
  visit.Time({"mean"}, delay.mean, DurationRange::kMean);
  visit.Time({"extra_step"}, delay.extra_step, DurationRange::kFinite);
  visit.Count({"extra_steps"}, delay.extra_steps, 0, kNoMost);
  visit.Ratio({"late"}, delay.late);
  if (delay.late.IsZero()) return;
  visit.Time({"late_minimum"}, delay.late_minimum, DurationRange::kFinite);
  visit.AtLeast({"late_maximum"}, delay.late_maximum, delay.late_minimum);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const OutageOptions& outage) {
  visit.Ratio({"start"}, outage.start);
  visit.Time({"minimum"}, outage.minimum, DurationRange::kFinite);
  visit.Time({"mean"}, outage.mean, DurationRange::kMean);
  visit.Time({"rest"}, outage.rest, DurationRange::kFinite);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const PacketOptions& packet) {
  visit.Delay({"delay", "$0"}, packet.delay);
  visit.Ratio({"loss", "lost $0"}, packet.loss);
  visit.Ratio({"duplicate", "duplicated $0"}, packet.duplicate);
  visit.Ratio({"corruption", "corrupted $0"}, packet.corruption);
  visit.Ratio({"reorder", "reordered $0"}, packet.reorder);
  if (packet.reorder.IsZero()) return;
  visit.Count({"reorder_window", "behind up to $0 packets"},
              packet.reorder_window, 1, 1'000'000);
  visit.Time({"reorder_wait", "for at most $0"}, packet.reorder_wait,
             DurationRange::kFinite);
}

// What NetworkOptions and LinkOptions have in common.
template <typename Visitor, typename Options>
void VisitTraffic(Visitor& visit, const Options& options) {
  visit.Line("requests");
  visit.Part("request", options.request);
  visit.Line("replies");
  visit.Part("reply", options.reply);
  visit.Line("bandwidth");
  visit.Count({"bytes_per_second", "$0 bytes a second"},
              options.bytes_per_second, 0, kAnyCount);
  visit.Line("capacity");
  visit.Count({"packets_max", "$0 packets"}, options.packets_max, 0, kAnyCount);
  visit.Line("clogs", IsOn(options.clog));
  visit.Outage({"clog", "$0"}, options.clog);
  visit.Line("resets");
  visit.Ratio({"reset", "in $0 of ticks"}, options.reset);
  visit.Line("flaps", IsOn(options.flap));
  visit.Outage({"flap", "$0"}, options.flap);
  visit.Time({"flap_up", "up for $0"}, options.flap_up, DurationRange::kFinite);
  visit.Time({"flap_down", "down for $0"}, options.flap_down,
             DurationRange::kPositiveFinite);
  visit.Line("bad links", !options.bad_link.IsZero());
  visit.Ratio({"bad_link", "$0 of links"}, options.bad_link);
  visit.Ratio({"bad_link_loss", "lose $0"}, options.bad_link_loss);
  visit.Time({"bad_link_delay", "take $0 longer"}, options.bad_link_delay,
             DurationRange::kFinite);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const LinkOptions& link) {
  VisitTraffic(visit, link);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const NetworkOptions& network) {
  VisitTraffic(visit, network);
  visit.Line("slow methods", IsOn(network.slow_method));
  visit.Outage({"slow_method", "$0"}, network.slow_method);
  visit.Time({"slow_method_delay", "take $0 longer"}, network.slow_method_delay,
             DurationRange::kFinite);
  visit.Ratio({"slow_method_loss", "lose $0"}, network.slow_method_loss);
  for (size_t i = 0; i < network.links.size(); ++i) {
    visit.Link(i, network.links[i]);
  }
  visit.Line("calls");
  visit.Flag({"loss_notice", "callers learn of losses"},
             network.loss_notice == LossNotice::kAtOnce);
  visit.Flag({"corruption", "corrupted bytes are delivered"},
             network.corruption == Corruption::kDelivered);
  visit.Flag({"duplicates_repeat", "duplicates may be duplicated again"},
             network.duplicates_repeat);
  visit.Delay({"unreachable_delay"}, network.unreachable_delay);
  visit.Time({"liveness_poll"}, network.liveness_poll,
             DurationRange::kPositive);
  visit.Time({"default_deadline", "fail after $0"}, network.default_deadline,
             DurationRange::kPositive);
  visit.Line("names");
  visit.Ratio({"resolve_error", "lookups fail $0"}, network.resolve_error);
}

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_NETWORK_FIELDS_H_
