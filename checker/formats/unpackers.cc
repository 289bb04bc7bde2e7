#include "reprise/checker/formats/unpackers.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <climits>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace reprise::checker {
namespace {

constexpr std::string_view kGzip = "\x1f\x8b";
constexpr std::string_view kZstd = "\x28\xb5\x2f\xfd";

class GzipUnpacker : public Unpacker {
 public:
  GzipUnpacker() {
    constexpr int kExpectGzip = 16;
    is_ready_ = inflateInit2(&stream_, MAX_WBITS + kExpectGzip) == Z_OK;
  }
  ~GzipUnpacker() override {
    if (is_ready_) inflateEnd(&stream_);
  }

  absl::StatusOr<Step> Unpack(std::string_view packed, char* to,
                              size_t size) override {
    if (!is_ready_) return absl::InvalidArgumentError("no memory left");
    // One file may consist of several, one behind the other.
    if (is_complete_ && !packed.empty()) {
      inflateReset(&stream_);
      is_complete_ = false;
    }
    packed = packed.substr(0, std::min<size_t>(packed.size(), INT_MAX));
    size = std::min<size_t>(size, INT_MAX);
    stream_.next_in =
        reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(size);
    const int result = inflate(&stream_, Z_NO_FLUSH);
    is_complete_ |= result == Z_STREAM_END;
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
      return absl::InvalidArgumentError(
          stream_.msg != nullptr ? stream_.msg : "damaged data");
    }
    return Step{packed.size() - stream_.avail_in, size - stream_.avail_out};
  }

  bool IsComplete() const override { return is_complete_; }

 private:
  z_stream stream_ = {};
  bool is_ready_ = false;
  bool is_complete_ = false;
};

class ZstdUnpacker : public Unpacker {
 public:
  ZstdUnpacker() : stream_(ZSTD_createDStream()) {}
  ~ZstdUnpacker() override { ZSTD_freeDStream(stream_); }

  absl::StatusOr<Step> Unpack(std::string_view packed, char* to,
                              size_t size) override {
    if (stream_ == nullptr) return absl::InvalidArgumentError("no memory left");
    ZSTD_inBuffer in = {packed.data(), packed.size(), 0};
    ZSTD_outBuffer out = {to, size, 0};
    const size_t left = ZSTD_decompressStream(stream_, &out, &in);
    if (ZSTD_isError(left)) {
      return absl::InvalidArgumentError(ZSTD_getErrorName(left));
    }
    if (in.pos > 0 || out.pos > 0) is_complete_ = left == 0;
    return Step{in.pos, out.pos};
  }

  bool IsComplete() const override { return is_complete_; }

 private:
  ZSTD_DStream* const stream_;
  bool is_complete_ = false;
};

}  // namespace

std::unique_ptr<Unpacker> UnpackerOf(std::string_view start) {
  if (start.starts_with(kGzip)) return std::make_unique<GzipUnpacker>();
  if (start.starts_with(kZstd)) return std::make_unique<ZstdUnpacker>();
  return nullptr;
}

}  // namespace reprise::checker
