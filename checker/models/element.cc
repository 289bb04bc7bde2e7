#include "reprise/checker/models/element.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

#include "reprise/checker/history/hash.h"

namespace reprise::checker {
namespace {

using Kind = EdnValue::Kind;
using Order = std::strong_ordering;

// A number's size as 0.DIGITS times ten to the power of its exponent, its
// digits without zeros at either end: 12.5 is 0.125 and 2.
struct Magnitude {
  std::string digits;
  int64_t exponent = 0;
};

// Of a number's canonical text without its sign: 125, 0.5, 1e+22, 15E-50M.
Magnitude MagnitudeOf(std::string_view text) {
  if (text.ends_with('M')) text.remove_suffix(1);
  Magnitude found;
  const size_t mark = std::min(text.find_first_of("eE"), text.size());
  if (mark < text.size()) {
    std::string_view exponent = text.substr(mark + 1);
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    std::from_chars(exponent.data(), exponent.data() + exponent.size(),
                    found.exponent);
  }
  text = text.substr(0, mark);
  const size_t point = std::min(text.find('.'), text.size());
  found.digits = text.substr(0, point);
  found.exponent += static_cast<int64_t>(point);
  if (point < text.size()) found.digits += text.substr(point + 1);
  const size_t zeros =
      std::min(found.digits.find_first_not_of('0'), found.digits.size());
  found.digits.erase(0, zeros);
  found.exponent -= static_cast<int64_t>(zeros);
  while (found.digits.ends_with('0')) found.digits.pop_back();
  if (found.digits.empty()) found.exponent = INT64_MIN;
  return found;
}

Order CompareMagnitudes(std::string_view a, std::string_view b) {
  const bool is_infinite = a.ends_with("Inf");
  const bool is_other_infinite = b.ends_with("Inf");
  if (is_infinite || is_other_infinite) {
    return is_infinite <=> is_other_infinite;
  }
  const Magnitude left = MagnitudeOf(a);
  const Magnitude right = MagnitudeOf(b);
  const Order exponents = left.exponent <=> right.exponent;
  return exponents != 0 ? exponents : left.digits <=> right.digits;
}

// -5, ##-Inf
bool IsNegative(std::string_view text) {
  return text.find('-') != text.npos &&
         text.substr(0, text.find('-')).find_first_of("0123456789") ==
             text.npos;
}

// Of integers, floats and decimals.
Order CompareNumbers(const EdnValue& a, const EdnValue& b) {
  std::string_view left = a.text;
  std::string_view right = b.text;
  const bool is_negative = IsNegative(left);
  if (is_negative != IsNegative(right)) {
    return is_negative ? Order::less : Order::greater;
  }
  if (is_negative) {
    std::swap(left, right);
    left.remove_prefix(left.find('-') + 1);
    right.remove_prefix(right.find('-') + 1);
  }
  const Order order = CompareMagnitudes(left, right);
  return order != 0 ? order : a.kind <=> b.kind;
}

// Where a kind stands among the others; those that are compared by value share
// a place.
int PlaceOf(Kind kind) {
  const bool is_number =
      kind == Kind::kInteger || kind == Kind::kFloat || kind == Kind::kDecimal;
  if (is_number) return static_cast<int>(Kind::kInteger);
  if (kind == Kind::kString) return static_cast<int>(Kind::kCharacter);
  if (kind == Kind::kCharacter) return static_cast<int>(Kind::kString);
  return static_cast<int>(kind);
}

Order CompareValues(const EdnValue& a, const EdnValue& b) {
  const int place = PlaceOf(a.kind);
  if (const Order order = place <=> PlaceOf(b.kind); order != 0) return order;
  if (place == static_cast<int>(Kind::kInteger)) return CompareNumbers(a, b);
  if (a.kind != Kind::kVector) return CanonicalText(a) <=> CanonicalText(b);
  const size_t size = a.elements.size();
  if (const Order order = size <=> b.elements.size(); order != 0) return order;
  for (size_t i = 0; i < size; ++i) {
    const Order order = CompareValues(a.elements[i], b.elements[i]);
    if (order != 0) return order;
  }
  return Order::equal;
}

}  // namespace

Element::Element(const EdnValue& value) {
  int64_t integer = kNone;
  if (value.IsNil()) return;
  if (value.AsInt64(integer) && integer != kNone) {
    integer_ = integer;
  } else {
    // tidy: allow(shared-ptr) element.h says why
    shared_ = std::make_shared<const Shared>(
        Shared{.value = value, .text = CanonicalText(value)});
  }
}

Element Element::Integer(int64_t value) {
  if (value == kNone) return Element(EdnValue::Integer(value));
  Element element;
  element.integer_ = value;
  return element;
}

Element Element::String(std::string_view bytes) {
  return Element(EdnValue::String(bytes));
}

EdnValue Element::ToValue() const {
  if (IsNil()) return EdnValue::Nil();
  const int64_t* const integer = AsInteger();
  if (integer != nullptr) return EdnValue::Integer(*integer);
  return shared_->value;
}

uint64_t Element::Hash() const {
  if (IsNil()) return 0;
  const int64_t* const integer = AsInteger();
  if (integer != nullptr) return Mix64(static_cast<uint64_t>(*integer) + 1);
  return HashBytes(shared_->text);
}

bool Element::IsSameAs(const Element& other) const {
  if (shared_ == nullptr || other.shared_ == nullptr) {
    return shared_ == other.shared_ && integer_ == other.integer_;
  }
  return shared_ == other.shared_ || shared_->text == other.shared_->text;
}

std::strong_ordering Element::Compare(const Element& other) const {
  if (*this == other) return Order::equal;
  return CompareValues(ToValue(), other.ToValue());
}

uint64_t HashOf(const std::vector<Element>& elements) {
  uint64_t hash = elements.size();
  for (const Element& element : elements) {
    hash = MultiplyFold(hash ^ element.Hash(), 0x9e3779b97f4a7c15u);
  }
  return hash;
}

std::vector<Element> ElementsOf(const EdnValue& value) {
  std::vector<Element> elements;
  if (!value.IsCollection()) return elements;
  elements.reserve(value.elements.size());
  for (const EdnValue& each : value.elements) elements.emplace_back(each);
  return elements;
}

EdnValue VectorOf(const std::vector<Element>& elements) {
  std::vector<EdnValue> values;
  values.reserve(elements.size());
  for (const Element& element : elements) values.push_back(element.ToValue());
  return EdnValue::Vector(std::move(values));
}

}  // namespace reprise::checker
