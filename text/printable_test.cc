#include "reprise/text/printable.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "reprise/text/utf8.h"

namespace reprise {
namespace {

using std::string_view_literals::operator""sv;

TEST(PrintableTest, ValidTextPrintsAsItself) {
  for (const std::string_view text :
       {"", "plain 'text' \"here\" \\n", "na\u00efve", "\u041f\u0443\u0442",
        "\u65e5\u672c\u8a9e", "\u0645\u0631\u062d\u0628\u0627", "\U0001f600",
        "e\u0301", "\U0001f469\u200d\U0001f4bb"}) {
    EXPECT_EQ(Printable(text), text);
  }
}

TEST(PrintableTest, ControlCharactersAreEscaped) {
  EXPECT_EQ(Printable("a\0b\n\r\t\x1b[31m\x7f"sv),
            R"(a\x00b\n\r\t\x1b[31m\x7f)");
  EXPECT_EQ(Printable("\u0085\u009b"), R"(\xc2\x85\xc2\x9b)");
}

TEST(PrintableTest, InvalidBytesAreEscaped) {
  EXPECT_EQ(Printable("a\xff\xc3z\xed\xa0\x80"), R"(a\xff\xc3z\xed\xa0\x80)");
  EXPECT_EQ(Printable("\xe6\x97"), R"(\xe6\x97)");
}

TEST(PrintableTest, WhatDeceivesTheReaderIsEscaped) {
  for (const std::string_view text :
       {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067",
        "\u2068", "\u2069", "\u200e", "\u200f", "\u061c", "\u2028", "\u2029",
        "\u200b", "\ufeff", "\u00ad", "\U000e0041"}) {
    EXPECT_EQ(Printable(text).find_first_not_of("\\x0123456789abcdef"),
              std::string::npos)
        << Printable(text);
  }
  EXPECT_EQ(Printable("a\u202eb"), R"(a\xe2\x80\xaeb)");
}

TEST(PrintableTest, IsValidTextOfOneLineWhateverTheBytes) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string bytes = {static_cast<char>(first),
                                 static_cast<char>(second)};
      const std::string text = Escape(bytes);
      EXPECT_TRUE(IsUtf8(text)) << first << " " << second;
      EXPECT_EQ(text.find_first_of("\n\r\x1b"), std::string::npos);
    }
  }
}

TEST(QuoteTest, EscapesQuotationMarksAndBackslashes) {
  EXPECT_EQ(Quote("", 24), "\"\"");
  EXPECT_EQ(Quote("a\0\n\"\\x"sv, 24), R"("a\x00\n\"\\x")");
  EXPECT_EQ(Quote("it's", 24), "\"it's\"");
}

TEST(QuoteTest, ShortensInTheMiddle) {
  EXPECT_EQ(Quote("0123456789abcdef", 16), "\"0123456789abcdef\"");
  EXPECT_EQ(Quote("0123456789abcdef", 9), "\"0123...ef\" (16 bytes)");
  EXPECT_EQ(Quote("0123456789", 0), "\"...\" (10 bytes)");
}

TEST(QuoteTest, CountsCharactersAndCutsBetweenThem) {
  EXPECT_EQ(Quote("\u65e5\u672c\u8a9e", 3), "\"\u65e5\u672c\u8a9e\"");
  EXPECT_EQ(Quote("\u00e4\u00f6\u00fc\u00df\u00e9\u00e8\u00ea\u00eb\u00e0"
                  "\u00e1",
                  9),
            "\"\u00e4\u00f6\u00fc\u00df...\u00e0\u00e1\" (20 bytes)");
}

TEST(ColumnsTest, CountsWhatATerminalFills) {
  EXPECT_EQ(ColumnsOf("plain"), 5u);
  EXPECT_EQ(ColumnsOf("na\u00efve"), 5u);
  EXPECT_EQ(ColumnsOf("\u65e5\u672c"), 4u);
  EXPECT_EQ(ColumnsOf("\U0001f600"), 2u);
  EXPECT_EQ(ColumnsOf("e\u0301"), 1u);
}

TEST(ColumnsTest, FitsAndPads) {
  EXPECT_EQ(FitColumns("fits", 4, 1), "fits");
  EXPECT_EQ(FitColumns("0123456789", 8, 2), "012...89");
  // A wide character that would be cut in half is left out.
  EXPECT_EQ(FitColumns("\u65e5\u672c\u65e5\u672c\u65e5", 8, 2),
            "\u65e5...\u65e5");
  std::string text = "\u65e5";
  PadColumns(text, 4);
  EXPECT_EQ(text, "\u65e5  ");
  PadColumns(text, 2);
  EXPECT_EQ(text, "\u65e5  ");
}

}  // namespace
}  // namespace reprise
