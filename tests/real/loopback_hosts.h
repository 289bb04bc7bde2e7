// LoopbackHosts: addresses of this machine that no other test uses at the same
// time, so that servers may have ports that are known beforehand.
//
// Guarantees: two objects have different hosts, be they in processes that run
// at the same time in whatever namespaces of processes, as long as those share
// the loopback network.
//
//   const LoopbackHosts hosts;
//   hosts.host(0);  // "127.14.3.1"

#ifndef TESTS_REAL_LOOPBACK_HOSTS_H_
#define TESTS_REAL_LOOPBACK_HOSTS_H_

#include <cstddef>
#include <string>

#include "reprise/sim/real/file_descriptor.h"

namespace reprise {

class LoopbackHosts {
 public:
  // Ends the program where there are none left.
  LoopbackHosts();

  // Requires i < 250.
  std::string host(size_t i) const;

 private:
  // Takes the network 127.A.B.0/24 unless somebody has.
  bool Take(int network);

  FileDescriptor held_;  // It listens there as long as the hosts are used.
  int network_ = 0;
};

}  // namespace reprise

#endif  // TESTS_REAL_LOOPBACK_HOSTS_H_
