// The fields of NetworkOptions, for visitors of a fault mix (fault_fields.h).

#ifndef REPRISE_SIM_WORLD_NETWORK_FIELDS_H_
#define REPRISE_SIM_WORLD_NETWORK_FIELDS_H_

#include <cstddef>

#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/field.h"

namespace reprise {

template <typename Visitor>
void VisitFields(Visitor& visit, const PacketOptions& packet) {
  visit.Delay({"delay", "$0"}, packet.delay);
  visit.Ratio({"loss", "lost $0"}, packet.loss);
  visit.Ratio({"duplicate", "duplicated $0"}, packet.duplicate);
  visit.Ratio({"corruption", "corrupted $0"}, packet.corruption);
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
}

template <typename Visitor>
void VisitFields(Visitor& visit, const LinkOptions& link) {
  VisitTraffic(visit, link);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const NetworkOptions& network) {
  VisitTraffic(visit, network);
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
