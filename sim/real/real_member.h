// RealMember: a node of a real network that has an address.
//
//   options.members = {{"server", *ParseAddress("127.0.0.1:7000")}};

#ifndef REPRISE_SIM_REAL_REAL_MEMBER_H_
#define REPRISE_SIM_REAL_REAL_MEMBER_H_

#include <string>

#include "reprise/sim/real/address.h"

namespace reprise {

struct RealMember {
  std::string name;
  Address address;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_REAL_MEMBER_H_
