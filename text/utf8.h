// UTF-8: which bytes are valid, and what they stand for.
//
//   while (!text.empty()) {
//     const size_t length = Utf8SequenceLength(text);
//     if (length == 0) return Refuse(text[0]);
//     Use(DecodeUtf8(text.substr(0, length)));
//     text.remove_prefix(length);
//   }

#ifndef REPRISE_TEXT_UTF8_H_
#define REPRISE_TEXT_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace reprise {

// The length of the valid sequence at the beginning of `text`, or 0: overlong
// forms, surrogates and what lies beyond U+10FFFF are not valid. Requires that
// `text` is not empty.
size_t Utf8SequenceLength(std::string_view text);

bool IsUtf8(std::string_view text);

// The code point of `sequence`, which must be one valid sequence.
uint32_t DecodeUtf8(std::string_view sequence);

// Writes `code_point` to `to`, which has room for 4 bytes; returns the end.
char* EncodeUtf8(uint32_t code_point, char* to);

}  // namespace reprise

#endif  // REPRISE_TEXT_UTF8_H_
