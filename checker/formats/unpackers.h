// The ways in which files are packed: gzip and zstd.

#ifndef REPRISE_CHECKER_FORMATS_UNPACKERS_H_
#define REPRISE_CHECKER_FORMATS_UNPACKERS_H_

#include <cstddef>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"

namespace reprise::checker {

// Turns packed bytes into bytes, step by step.
class Unpacker {
 public:
  struct Step {
    size_t taken = 0;  // of the packed bytes
    size_t given = 0;
  };

  virtual ~Unpacker() = default;

  // Goes as far as the packed bytes and the room at `to` allow. An error says
  // why they cannot be unpacked.
  virtual absl::StatusOr<Step> Unpack(std::string_view packed, char* to,
                                      size_t size) = 0;
  // Whether the packed bytes may end here.
  virtual bool IsComplete() const = 0;
};

// The unpacker for content that begins with `start`: its first 4 bytes, or
// all if it is shorter. Null where it is not packed.
std::unique_ptr<Unpacker> UnpackerOf(std::string_view start);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_UNPACKERS_H_
