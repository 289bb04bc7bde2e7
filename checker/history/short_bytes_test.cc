#include "reprise/checker/history/short_bytes.h"

#include <cstddef>
#include <string>

#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

constexpr size_t kLongest = 40;

// Bytes that differ from their neighbours, some of them negative as char.
std::string Bytes(size_t size) {
  std::string bytes;
  for (size_t at = 0; at < size; ++at) {
    bytes.push_back(static_cast<char>(at % 2 == 0 ? 'a' + at : 0x80 + at));
  }
  return bytes;
}

TEST(ShortBytesTest, ADifferentByteIsSeenAnywhere) {
  for (size_t size = 0; size <= kLongest; ++size) {
    const std::string bytes = Bytes(size);
    EXPECT_TRUE(SameBytes(bytes, std::string(bytes)));
    EXPECT_TRUE(BeginsWith(bytes + "!", bytes));
    EXPECT_FALSE(SameBytes(bytes + "!", bytes));
    EXPECT_FALSE(BeginsWith(bytes, bytes + "!"));
    for (size_t at = 0; at < size; ++at) {
      std::string other = bytes;
      other[at] ^= 1;
      EXPECT_FALSE(SameBytes(bytes, other)) << size << " " << at;
      EXPECT_FALSE(BeginsWith(bytes + "!", other)) << size << " " << at;
    }
  }
}

TEST(ShortBytesTest, AByteIsFoundWhereverItIsAndNowhereElse) {
  for (size_t size = 0; size <= kLongest; ++size) {
    for (int byte = 0; byte < 256; ++byte) {
      // The neighbours of a byte are those that a borrow could mistake for it.
      for (const int beside : {byte ^ 1, byte ^ 0x80, byte ^ 0xff}) {
        std::string bytes(size, static_cast<char>(beside));
        EXPECT_FALSE(HasByte(bytes, static_cast<char>(byte)));
        for (size_t at = 0; at < size; ++at) {
          bytes[at] = static_cast<char>(byte);
          ASSERT_TRUE(HasByte(bytes, static_cast<char>(byte)))
              << size << " " << at << " " << byte;
          bytes[at] = static_cast<char>(beside);
        }
      }
    }
  }
}

TEST(ShortBytesTest, AWordTellsStringsOfOneSizeApart) {
  for (size_t size = 0; size <= kWord; ++size) {
    const std::string bytes = Bytes(size);
    EXPECT_EQ(WordOf(bytes), WordOf(std::string(bytes)));
    for (size_t at = 0; at < size; ++at) {
      for (int change = 1; change < 256; ++change) {
        std::string other = bytes;
        other[at] ^= static_cast<char>(change);
        EXPECT_NE(WordOf(bytes), WordOf(other)) << size << " " << at;
      }
    }
  }
}

TEST(ShortBytesTest, ACopyIsTheSameAndTouchesNothingBeside) {
  for (size_t size = 0; size <= kLongest; ++size) {
    const std::string bytes = Bytes(size);
    std::string to(size + 2, '#');
    CopyBytes(to.data() + 1, bytes);
    EXPECT_EQ(to, "#" + bytes + "#");
  }
}

}  // namespace
}  // namespace reprise::checker
