// The content of a kOperationCalled event: a key and a value as one string,
// whatever bytes they consist of.
//
//   std::string content = JoinOperation("k", "x 0 1 y");
//   OperationContent operation = SplitOperation(content);

#ifndef REPRISE_SIM_TRACE_OPERATION_CONTENT_H_
#define REPRISE_SIM_TRACE_OPERATION_CONTENT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "reprise/sim/core/random.h"
#include "reprise/sim/trace/digest.h"

namespace reprise {

// TraceEvent::value of an operation whose content is its whole text, and of one
// that did not happen. Smaller values number the operations of a catalog
// (TextOptions::operation_names).
inline constexpr uint64_t kNamedOperation = 1000;
inline constexpr uint64_t kFailedOperation = 1001;

struct OperationContent {
  std::string_view key;
  std::string_view value;
};

std::string JoinOperation(std::string_view key, std::string_view value);
// Undoes JoinOperation(); the parts point into `content`. Any other content is
// taken for a value without a key.
OperationContent SplitOperation(std::string_view content);

// The hash of both, for TraceEvent::hash; needs no joined copy.
inline uint64_t HashOperation(std::string_view key, std::string_view value) {
  // The key's hash is mixed, so that key and value cannot change places.
  return MixBits(HashContent(key) + 1) ^ HashContent(value);
}

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_OPERATION_CONTENT_H_
