// UTF-8: which bytes are valid, and how a code point is written.

#ifndef REPRISE_CHECKER_FORMATS_UTF8_H_
#define REPRISE_CHECKER_FORMATS_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace reprise::checker {

// The length of the valid sequence at the beginning of `text`, or 0: overlong
// forms, surrogates and what lies beyond U+10FFFF are not valid. Requires that
// `text` is not empty.
size_t Utf8SequenceLength(std::string_view text);

bool IsUtf8(std::string_view text);

// Writes `code_point` to `to`, which has room for 4 bytes; returns the end.
char* EncodeUtf8(uint32_t code_point, char* to);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_UTF8_H_
