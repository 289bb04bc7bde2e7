// The size of a letter in this project's only alphabet.

#ifndef TEXT_UTF8_H_
#define TEXT_UTF8_H_

namespace text {

constexpr int kBytesOfALetter = 1;

}  // namespace text

#endif  // TEXT_UTF8_H_
