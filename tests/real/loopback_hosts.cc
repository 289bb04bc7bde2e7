#include "tests/real/loopback_hosts.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"

namespace reprise {
namespace {

constexpr int kNetworks = 250 * 250;
constexpr uint32_t kFirstNetwork = 0x7f010000;  // 127.1.0.0
constexpr uint32_t kHeldHost = 254;
constexpr uint16_t kHeldPort = 6'999;

uint32_t AddressOf(int network) {
  return kFirstNetwork + (static_cast<uint32_t>(network) << 8);
}

}  // namespace

// Where the numbers of processes differ, the first try succeeds.
LoopbackHosts::LoopbackHosts() {
  const int first = getpid() % kNetworks;
  for (int i = 0; i < kNetworks; ++i) {
    if (Take((first + i) % kNetworks)) return;
  }
  REPRISE_CHECK(false, "no loopback network is free");
}

bool LoopbackHosts::Take(int network) {
  FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(kHeldPort);
  address.sin_addr.s_addr = htonl(AddressOf(network) + kHeldHost);
  if (bind(socket.get(), reinterpret_cast<const sockaddr*>(&address),
           sizeof(address)) != 0 ||
      listen(socket.get(), 1) != 0) {
    return false;
  }
  held_ = std::move(socket);
  network_ = network;
  return true;
}

std::string LoopbackHosts::host(size_t i) const {
  const uint32_t address = AddressOf(network_);
  return absl::StrCat("127.", (address >> 16) & 0xff, ".",
                      (address >> 8) & 0xff, ".", 1 + i);
}

}  // namespace reprise
