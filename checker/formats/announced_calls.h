// AnnouncedCalls: operations of JSON lines that were called ("return":"later")
// and whose answers stand in lines to come.
//
// Guarantees: a client has one such operation at a time, and its next line says
// what came of it.
//
//   AnnouncedCalls announced;
//   absl::Status status = announced.Announce({.client = 0, .call = 10}, text,
//   1); announced.Answer({.client = 0, .call = 10}, 2);  // 1: where it was
//   called

#ifndef REPRISE_CHECKER_FORMATS_ANNOUNCED_CALLS_H_
#define REPRISE_CHECKER_FORMATS_ANNOUNCED_CALLS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace reprise::checker {

// What both lines of an operation say of it.
struct AnnouncedCall {
  int32_t client = 0;
  int64_t call = 0;
  std::optional<int64_t> id = {};
  std::string what = {};
};

class AnnouncedCalls {
 public:
  struct Open {
    AnnouncedCall call;
    std::string text;
    uint32_t line = 0;
  };

  // Takes a line that says that an operation was called. The message of an
  // error begins with the line.
  absl::Status Announce(AnnouncedCall call, std::string_view text,
                        uint32_t line);
  // The line in which the operation that `line` ends was called; 0: none did.
  absl::StatusOr<uint32_t> Answer(const AnnouncedCall& call, uint32_t line);

  bool empty() const { return open_.empty(); }
  // Those that no line has ended, by line.
  std::vector<Open> Rest() const;

 private:
  absl::flat_hash_map<int32_t, Open> open_;  // by client
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_ANNOUNCED_CALLS_H_
