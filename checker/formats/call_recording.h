// A history of calls as it was read, before any model has a say in it, with the
// times of its operations.

#ifndef REPRISE_CHECKER_FORMATS_CALL_RECORDING_H_
#define REPRISE_CHECKER_FORMATS_CALL_RECORDING_H_

#include <vector>

#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/value/call_history.h"

namespace reprise::checker {

struct CallRecording {
  CallHistory history;
  // Of each operation, or empty where the format knows only an order.
  std::vector<Times> times;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_CALL_RECORDING_H_
