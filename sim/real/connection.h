// tidy: allow-file(shared-ptr) what Asio has pending refers to it
// Connection: one TCP connection, as a stream of frames in both directions.
//
// What is written in one turn of the loop leaves in one piece at its end. A
// connection that is dialled takes frames before it stands. It ends once, for a
// reason: an error, the peer's end, a limit, or Close().
//
//   auto connection = Connection::Dial(loop, limits, buffered, address, delay);
//   connection->Start(events);
//   connection->Write({.kind = FrameKind::kRequest, ...});

#ifndef REPRISE_SIM_REAL_CONNECTION_H_
#define REPRISE_SIM_REAL_CONNECTION_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/event_loop.h"
#include "reprise/sim/real/frame.h"
#include "reprise/sim/real/limits.h"

namespace reprise {

// What happens on a connection. Called between the tasks of a turn, never
// inside a task.
class ConnectionEvents {
 public:
  // `frame` is valid during the call.
  virtual void OnFrame(const Frame& frame) = 0;
  // All that was written has left.
  virtual void OnSent() = 0;
  // The connection has ended; nothing follows. `why` names the reason: Aborted
  // where the peer has closed it between two messages.
  virtual void OnClosed(const absl::Status& why) = 0;

 protected:
  ~ConnectionEvents() = default;
};

// What the connections of one node have in common.
struct ConnectionPool {
  EventLoop& loop;
  const RealLimits& limits;
  size_t buffered_bytes = 0;  // As RealLimits::buffered_bytes.
};

class Connection : public TurnEnd,
                   public std::enable_shared_from_this<Connection> {
 public:
  // A connection to `address` that begins to stand after `delay`. `pool` must
  // outlive it.
  static std::shared_ptr<Connection> Dial(ConnectionPool& pool,
                                          const Address& address,
                                          Duration delay);

  // Begins. `events` must live until OnClosed or Close().
  virtual void Start(ConnectionEvents& events) = 0;

  // Sends `frame`, unless the connection has ended.
  virtual void Write(const Frame& frame) = 0;
  // What was written and has not left.
  virtual size_t unsent_bytes() const = 0;

  // While `is_held`, nothing more is read.
  virtual void HoldReading(bool is_held) = 0;

  // Ends it without OnClosed; what has not left is lost.
  virtual void Close() = 0;
  // Ends it with OnClosed(`why`), in a turn to come.
  virtual void Fail(absl::Status why) = 0;

  // When the peer last took something of what is to be sent, and when the
  // message began that it has sent in part; Infinite() where it owes nothing.
  virtual VirtualTime stalled_since() const = 0;
  // "127.0.0.1:7000".
  virtual const std::string& peer_address() const = 0;

  virtual ~Connection() = default;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_CONNECTION_H_
