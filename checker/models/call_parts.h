// What the models share in reading recorded calls and answers.

#ifndef REPRISE_CHECKER_MODELS_CALL_PARTS_H_
#define REPRISE_CHECKER_MODELS_CALL_PARTS_H_

#include <string_view>

#include "absl/status/status.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

// "found the operation NAME, expected ACQUIRE, RELEASE ...".
absl::Status UnknownFunction(const Call& call, std::string_view expected);

// "found enqueue(nil), expected an argument: the element".
absl::Status UnsuitableArgument(const Call& call, std::string_view expected);

// "found the answer VALUE of CALL, expected ...".
absl::Status UnsuitableAnswer(const Call& call, const EdnValue& answer,
                              std::string_view expected);

// Whether an answer says no more than that the operation was done: nil, true,
// :ok, or the argument again, as clients of some systems repeat it.
bool SaysOnlyDone(const Call& call, const EdnValue& answer);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_CALL_PARTS_H_
