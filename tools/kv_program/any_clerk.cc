#include "tools/kv_program/any_clerk.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace reprise::kv {

AnyClerk::AnyClerk(Env& env, const Servers& servers, Duration deadline) {
  if (servers.are_replicas) {
    replicated_.emplace(env, servers.servers,
                        LeaderCallerOptions{.attempt = deadline});
  } else {
    single_.emplace(env, servers.servers.front(),
                    ClerkOptions{.deadline = deadline});
  }
}

absl::StatusOr<std::string> AnyClerk::Get(std::string_view key) {
  return single_.has_value() ? single_->Get(key) : replicated_->Get(key);
}

absl::StatusOr<std::string> AnyClerk::Put(std::string_view key,
                                          std::string_view value) {
  absl::Status status;
  if (single_.has_value()) {
    single_->Put(key, value);
  } else {
    status = replicated_->Put(key, value);
  }
  if (!status.ok()) return status;
  return std::string();
}

absl::StatusOr<std::string> AnyClerk::Append(std::string_view key,
                                             std::string_view value) {
  return single_.has_value() ? single_->Append(key, value)
                             : replicated_->Append(key, value);
}

uint64_t AnyClerk::attempts() const {
  return single_.has_value() ? single_->attempts() : replicated_->attempts();
}

}  // namespace reprise::kv
