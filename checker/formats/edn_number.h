// Numbers as Clojure writes them, compared by value: 3, 3N and 0x3 are one
// number, and so are 1/2 and 2/4, 1.5 and 1.50, 1.5M and 15E-1M. As for
// Clojure's `=`, an integer, a float and a decimal (with M) are never equal.
//
//   CanonicalNumber("+3N")  // kind kInteger, text "3"
//   CanonicalNumber("6/4")  // kind kRatio, text "3/2"

#ifndef REPRISE_CHECKER_FORMATS_EDN_NUMBER_H_
#define REPRISE_CHECKER_FORMATS_EDN_NUMBER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace reprise::checker {

enum class EdnNumberKind : uint8_t { kInteger, kRatio, kFloat, kDecimal };

struct EdnNumber {
  EdnNumberKind kind = EdnNumberKind::kInteger;
  // The same for equal numbers of a kind, and different for all others.
  std::string text;
};

// Whether Clojure takes `word` for a number, be it a valid one or not.
bool LooksLikeANumber(std::string_view word);

// None where `word` is no number: 08, 1/0, 1x. Nor where it is written in a
// base other than ten, or as a ratio, with more than 128 bits.
std::optional<EdnNumber> CanonicalNumber(std::string_view word);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_EDN_NUMBER_H_
