#include "tools/kv_program/common_flags.h"

#include <unistd.h>

#include <cstdio>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/real/address.h"

namespace reprise::kv {

LogFlags::LogFlags(CLI::App& command, std::string level)
    : level_(std::move(level)) {
  const std::set<std::string> levels(kLogLevelNames.begin(),
                                     kLogLevelNames.end());
  command
      .add_option("--log-level", level_,
                  "lines on standard error from this level on")
      ->check(CLI::IsMember(levels))
      ->capture_default_str();
  command.add_flag("--log-json", is_json_, "each line is a JSON object");
}

LogWriter LogFlags::MakeLog() const {
  return LogWriter(STDERR_FILENO, *LogLevelNamed(level_),
                   is_json_ ? LogFormat::kJson : LogFormat::kText);
}

CLI::Validator IsAddress() {
  const auto check = [](const std::string& text) {
    const absl::StatusOr<Address> address = ParseAddress(text);
    return address.ok() ? std::string()
                        : std::string(address.status().message());
  };
  return CLI::Validator(check, "HOST:PORT", "address");
}

int Refuse(const absl::Status& status) {
  std::fprintf(stderr, "kv: %s\n", std::string(status.message()).c_str());
  return kExitUsage;
}

}  // namespace reprise::kv
