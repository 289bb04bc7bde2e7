#include "tools/kv_program/common_flags.h"

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
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

absl::StatusOr<std::vector<RealMember>> ParseReplicas(const std::string& text) {
  std::vector<RealMember> members;
  std::set<std::string> names;
  const std::vector<std::string> parts = absl::StrSplit(text, ',');
  for (const std::string& part : parts) {
    const size_t at = part.find('=');
    if (at == 0 || at == std::string::npos) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", part, "\": expected NAME=HOST:PORT"));
    }
    const std::string name = part.substr(0, at);
    if (!names.insert(name).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", name, "\" is named twice"));
    }
    const absl::StatusOr<Address> address = ParseAddress(part.substr(at + 1));
    if (!address.ok()) return address.status();
    members.push_back({name, *address});
  }
  return members;
}

CLI::Validator AreReplicas() {
  const auto check = [](const std::string& text) {
    return std::string(ParseReplicas(text).status().message());
  };
  return CLI::Validator(check, "NAME=HOST:PORT,...", "replicas");
}

absl::StatusOr<NodeId> FindReplica(const std::vector<RealMember>& replicas,
                                   const std::string& name,
                                   const std::string& flag) {
  for (size_t i = 0; i < replicas.size(); ++i) {
    if (replicas[i].name == name) return NodeId(static_cast<uint32_t>(i));
  }
  return absl::InvalidArgumentError(
      absl::StrCat(flag, flag.empty() ? "" : ": ", "\"", name,
                   "\": expected a name of --replicas"));
}

std::vector<NodeId> NodeIds(size_t count) {
  std::vector<NodeId> ids;
  for (size_t i = 0; i < count; ++i) {
    ids.emplace_back(static_cast<uint32_t>(i));
  }
  return ids;
}

Duration ToDuration(double seconds) {
  return Nanoseconds(static_cast<int64_t>(seconds * 1e9));
}

int Refuse(const absl::Status& status) {
  std::fprintf(stderr, "kv: %s\n", std::string(status.message()).c_str());
  return kExitUsage;
}

}  // namespace reprise::kv
