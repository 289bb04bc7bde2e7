#include "tests/conformance/reserved_port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "reprise/sim/core/check.h"

namespace reprise {

ReservedPort::ReservedPort() : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  REPRISE_CHECK(socket_ >= 0, "no socket");
  const int yes = 1;
  setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* any = reinterpret_cast<sockaddr*>(&address);
  socklen_t length = sizeof(address);
  // It does not listen, so that another may.
  const bool is_bound = bind(socket_, any, length) == 0 &&
                        getsockname(socket_, any, &length) == 0;
  REPRISE_CHECK(is_bound, "no port is free");
  number_ = ntohs(address.sin_port);
}

ReservedPort::~ReservedPort() { close(socket_); }

}  // namespace reprise
