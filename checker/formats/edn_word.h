// The words of EDN: numbers, keywords, symbols, nil, true, false, characters.
//
//   EdnWord("3N")             // the integer 3
//   EdnCharacter("newline")   // what stands behind the backslash

#ifndef REPRISE_CHECKER_FORMATS_EDN_WORD_H_
#define REPRISE_CHECKER_FORMATS_EDN_WORD_H_

#include <optional>
#include <string_view>

#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

// None where the word means nothing in EDN: 08, ::a, :.
std::optional<EdnValue> EdnWord(std::string_view word);

// The character of this name: a, newline, u00e9, o101. Requires valid UTF-8
// that is not empty.
std::optional<EdnValue> EdnCharacter(std::string_view name);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_EDN_WORD_H_
