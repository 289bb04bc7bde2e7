#include "reprise/checker/model/model_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "reprise/checker/history/text.h"
#include "reprise/text/printable.h"

namespace reprise::checker {

std::string ShortText(const std::string& description) {
  constexpr size_t kMost = 100;
  constexpr size_t kTail = 40;
  return FitColumns(Printable(description), kMost, kTail);
}

std::string ContradictionSentence(const std::string& partition,
                                  const std::string& first_illegal,
                                  const std::vector<std::string>& others) {
  constexpr size_t kNamed = 3;
  std::string text;
  if (!partition.empty()) {
    absl::StrAppend(&text, "key ", Quoted(partition), ": ");
  }
  absl::StrAppend(&text, "no order explains ", first_illegal);
  if (others.empty()) return text;
  if (others.size() <= kNamed) {
    absl::StrAppend(&text, " beside ", absl::StrJoin(others, ", "));
  } else {
    absl::StrAppend(&text, " beside ", others.size(), " other operations");
  }
  return text;
}

}  // namespace reprise::checker
