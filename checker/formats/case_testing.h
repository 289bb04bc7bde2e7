// Histories of other projects as texts, and what `check` is to say of them.
//
//   Case{"an empty vector is not nil", "violated", "[0 :invoke :write []] ..."}

#ifndef REPRISE_CHECKER_FORMATS_CASE_TESTING_H_
#define REPRISE_CHECKER_FORMATS_CASE_TESTING_H_

#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/checker/formats/reader.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/linearizability.h"

namespace reprise::checker {

struct Case {
  std::string name;
  std::string verdict;  // Or what is wrong with the text.
  std::string text;
  ReaderOptions options = {};
};

inline void PrintTo(const Case& each, std::ostream* out) { *out << each.name; }

// "holds", "violated", "undecided", or what is wrong with the text.
inline std::string Judged(absl::StatusOr<HistoryReader> reader) {
  RecordedHistory recorded;
  if (!reader.ok()) return std::string(reader.status().message());
  const absl::StatusOr<bool> more = reader->Next(recorded);
  if (!more.ok()) return std::string(more.status().message());
  return std::string(
      OutcomeName(CheckKeyValue(recorded.history, Budget()).outcome));
}

inline std::string Judged(const Case& each) {
  return Judged(HistoryReader::OfText(each.text, "text", each.options));
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_CASE_TESTING_H_
