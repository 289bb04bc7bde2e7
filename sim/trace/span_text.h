// SpanText: a length of time in a trace, with three or four digits and the unit
// that they need.
//
//   SpanText(Microseconds(61));      // "61 us"
//   SpanText(Milliseconds(-2500));   // "-2500 ms"

#ifndef REPRISE_SIM_TRACE_SPAN_TEXT_H_
#define REPRISE_SIM_TRACE_SPAN_TEXT_H_

#include <string>

#include "reprise/sim/core/time.h"

namespace reprise {

// "forever" for an infinite one.
std::string SpanText(Duration span);

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_SPAN_TEXT_H_
