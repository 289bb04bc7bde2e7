// What a page is about, made ready to be written: which operations it shows,
// their texts, and which colour each function has.
//
// Guarantees: the texts are printable (text/printable.h) and short; those of
// operations that contradict each other show where they differ.
//
//   PageContent content(input);
//   for (const auto& operation : content.operations()) Write(operation.call);

#ifndef REPRISE_CHECKER_REPORT_PAGE_CONTENT_H_
#define REPRISE_CHECKER_REPORT_PAGE_CONTENT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/report/page_input.h"
#include "reprise/checker/report/page_selection.h"
#include "reprise/checker/report/page_source.h"

namespace reprise::checker {

// How an operation is shown.
struct ShownOperation {
  OperationId id;
  PageFacts facts;
  size_t function;  // a place in functions()
  std::string call;
  std::string output;
};

struct ShownFunction {
  std::string name;
  size_t colour;
};

class PageContent {
 public:
  // Requires that the input outlives the content and that its history is not
  // empty.
  explicit PageContent(const PageInput& input);

  const PageInput& input() const { return input_; }
  // In ascending order of ids.
  const std::vector<ShownOperation>& operations() const { return operations_; }
  // Requires that it is shown.
  const ShownOperation& Find(OperationId id) const;
  bool Shows(OperationId id) const;

  const std::vector<ShownFunction>& functions() const { return functions_; }
  // What is not shown; "" if everything is.
  const std::string& left_out() const { return selection_.left_out; }
  PartitionId focus() const { return focus_.focus; }

  // Whether times were recorded, and how long after the first call of all a
  // time was. Without a sign, because times may lie 2^64 apart.
  bool HasTimes() const { return has_times_; }
  uint64_t SinceStart(int64_t time) const {
    return static_cast<uint64_t>(time) - static_cast<uint64_t>(start_);
  }

  // "30,000 operations · 10 clients · 2 keys".
  std::string Facts() const;

 private:
  // The first place whose id is not below.
  size_t PlaceOf(OperationId id) const;
  void FindFocus();
  void Survey();
  void AddOperations();
  void ColourFunctions();
  void ShortenConflict();

  const PageInput& input_;
  PageFocus focus_;
  PageSelection selection_;
  std::vector<ShownOperation> operations_;
  std::vector<ShownFunction> functions_;
  size_t clients_ = 0;
  bool has_times_ = false;
  int64_t start_ = Times::kNever;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_PAGE_CONTENT_H_
