// What must be true of the reading of any text at all, for fuzzers and for the
// test that runs their corpora.

#ifndef REPRISE_CHECKER_FORMATS_FUZZ_ONE_H_
#define REPRISE_CHECKER_FORMATS_FUZZ_ONE_H_

#include <string_view>

#include "reprise/checker/formats/format.h"

namespace reprise::checker {

enum class FuzzResult { kAccepted, kRefused };

// Reads `text` in `format`. A refusal must name a line; what is accepted must
// be the same after it was written and read again. Otherwise aborts.
FuzzResult FuzzOne(std::string_view text, Format format);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_FUZZ_ONE_H_
