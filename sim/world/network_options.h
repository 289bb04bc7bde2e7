// NetworkOptions: what may befall packets, links and calls. One of the options
// of a fault mix (faults.h).

#ifndef REPRISE_SIM_WORLD_NETWORK_OPTIONS_H_
#define REPRISE_SIM_WORLD_NETWORK_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/delay_options.h"
#include "reprise/sim/world/outage_options.h"

namespace reprise {

// What happens to one kind of packet. One-way messages travel as requests do.
struct PacketOptions {
  DelayOptions delay = {};
  Probability loss = {};
  // A duplicate travels too, with a delay of its own.
  Probability duplicate = {};
  // One bit is flipped on the way.
  Probability corruption = {};
  // It is held back until up to U{1..reorder_window} packets that were sent on
  // its link after it have arrived, yet no longer than `reorder_wait` beyond
  // its delay. It waits for no duplicate and no packet that is held back
  // itself; duplicates are not held back.
  Probability reorder = {};
  int64_t reorder_window = 1;
  Duration reorder_wait = Milliseconds(50);
};

// How a caller learns that a packet of its call was lost.
enum class LossNotice {
  kNone,    // Not at all: only its own deadline helps.
  kAtOnce,  // The call fails as Unavailable when the packet would have arrived.
};

// What becomes of a packet with a flipped bit.
enum class Corruption {
  kCaught,     // The receiver's checksum fails: as good as lost.
  kDelivered,  // The receiver gets the wrong bytes.
};

// What some links do instead of what NetworkOptions says for all links. A link
// leads in one direction: requests of a client travel on the one to its server,
// replies on the one back.
struct LinkOptions {
  // Names of nodes; "" is every node. Where several entries name a link, the
  // last one decides.
  std::string from = {};
  std::string to = {};
  // As in NetworkOptions.
  PacketOptions request = {};
  PacketOptions reply = {};
  int64_t bytes_per_second = 0;
  int64_t packets_max = 0;
  OutageOptions clog = {};
  Probability reset = {};
  OutageOptions flap = {};
  Duration flap_up = Milliseconds(20);
  Duration flap_down = Milliseconds(20);
  Probability bad_link = {};
  Probability bad_link_loss = {};
  Duration bad_link_delay = {};
};

struct NetworkOptions {
  PacketOptions request = {};
  PacketOptions reply = {};
  LossNotice loss_notice = LossNotice::kNone;
  Corruption corruption = Corruption::kCaught;
  // Whether a duplicate may be duplicated again.
  bool duplicates_repeat = false;
  // Of each link: bytes that it carries in a second, and packets that may be on
  // their way before more are dropped; a packet comes before its duplicates.
  // 0: any number.
  int64_t bytes_per_second = 0;
  int64_t packets_max = 0;
  // Of each link that was used: packets wait for its end.
  OutageOptions clog = {};
  // Of each link that was used, each tick: the connection breaks that carries
  // the calls in its direction. They fail at once as Unavailable, whatever
  // `loss_notice` says; what is on its way on the connection is lost.
  Probability reset = {};
  // Of each link that was used: while it is on, the link is down for
  // `flap_down` and up for `flap_up` in turn, and what is sent while it is down
  // is lost.
  OutageOptions flap = {};
  Duration flap_up = Milliseconds(20);
  Duration flap_down = Milliseconds(20);
  // Of each link, once for the whole run: it is bad. Of each packet on a bad
  // link: it is lost with `bad_link_loss`, and takes `bad_link_delay` longer.
  Probability bad_link = {};
  Probability bad_link_loss = {};
  Duration bad_link_delay = {};
  // Of each method that was called or served: while it is on, its packets are
  // lost with `slow_method_loss`, whatever their link, and take
  // `slow_method_delay` longer.
  OutageOptions slow_method = {};
  Duration slow_method_delay = Milliseconds(20);
  Probability slow_method_loss = {};
  // Links that differ.
  std::vector<LinkOptions> links = {};
  // Where callers learn of losses: how long a call to a node that is down or
  // cut off takes to fail, and how often a caller looks whether the node that
  // serves its call is still there.
  DelayOptions unreachable_delay = {};
  Duration liveness_poll = Milliseconds(100);
  // Of a Call that has no deadline of its own, or an infinite one.
  Duration default_deadline = Duration::Infinite();
  // Of each Network::Resolve: it fails as Unavailable.
  Probability resolve_error = {};
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_NETWORK_OPTIONS_H_
