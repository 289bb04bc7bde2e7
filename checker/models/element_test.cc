#include "reprise/checker/models/element.h"

#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {
namespace {

using Kind = EdnValue::Kind;

EdnValue Number(Kind kind, const char* text) {
  return {.kind = kind, .text = text};
}

// Each is less than the next.
std::vector<EdnValue> Ascending() {
  return {EdnValue::Nil(),
          EdnValue::Boolean(false),
          EdnValue::Boolean(true),
          Number(Kind::kFloat, "##-Inf"),
          Number(Kind::kInteger, "-99999999999999999999"),
          EdnValue::Integer(INT64_MIN),
          Number(Kind::kFloat, "-1.5"),
          EdnValue::Integer(-1),
          Number(Kind::kFloat, "-1e-07"),
          EdnValue::Integer(0),
          Number(Kind::kFloat, "0.0"),
          Number(Kind::kDecimal, "0.05M"),
          Number(Kind::kFloat, "0.5"),
          EdnValue::Integer(2),
          Number(Kind::kFloat, "2.0"),
          Number(Kind::kFloat, "2.5"),
          EdnValue::Integer(9),
          EdnValue::Integer(10),
          Number(Kind::kInteger, "9223372036854775808"),
          Number(Kind::kFloat, "1e+22"),
          Number(Kind::kFloat, "##Inf"),
          Number(Kind::kRatio, "1/2"),
          {.kind = Kind::kCharacter, .text = "\\z"},
          EdnValue::String("10"),
          EdnValue::String("9"),
          EdnValue::Keyword("a"),
          EdnValue::Vector({EdnValue::Integer(10)}),
          EdnValue::Vector({EdnValue::Integer(9), EdnValue::String("a")}),
          EdnValue::Vector({EdnValue::Integer(10), EdnValue::String("")}),
          EdnValue::Set({EdnValue::Integer(1)})};
}

TEST(ElementTest, IsOrderedAsItSays) {
  const std::vector<EdnValue> values = Ascending();
  for (size_t i = 0; i < values.size(); ++i) {
    for (size_t j = 0; j < values.size(); ++j) {
      EXPECT_EQ(Element(values[i]) <=> Element(values[j]), i <=> j)
          << CanonicalText(values[i]) << " and " << CanonicalText(values[j]);
      EXPECT_EQ(Element(values[i]) == Element(values[j]), i == j);
    }
  }
}

TEST(ElementTest, IsTheValueThatItWasMadeOf) {
  for (const EdnValue& value : Ascending()) {
    EXPECT_TRUE(IsSame(Element(value).ToValue(), value))
        << CanonicalText(value);
    EXPECT_EQ(Element(value).Hash(), Element(value).Hash());
  }
  EXPECT_NE(Element::Integer(1).Hash(), Element::Integer(2).Hash());
  EXPECT_EQ(Element::String("a"), Element(EdnValue::String("a")));
}

}  // namespace
}  // namespace reprise::checker
