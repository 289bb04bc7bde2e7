// Values of EDN, the notation in which Clojure writes data
// (https://github.com/edn-format/edn), compared as Clojure's `=` does.
//
// Guarantees: two values have the same canonical text if and only if they are
// equal. A list equals a vector of the same elements; maps and sets have no
// order; numbers are equal by value within their kind (edn_number.h); a tagged
// value equals one with the same tag and an equal value, an #inst one of the
// same instant. ##NaN equals nothing, not even itself, so that a value which
// contains it must not be compared.
//
//   CanonicalText(*ReadEdn("{:b 2, :a (1 2)}"))   // {:a [1 2], :b 2}

#ifndef REPRISE_CHECKER_VALUE_EDN_VALUE_H_
#define REPRISE_CHECKER_VALUE_EDN_VALUE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace reprise::checker {

struct EdnValue {
  enum class Kind : uint8_t {
    kNil,
    kBoolean,
    kInteger,
    kRatio,
    kFloat,
    kDecimal,
    kString,
    kCharacter,
    kKeyword,
    kSymbol,
    kVector,  // or list
    kMap,
    kSet,
    kTagged,
  };

  static EdnValue Nil() { return {}; }
  static EdnValue Boolean(bool value);
  static EdnValue Integer(int64_t value);
  static EdnValue String(std::string_view bytes);
  // Of a name without its colon.
  static EdnValue Keyword(std::string_view name);
  static EdnValue Vector(std::vector<EdnValue> elements);
  static EdnValue Set(std::vector<EdnValue> elements);

  bool IsNil() const { return kind == Kind::kNil; }
  // A vector, a list or a set.
  bool IsCollection() const {
    return kind == Kind::kVector || kind == Kind::kSet;
  }
  // Whether it is an integer that fits; then `to` is it.
  bool AsInt32(int32_t& to) const;
  bool AsInt64(int64_t& to) const;

  Kind kind = Kind::kNil;
  // A string's bytes; a tagged value's tag; the canonical text of any other
  // value without elements.
  std::string text = "nil";
  // The elements; of a map each key and, after it, its value; of a tagged value
  // the one that is tagged.
  std::vector<EdnValue> elements = {};
  // Where it begins.
  uint32_t line = 0;
  uint32_t column = 0;
};

std::string CanonicalText(const EdnValue& value);

// Whether two values are equal, wherever they stand.
bool IsSame(const EdnValue& a, const EdnValue& b);

// A string as EDN writes it, in quotes.
std::string EdnStringText(std::string_view bytes);

// Whether ##NaN is in it.
bool ContainsNaN(const EdnValue& value);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_VALUE_EDN_VALUE_H_
