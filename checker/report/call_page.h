// The page of a history of any model, as recordings name its operations
// (value/call.h).
//
//   CallRecording recorded = ...;
//   absl::StatusOr<ModelVerdict> found = model.check(recorded.history, budget);
//   std::string page = CallPage({.title = "queue.edn",
//                                .recorded = recorded,
//                                .found = *found});

#ifndef REPRISE_CHECKER_REPORT_CALL_PAGE_H_
#define REPRISE_CHECKER_REPORT_CALL_PAGE_H_

#include <cstddef>
#include <string>

#include "reprise/checker/formats/call_recording.h"
#include "reprise/checker/model/model_verdict.h"

namespace reprise::checker {

struct CallPageInput {
  std::string title;
  const CallRecording& recorded;
  const ModelVerdict& found;
  // Of the recorded times, such as "ns"; "": not known.
  std::string time_unit = "";
  size_t operations_max = 10'000;
};

// The page, as page.h has it. Requires that the history is not empty.
std::string CallPage(const CallPageInput& input);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_CALL_PAGE_H_
