// RealLimits: what a node of a real network takes from others at most, so that
// nobody's fault or malice costs it more.
//
//   options.limits.connections = 100;

#ifndef REPRISE_SIM_REAL_LIMITS_H_
#define REPRISE_SIM_REAL_LIMITS_H_

#include <cstddef>

#include "reprise/sim/core/time.h"

namespace reprise {

struct RealLimits {
  // Of one message with its name, in bytes. A connection that brings a longer
  // one is closed; a longer one of one's own is not sent.
  size_t message_bytes = size_t{16} << 20;
  // Accepted ones. A further one is closed at once.
  size_t connections = 10'000;
  // Of one connection, in bytes: what waits to be sent. Beyond it nothing more
  // is read from the connection, and what would be sent fails.
  size_t unsent_bytes = size_t{32} << 20;
  // Requests of one connection that are being handled. Beyond it nothing more
  // is read from the connection until one of them is answered.
  size_t requests_in_progress = 1'000;
  // Of all connections together, in bytes: what waits to be sent, was read in
  // part, or is being handled. Beyond it nothing more is read, so that messages
  // of which too many are there in part stall. At least message_bytes.
  size_t buffered_bytes = size_t{1} << 30;
  // How long a peer may take to say who it is.
  Duration hello = Seconds(5);
  // How long a peer may leave a message half sent, or take nothing of what is
  // sent to it.
  Duration stall = Seconds(30);
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_LIMITS_H_
