#include "reprise/checker/formats/edn_reader.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/formats/line_reader.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Canonical(const std::string& text) {
  const absl::StatusOr<EdnValue> value = ReadEdn(text);
  return value.ok() ? CanonicalText(*value)
                    : "refused: " + std::string(value.status().message());
}

struct Pair {
  std::string a;
  std::string b;
};

class EqualTest : public ::testing::TestWithParam<Pair> {};

TEST_P(EqualTest, HasTheSameCanonicalText) {
  EXPECT_EQ(Canonical(GetParam().a), Canonical(GetParam().b));
  EXPECT_THAT(Canonical(GetParam().a), Not(HasSubstr("refused")));
}

INSTANTIATE_TEST_SUITE_P(
    Numbers, EqualTest,
    ::testing::Values(Pair{"3", "3N"}, Pair{"+3", "3"}, Pair{"-0", "0"},
                      Pair{"0N", "-0N"}, Pair{"0x1F", "31"}, Pair{"017", "15"},
                      Pair{"2r101", "5"}, Pair{"-36rZ", "-35"},
                      Pair{"123456789012345678901234567890",
                           "+123456789012345678901234567890N"},
                      Pair{"1/2", "2/4"}, Pair{"-6/4", "-3/2"},
                      Pair{"4/2", "2"}, Pair{"0/7", "0"}, Pair{"1.5", "1.50"},
                      Pair{"1.5", "15e-1"}, Pair{"1e3", "1000.0"},
                      Pair{"0.0", "-0.0"}, Pair{"5.", "5.0"},
                      Pair{"0.1", "0.1000000000000000055"},
                      Pair{"1.5M", "1.50M"}, Pair{"3M", "3.0M"},
                      Pair{"1E+3M", "1000M"}, Pair{"-0M", "0.00M"},
                      Pair{"0.015M", "15E-3M"}, Pair{"##Inf", "##Inf"}));

INSTANTIATE_TEST_SUITE_P(
    Text, EqualTest,
    ::testing::Values(
        Pair{R"("\u00e9")", "\"\xc3\xa9\""},
        Pair{R"("\ud83d\ude00")", "\"\xf0\x9f\x98\x80\""},
        Pair{R"("a\nb")", "\"a\nb\""}, Pair{R"("\101")", "\"A\""},
        Pair{R"("\t\r\b\f\"\\")", R"("\u0009\u000D\10\14\42\134")"},
        Pair{R"(\a)", R"(\u0061)"}, Pair{R"(\newline)", R"(\u000a)"},
        Pair{R"(\o40)", R"(\space)"}, Pair{R"(\u00e9)", "\\\xc3\xa9"}));

INSTANTIATE_TEST_SUITE_P(
    Collections, EqualTest,
    ::testing::Values(
        Pair{"[1 2 3]", "[1, 2, 3]"}, Pair{"[1 2]", "(1 2)"}, Pair{"[]", "()"},
        Pair{"{:a 1, :b 2}", "{:b 2 :a 1}"}, Pair{"#{1 2 3}", "#{3, 2N, 1}"},
        Pair{"{[1] (2)}", "{(1) [2]}"},
        Pair{"#{{:a 1 :b 2} 3}", "#{3 {:b 2N :a 1}}"},
        Pair{"#:a{:b 1, c 2, :_/d 3, :e/f 4, \"g\" 5}",
             "{:a/b 1 a/c 2 :d 3 :e/f 4 \"g\" 5}"},
        Pair{"[1 ; one\n 2]", "[1\n\n2]"}, Pair{"[1 #_ 2 #_[3 4] 5]", "[1 5]"},
        Pair{"[#_ #_ 1 2 3]", "[3]"}, Pair{"^{:line 7} [1 ^:x a]", "[1 a]"},
        Pair{"#jepsen.history.Op{:a 1, :b 2}",
             "#jepsen.history.Op {:b 2 :a 1}"},
        Pair{"#inst \"2024-02-29T23:59:59.500-00:00\"",
             "#inst \"2024-03-01T01:29:59.5+01:30\""},
        Pair{"#inst \"2024\"", "#inst \"2024-01-01T00:00:00.000Z\""},
        Pair{"#uuid \"F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6\"",
             "#uuid \"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\""}));

class DifferentTest : public ::testing::TestWithParam<Pair> {};

TEST_P(DifferentTest, HasAnotherCanonicalText) {
  EXPECT_NE(Canonical(GetParam().a), Canonical(GetParam().b));
  EXPECT_THAT(Canonical(GetParam().a), Not(HasSubstr("refused")));
  EXPECT_THAT(Canonical(GetParam().b), Not(HasSubstr("refused")));
}

INSTANTIATE_TEST_SUITE_P(
    Values, DifferentTest,
    ::testing::Values(
        Pair{"[]", "nil"}, Pair{"[3]", "3"}, Pair{"{}", "nil"},
        Pair{"{}", "[]"}, Pair{"#{}", "{}"}, Pair{"#{1}", "[1]"},
        Pair{"false", "nil"}, Pair{"\"\"", "nil"}, Pair{"\"3\"", "3"},
        Pair{"\"nil\"", "nil"}, Pair{"\"a\"", "a"}, Pair{":a", "a"},
        Pair{":a", "\":a\""}, Pair{"\\a", "\"a\""}, Pair{"3", "3.0"},
        Pair{"3", "3M"}, Pair{"3.0", "3M"}, Pair{"1/2", "0.5"},
        Pair{"##Inf", "##-Inf"}, Pair{"[1 2]", "[2 1]"},
        Pair{"[1 2]", "[1 2 nil]"}, Pair{"[\"a b\"]", "[\"a\" \"b\"]"},
        Pair{"[\"a\" \"b\"]", "[\"a\\\" \\\"b\"]"}, Pair{"{1 2}", "{2 1}"},
        Pair{"[[1] 2]", "[1 [2]]"}, Pair{"#a 1", "1"}, Pair{"#a 1", "#b 1"},
        Pair{"#a{:x 1}", "{:x 1}"}, Pair{"{:a/b 1}", "{:b 1}"},
        Pair{"1", "true"}, Pair{"\\n", "\\newline"},
        Pair{"#inst \"2024-01-01\"", "#inst \"2024-01-02\""},
        Pair{"#inst \"2024-01-01\"", "\"2024-01-01\""}));

