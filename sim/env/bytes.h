// Bytes: what a message is made of.
//
//   Bytes request = "get k";

#ifndef REPRISE_SIM_ENV_BYTES_H_
#define REPRISE_SIM_ENV_BYTES_H_

#include <string>

namespace reprise {

using Bytes = std::string;

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_BYTES_H_
