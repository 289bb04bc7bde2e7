#include "tests/real/kv_command.h"

#include "absl/strings/str_cat.h"

namespace reprise {

std::vector<std::string> KvCommand(const std::filesystem::path& program,
                                   const std::string& bug) {
  std::vector<std::string> command = {program.string()};
  if (!bug.empty()) command.push_back(absl::StrCat("--bug=", bug));
  return command;
}

std::string InSeconds(Duration duration) {
  return absl::StrCat(static_cast<double>(duration.nanoseconds()) / 1e9);
}

}  // namespace reprise
