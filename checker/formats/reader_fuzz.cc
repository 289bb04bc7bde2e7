// libFuzzer target: arbitrary bytes as histories in the format FUZZED_FORMAT.
//
//   bazel build --config=fuzz //checker/formats:json_lines_fuzz

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "reprise/checker/formats/format.h"
#include "reprise/checker/formats/fuzz_one.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  reprise::checker::FuzzOne(text, reprise::checker::Format::FUZZED_FORMAT);
  return 0;
}
