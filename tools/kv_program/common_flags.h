// What the commands of tools/kv have in common: how they take flags, log and
// end.

#ifndef TOOLS_KV_PROGRAM_COMMON_FLAGS_H_
#define TOOLS_KV_PROGRAM_COMMON_FLAGS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/log_writer.h"
#include "reprise/sim/real/real_member.h"

namespace reprise::kv {

inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitUndecided = 3;
inline constexpr int kExitInterrupted = 130;

// --log-level and --log-json: of lines on standard error.
class LogFlags {
 public:
  LogFlags(CLI::App& command, std::string level);

  // Requires that the flags were read.
  LogWriter MakeLog() const;

 private:
  std::string level_;
  bool is_json_ = false;
};

// A check of CLI11: "HOST:PORT".
CLI::Validator IsAddress();

// "NAME=HOST:PORT,NAME=HOST:PORT,...", each name once. Errors: InvalidArgument.
absl::StatusOr<std::vector<RealMember>> ParseReplicas(const std::string& text);
// A check of CLI11 for it.
CLI::Validator AreReplicas();
// Which of the replicas has this name. Errors: InvalidArgument, which begins
// with `flag`: the flag that names it, if any.
absl::StatusOr<NodeId> FindReplica(const std::vector<RealMember>& replicas,
                                   const std::string& name,
                                   const std::string& flag = "");
// 0, 1, 2 and so on: as a network calls so many members.
std::vector<NodeId> NodeIds(size_t count);

// Of a flag in seconds.
Duration ToDuration(double seconds);

// Says on standard error what is wrong with what was asked for.
int Refuse(const absl::Status& status);

}  // namespace reprise::kv

#endif  // TOOLS_KV_PROGRAM_COMMON_FLAGS_H_
