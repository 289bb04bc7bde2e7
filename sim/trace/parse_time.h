// Times as users write them.
//
//   ParseTime("1.2s")   // VirtualTime::Milliseconds(1200)
//   ParseTime("340us")
//   ParseTime("120")    // none: a time has a unit

#ifndef REPRISE_SIM_TRACE_PARSE_TIME_H_
#define REPRISE_SIM_TRACE_PARSE_TIME_H_

#include <optional>
#include <string_view>

#include "reprise/sim/core/time.h"

namespace reprise {

// A number, whole or with a decimal point, and s, ms, us or ns. What is finer
// than a nanosecond is left out. None: `text` is no such time.
std::optional<VirtualTime> ParseTime(std::string_view text);

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_PARSE_TIME_H_
