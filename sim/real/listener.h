// tidy: allow-file(shared-ptr) what Asio has pending refers to it
// Listener: accepts connections at an address until it is destroyed.
//
//   auto listener = Listener::Listen(pool, address, [&](auto connection) {
//     connection->Start(events);
//   });

#ifndef REPRISE_SIM_REAL_LISTENER_H_
#define REPRISE_SIM_REAL_LISTENER_H_

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/connection.h"

namespace reprise {

class Listener {
 public:
  using Accept = std::function<void(std::shared_ptr<Connection>)>;

  // Calls `accept` with each connection, between the tasks of a turn. `pool`
  // must outlive it. Errors: InvalidArgument for a host that cannot be looked
  // up, Unavailable for an address that cannot be listened at; the message
  // names it.
  static absl::StatusOr<std::unique_ptr<Listener>> Listen(
      ConnectionPool& pool, const Address& address, Accept accept);
  virtual ~Listener() = default;

  // With the port that the system chose, where port 0 was asked for.
  virtual const Address& address() const = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_LISTENER_H_
