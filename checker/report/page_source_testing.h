// A history that tests make up for a page.
//
//   TestSource source;
//   OperationId id = source.Add({.client = 1}, {"put", "put \"a\""}, "k");

#ifndef REPRISE_CHECKER_REPORT_PAGE_SOURCE_TESTING_H_
#define REPRISE_CHECKER_REPORT_PAGE_SOURCE_TESTING_H_

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/report/page_source.h"

namespace reprise::checker {

class TestSource : public PageSource {
 public:
  // An answered operation after all others, unless the facts have its events.
  OperationId Add(PageFacts facts, PageText text,
                  const std::string& partition = "") {
    const auto found = std::find(names_.begin(), names_.end(), partition);
    facts.partition = static_cast<PartitionId>(found - names_.begin());
    if (found == names_.end()) names_.push_back(partition);
    const auto id = static_cast<OperationId>(facts_.size());
    if (facts.ret == kNever && facts.answer == PageAnswer::kUnknown &&
        facts.call == 0) {
      facts.answer = PageAnswer::kAnswered;
      facts.call = 2 * id;
      facts.ret = 2 * id + 1;
    }
    facts_.push_back(facts);
    texts_.push_back(std::move(text));
    return id;
  }

  size_t size() const override { return facts_.size(); }
  size_t partitions() const override { return names_.size(); }
  std::string PartitionName(PartitionId partition) const override {
    return names_[partition];
  }
  PageFacts Facts(OperationId id) const override { return facts_[id]; }
  PageText Text(OperationId id) const override { return texts_[id]; }

 private:
  std::vector<std::string> names_;
  std::vector<PageFacts> facts_;
  std::vector<PageText> texts_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_PAGE_SOURCE_TESTING_H_
