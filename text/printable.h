// Printable: bytes of any kind as text for people, and how wide that is.
//
// Guarantees: valid UTF-8 is printed as itself. Whatever would spoil the line
// or deceive its reader is written as an escape of its bytes ("\n", "\x00",
// "\xe2\x80\xae"): bytes that are no UTF-8, control characters, line
// separators, marks that change the direction of writing, and characters that
// cannot be seen. The result is one line of valid UTF-8, and the same on every
// machine: no locale has a say in it.
//
//   Printable("caf\u00e9\x1b[0m")       // café\x1b[0m
//   Quote("a \"b\"\xff", 24)            // "a \"b\"\xff"
//   Quote("0123456789abcdef", 9)        // "0123...ef" (16 bytes)

#ifndef REPRISE_TEXT_PRINTABLE_H_
#define REPRISE_TEXT_PRINTABLE_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace reprise {

std::string Printable(std::string_view bytes);

// As Printable, and escapes quotation marks and backslashes, so that what
// stands between quotation marks can be told from what was escaped.
std::string Escape(std::string_view bytes);

// `bytes` between quotation marks, as Escape says. Where there are more than
// `most` characters (a byte that is no UTF-8 counts as one), the middle is left
// out and the number of bytes follows.
std::string Quote(std::string_view bytes, size_t most);

// The first or last `most` characters of `bytes`.
std::string_view FirstCharacters(std::string_view bytes, size_t most);
std::string_view LastCharacters(std::string_view bytes, size_t most);

// How many columns of a terminal `text` fills, which one of the functions above
// made: two for a character of East Asia or an emoji, none for a combining
// mark.
size_t ColumnsOf(std::string_view text);

// `text`, at most `most` columns wide: where it is wider, "..." takes the place
// of what comes before its last `tail` columns. Requires tail + 3 <= most.
std::string FitColumns(std::string_view text, size_t most, size_t tail);

// Adds blanks until `text` is `columns` wide.
void PadColumns(std::string& text, size_t columns);

}  // namespace reprise

#endif  // REPRISE_TEXT_PRINTABLE_H_
