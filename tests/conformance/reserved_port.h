// ReservedPort: a port of 127.0.0.1 that the system gives to nobody who asks
// for any, so that a node can listen there again and again.
//
// Requires that whoever listens there allows the address to be reused.
//
//   const ReservedPort port;
//   Listen("127.0.0.1", port.number());

#ifndef TESTS_CONFORMANCE_RESERVED_PORT_H_
#define TESTS_CONFORMANCE_RESERVED_PORT_H_

#include <cstdint>

namespace reprise {

class ReservedPort {
 public:
  ReservedPort();
  ~ReservedPort();
  ReservedPort(const ReservedPort&) = delete;
  ReservedPort& operator=(const ReservedPort&) = delete;

  uint16_t number() const { return number_; }

 private:
  int socket_ = -1;
  uint16_t number_ = 0;
};

}  // namespace reprise

#endif  // TESTS_CONFORMANCE_RESERVED_PORT_H_
