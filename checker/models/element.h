// Element: a value as models keep it, in their operations and states: small,
// cheap to copy, and in an order.
//
// Guarantees: two elements are equal if and only if their values are
// (edn_value.h). An integer of 64 bits, but for the least, lies in the element;
// any other value is made once and shared by its copies, which never change it.
//
// The order is total: nil, booleans, numbers, then characters, strings,
// keywords, symbols, vectors, maps, sets and tagged values. Integers, floats
// and decimals are ordered by value, and by kind where these are equal; ratios
// stand behind them, by their text. Shorter vectors come first, as Clojure's
// `compare` has it, and those of one length by their first elements that
// differ. All else is ordered by its canonical text.
//
// Requires that no ##NaN is in a value.
//
//   Element seven = Element(EdnValue::Integer(7));
//   seven < Element::Integer(10);  // true
//   seven.ToValue();               // 7 again

#ifndef REPRISE_CHECKER_MODELS_ELEMENT_H_
#define REPRISE_CHECKER_MODELS_ELEMENT_H_

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

class Element {
 public:
  Element() = default;  // nil
  explicit Element(const EdnValue& value);
  static Element Integer(int64_t value);
  static Element String(std::string_view bytes);

  bool IsNil() const { return shared_ == nullptr && integer_ == kNone; }
  // Null unless it is an integer that lies in the element.
  const int64_t* AsInteger() const {
    return shared_ == nullptr && integer_ != kNone ? &integer_ : nullptr;
  }
  EdnValue ToValue() const;
  // Equal elements have equal hashes, in every process.
  uint64_t Hash() const;

  friend bool operator==(const Element& a, const Element& b) {
    const int64_t* const number = a.AsInteger();
    if (number == nullptr) return a.IsSameAs(b);
    const int64_t* const other = b.AsInteger();
    return other != nullptr && *number == *other;
  }
  friend std::strong_ordering operator<=>(const Element& a, const Element& b) {
    const int64_t* const number = a.AsInteger();
    const int64_t* const other = b.AsInteger();
    return number != nullptr && other != nullptr ? *number <=> *other
                                                 : a.Compare(b);
  }

 private:
  struct Shared {
    EdnValue value;
    std::string text;  // canonical
  };

  bool IsSameAs(const Element& other) const;
  std::strong_ordering Compare(const Element& other) const;

  static constexpr int64_t kNone = INT64_MIN;

  // Null for nil and integers.
  // tidy: allow(shared-ptr) states are copied, and what they hold never changes
  std::shared_ptr<const Shared> shared_;
  int64_t integer_ = kNone;
};

// A hash of the elements in this order.
uint64_t HashOf(const std::vector<Element>& elements);

// The elements of a vector, a list or a set, in their order; of anything else
// nothing.
std::vector<Element> ElementsOf(const EdnValue& value);
EdnValue VectorOf(const std::vector<Element>& elements);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_ELEMENT_H_
