#include "reprise/checker/formats/byte_source.h"

#include <zlib.h>
#include <zstd.h>

#include <fstream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

using ::testing::HasSubstr;

std::string Gzipped(const std::string& text) {
  z_stream stream = {};
  EXPECT_EQ(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + 16, 8,
                         Z_DEFAULT_STRATEGY),
            Z_OK);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  std::string copy = text;
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string Zstandard(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(
      ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 1));
  return packed;
}

absl::StatusOr<std::string> ReadAll(const std::string& content) {
  const std::string path = ::testing::TempDir() + "/content";
  std::ofstream(path, std::ios::binary) << content;
  absl::StatusOr<ByteSource> source = ByteSource::Open(path);
  if (!source.ok()) return source.status();
  std::string text;
  std::vector<char> block(10'000);
  for (;;) {
    const absl::StatusOr<size_t> count =
        source->Read(block.data(), block.size());
    if (!count.ok()) return count.status();
    if (*count == 0) return text;
    text.append(block.data(), *count);
  }
}

// Text that is not packed into a few bytes.
std::string LongText() {
  std::string text;
  for (uint64_t i = 0; text.size() < 2'000'000; ++i) {
    text += std::to_string(i * 0x9e3779b97f4a7c15u) + "\n";
  }
  return text;
}

TEST(ByteSourceTest, ReadsWhatIsNotPacked) {
  for (const std::string& text :
       {std::string(), std::string("a"), std::string("\x1f"), LongText()}) {
    EXPECT_EQ(*ReadAll(text), text);
  }
}

TEST(ByteSourceTest, UnpacksByContent) {
  for (const std::string& text :
       {std::string(), std::string("a"), LongText()}) {
    EXPECT_EQ(*ReadAll(Gzipped(text)), text);
    EXPECT_EQ(*ReadAll(Zstandard(text)), text);
  }
}

TEST(ByteSourceTest, UnpacksSeveralPartsBehindOneAnother) {
  EXPECT_EQ(*ReadAll(Gzipped("a") + Gzipped("") + Gzipped("b")), "ab");
  EXPECT_EQ(*ReadAll(Zstandard("a") + Zstandard("") + Zstandard("b")), "ab");
}

TEST(ByteSourceTest, RefusesWhatIsDamaged) {
  const std::string text = LongText();
  for (const std::string& packed : {Gzipped(text), Zstandard(text)}) {
    EXPECT_THAT(
        std::string(
            ReadAll(packed.substr(0, packed.size() / 2)).status().message()),
        HasSubstr("content: found packed content that cannot be unpacked (it "
                  "ends too early), expected a whole file"));
    EXPECT_THAT(std::string(ReadAll(packed + "x").status().message()),
                HasSubstr("cannot be unpacked"));
    std::string changed = packed;
    changed[packed.size() / 2] ^= 1;
    changed[packed.size() - 3] ^= 1;
    EXPECT_THAT(std::string(ReadAll(changed).status().message()),
                HasSubstr("cannot be unpacked"));
  }
}

TEST(ByteSourceTest, NamesWhatCannotBeOpened) {
  EXPECT_THAT(std::string(ByteSource::Open("/no/such").status().message()),
              HasSubstr("/no/such: cannot be read: No such file"));
  EXPECT_THAT(std::string(ByteSource::Open("/").status().message()),
              HasSubstr("found a folder, expected a file"));
}

}  // namespace
}  // namespace reprise::checker
