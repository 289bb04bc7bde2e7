#include "reprise/kv/storage/encoding.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace reprise::kv {
namespace {

TEST(EncodingTest, ReadsBackWhatWasAppended) {
  Bytes bytes;
  AppendWord(bytes, 0x0102030405060708);
  AppendString(bytes, std::string("a\0b", 3));
  AppendString(bytes, "");
  Decoder decoder(bytes);
  EXPECT_EQ(decoder.Word(), 0x0102030405060708u);
  EXPECT_EQ(decoder.String(), std::string("a\0b", 3));
  EXPECT_EQ(decoder.String(), "");
  EXPECT_TRUE(decoder.IsOk());
  EXPECT_TRUE(decoder.IsAtEnd());
}

TEST(EncodingTest, WordsAreLittleEndian) {
  Bytes bytes;
  AppendWord(bytes, 0x0102);
  EXPECT_EQ(bytes, std::string("\x02\x01\0\0\0\0\0\0", 8));
}

TEST(DecoderTest, WhatIsCutShortReadsAsNothing) {
  Bytes bytes;
  AppendString(bytes, "abc");
  AppendWord(bytes, 7);
  for (size_t size = 0; size < bytes.size(); ++size) {
    Decoder decoder(std::string_view(bytes).substr(0, size));
    decoder.String();
    EXPECT_EQ(decoder.Word(), 0u);
    EXPECT_FALSE(decoder.IsOk()) << size;
    EXPECT_TRUE(decoder.IsAtEnd());
  }
}

TEST(DecoderTest, AStringIsNoLongerThanWhatThereIs) {
  Bytes bytes;
  AppendWord(bytes, UINT64_MAX);
  bytes += "abc";
  Decoder decoder(bytes);
  EXPECT_EQ(decoder.String(), "");
  EXPECT_FALSE(decoder.IsOk());
}

}  // namespace
}  // namespace reprise::kv
