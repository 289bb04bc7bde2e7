#include "reprise/text/utf8.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace reprise {
namespace {

TEST(Utf8Test, DecodesWhatItEncodes) {
  for (const uint32_t code_point :
       {0x00u, 0x7fu, 0x80u, 0x7ffu, 0x800u, 0xd7ffu, 0xe000u, 0xffffu,
        0x10000u, 0x10ffffu}) {
    char bytes[4];
    const std::string_view sequence(bytes,
                                    EncodeUtf8(code_point, bytes) - bytes);
    EXPECT_EQ(Utf8SequenceLength(sequence), sequence.size()) << code_point;
    EXPECT_EQ(DecodeUtf8(sequence), code_point);
  }
}

TEST(Utf8Test, RefusesWhatIsNotValid) {
  for (const std::string_view text :
       {"\x80", "\xc3", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80",
        "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xff"}) {
    EXPECT_FALSE(IsUtf8(text)) << testing::PrintToString(std::string(text));
  }
  EXPECT_TRUE(IsUtf8("na\u00efve \u65e5\u672c \U0001f600"));
}

}  // namespace
}  // namespace reprise
