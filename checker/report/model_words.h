// What a page says of a history of a model of one's own.
//
//   FirstWord("Push(q, a)");  // "Push"

#ifndef REPRISE_CHECKER_REPORT_MODEL_WORDS_H_
#define REPRISE_CHECKER_REPORT_MODEL_WORDS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "reprise/checker/report/page_input.h"
#include "reprise/checker/report/page_source.h"

namespace reprise::checker {

// The letters, digits, "-" and "_" at the beginning; "operation" if there are
// none.
std::string FirstWord(std::string_view description);

// The verdict in one sentence. `states` is what the search has visited.
std::string ModelSentence(const PageSource& history, const PageInput& input,
                          uint64_t states);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_MODEL_WORDS_H_