struct Refusal {
  std::string text;
  std::string error;
};

class EdnRefusalTest : public ::testing::TestWithParam<Refusal> {};

TEST_P(EdnRefusalTest, NamesTheLineAndWhatWasFound) {
  EXPECT_THAT(Canonical(GetParam().text), HasSubstr(GetParam().error));
}

INSTANTIATE_TEST_SUITE_P(
    Values, EdnRefusalTest,
    ::testing::Values(
        Refusal{"", "found the end of the text, expected a value"},
        Refusal{"[1\n 2", "2: found the end of the text, expected ']'"},
        Refusal{"[1 2)", "1: found ')' in column 5, expected a value"},
        Refusal{"{:a 1\n :b}", "2: found the key ':b' alone"},
        Refusal{"{:a 1, :a 2}", "1: found ':a' twice, expected it once"},
        Refusal{"#{1\n1N}", "2: found '1' twice"},
        Refusal{"{[1] 1, (1) 2}", "found '[1]' twice"},
        Refusal{"#:a{:b 1, :a/b 2}", "found ':a/b' twice"},
        Refusal{"1 2", "found '2' in column 3, expected the end of the text"},
        Refusal{"08", "found '08' in column 1, expected a value of EDN"},
        Refusal{"1x", "'1x'"}, Refusal{"1/0", "'1/0'"},
        Refusal{"1/-2", "'1/-2'"}, Refusal{"1.5.2", "'1.5.2'"},
        Refusal{"1e999", "'1e999'"}, Refusal{"1.5N", "'1.5N'"},
        Refusal{"::a", "'::a'"}, Refusal{":", "':'"}, Refusal{"@a", "'@a'"},
        Refusal{"'a", "expected a value of EDN"},
        Refusal{"#\"a+\"", "expected a value of EDN"},
        Refusal{"#(inc 1)", "expected a value of EDN"},
        Refusal{"#=(inc 1)", "expected a value of EDN"},
        Refusal{"##Nan", "expected ##Inf, ##-Inf or ##NaN"},
        Refusal{"#:a [1]", "expected a map with a namespace"},
        Refusal{"#tag", "found the end of the text, expected a value"},
        Refusal{"#inst \"2023-02-29\"", "expected a time in quotes"},
        Refusal{"\n\"a\nb", "2: found a string without end"},
        Refusal{"\"a\\q\"",
                "found '\\\\q\\\"' in column 3, expected an escape"},
        Refusal{"\"\\ud800\"", "expected a pair of surrogates"},
        Refusal{"\"\\u12g4\"", "expected an escape"},
        Refusal{"\"\\777\"", "expected \\377 at most"},
        Refusal{"\\abc", "expected a character"},
        Refusal{"\\ud800", "expected a character"},
        Refusal{"[1 \xff]", "1: found '\\xff]' in column 4, expected UTF-8"},
        Refusal{std::string(1000, '['), "less deeply nested data"},
        Refusal{std::string(100'000, '#'), "expected ##Inf"},
        Refusal{"#_ ", "expected a value"}));

TEST(EdnReaderTest, RefusesDeepDiscardsTagsAndMetadata) {
  for (const std::string part : {"#_ ", "#a ", "^ ", "#:a{"}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += part;
    EXPECT_THAT(Canonical(text), HasSubstr("less deeply nested data")) << part;
  }
}

TEST(EdnReaderTest, ShowsCanonicalTextAsEdn) {
  EXPECT_EQ(Canonical("(1, \"a\\\"\\u0007\" {:b (), :a nil} #{2 1} \\tab)"),
            "[1 \"a\\\"\\u0007\" {:a nil, :b []} #{1 2} \\tab]");
  EXPECT_EQ(Canonical("#inst \"1999-12-31T23:30:00-01:00\""),
            "#inst \"2000-01-01T00:30:00.0-00:00\"");
  EXPECT_EQ(Canonical("120.50M"), "120.5M");
}

TEST(EdnReaderTest, StopsBehindABlankLine) {
  LineReader lines = LineReader::OfText("; a comment\n\n1 2\n[3\n\n4]\n ,\n5");
  EdnReader reader(lines);
  std::vector<std::string> values;
  EdnValue value;
  while (reader.HasMore() && reader.Read(value)) {
    values.push_back(CanonicalText(value) + " in line " +
                     std::to_string(value.line));
  }
  EXPECT_TRUE(reader.status().ok()) << reader.status();
  EXPECT_THAT(values,
              ElementsAre("1 in line 3", "2 in line 3", "[3 4] in line 4"));
  EXPECT_TRUE(reader.HasMore());
}

TEST(EdnValueTest, FindsNaNAnywhere) {
  EXPECT_TRUE(ContainsNaN(*ReadEdn("{:a [1 #{##NaN}]}")));
  EXPECT_FALSE(ContainsNaN(*ReadEdn("{:a [1 \"##NaN\" ##Inf]}")));
}

}  // namespace
}  // namespace reprise::checker
