// A PageSource is a history as a page sees it: operations with intervals and
// text, whatever the model is.
//
// Guarantees for the source: a page asks for the facts of every operation, and
// for the text only of those that it shows.
//
// Requires: ids are dense and follow the order of invocation. Text may hold any
// bytes; the page makes it harmless.
//
//   class QueueSource : public PageSource {
//     size_t size() const override { return calls_.size(); }
//     PageText Text(OperationId id) const override {
//       return {.function = "push", .call = "push \"a\""};
//     }
//     ...
//   };

#ifndef REPRISE_CHECKER_REPORT_PAGE_SOURCE_H_
#define REPRISE_CHECKER_REPORT_PAGE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/history.h"

namespace reprise::checker {

using PartitionId = uint32_t;

// What came back to the client.
enum class PageAnswer : uint8_t {
  kUnknown,   // it may have taken effect at any later time, or never
  kAnswered,  // it took effect
  kFailed,    // it changed nothing; the text says why, if that is known
};

// What a page draws of an operation.
struct PageFacts {
  int32_t client = 0;
  PartitionId partition = 0;
  PageAnswer answer = PageAnswer::kUnknown;
  EventIndex call = 0;
  EventIndex ret = kNever;          // while unknown
  uint32_t line = 0;                // of the file; 0: there is none
  std::optional<Times> times = {};  // as recorded
};

// What a page writes of an operation.
struct PageText {
  std::string function;     // "put", "Pop": decides the colour
  std::string call;         // as a whole: `put "a"`, `Pop(q) = a`
  std::string output = "";  // what came back, where `call` does not say it
};

class PageSource {
 public:
  virtual ~PageSource() = default;

  virtual size_t size() const = 0;
  // Parts that are judged alone, such as keys; at least 1 where there are
  // operations. The name is "" where the model has no such parts.
  virtual size_t partitions() const = 0;
  virtual std::string PartitionName(PartitionId partition) const = 0;

  virtual PageFacts Facts(OperationId id) const = 0;
  virtual PageText Text(OperationId id) const = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_PAGE_SOURCE_H_
