#include "tests/real/kv_replicas.h"

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tests/real/child_process.h"
#include "tests/real/kv_command.h"

namespace reprise {
namespace {

constexpr int kPort = 7'000;

}  // namespace

KvReplicas::KvReplicas(KvReplicasOptions options)
    : options_(std::move(options)),
      processes_(options_.count + options_.spares) {
  for (size_t i = 0; i < processes_.size(); ++i) {
    absl::StrAppend(&list_, i == 0 ? "" : ",", name(i), "=", hosts_.host(i),
                    ":", kPort);
  }
}

std::string KvReplicas::name(size_t replica) {
  return absl::StrCat("replica-", replica);
}

std::optional<size_t> KvReplicas::Find(const std::string& name_found) const {
  for (size_t i = 0; i < processes_.size(); ++i) {
    if (name(i) == name_found) return i;
  }
  return std::nullopt;
}

std::string KvReplicas::FirstMembers() const {
  std::string flag = "--first-members=";
  for (size_t i = 0; i < size(); ++i) {
    absl::StrAppend(&flag, i == 0 ? "" : ",", name(i));
  }
  return flag;
}

absl::Status KvReplicas::Start() {
  for (size_t i = 0; i < size(); ++i) {
    if (IsRunning(i)) continue;
    const absl::Status status = Start(i);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status KvReplicas::Start(size_t replica) {
  std::vector<std::string> command = KvCommand(options_.program, options_.bug);
  for (const std::string& word :
       {std::string("serve"), absl::StrCat("--name=", name(replica)),
        absl::StrCat("--replicas=", list_),
        absl::StrCat("--dir=", Store(replica).string()),
        absl::StrCat("--log-bytes=", options_.log_bytes),
        absl::StrCat("--election-ms=", options_.election_ms),
        absl::StrCat("--heartbeat-ms=", options_.heartbeat_ms)}) {
    command.push_back(word);
  }
  command.push_back(replica < size() ? FirstMembers() : "--join");
  if (options_.storage == Storage::kUnsyncedDisk) {
    command.emplace_back("--forget-unsynced");
  }
  absl::StatusOr<ChildProcess> process =
      ChildProcess::Start({.command = command, .errors = Errors(replica)});
  if (!process.ok()) return process.status();
  processes_[replica] = *std::move(process);
  return absl::OkStatus();
}

void KvReplicas::Kill(const std::vector<size_t>& replicas) {
  for (const size_t replica : replicas) processes_[replica]->Signal(SIGKILL);
  for (const size_t replica : replicas) processes_[replica].reset();  // Waits.
}

std::optional<size_t> KvReplicas::Leader() const {
  std::optional<size_t> leader;
  uint64_t latest = 0;
  for (size_t i = 0; i < processes_.size(); ++i) {
    std::ifstream file(Errors(i));
    for (std::string line; std::getline(file, line);) {
      constexpr char kLeads[] = " leads term=";
      const size_t at = line.find(kLeads);
      uint64_t term = 0;
      if (at == std::string::npos ||
          !absl::SimpleAtoi(line.substr(at + sizeof(kLeads) - 1), &term) ||
          term <= latest) {
        continue;
      }
      latest = term;
      leader = i;
    }
  }
  return leader.has_value() && IsRunning(*leader) ? leader : std::nullopt;
}

std::optional<std::string> KvReplicas::EndedAs() {
  for (size_t i = 0; i < processes_.size(); ++i) {
    if (!IsRunning(i)) continue;
    const std::optional<int> status = processes_[i]->Status();
    if (!status.has_value()) continue;
    std::ifstream file(Errors(i));
    std::string last;
    for (std::string line; std::getline(file, line);) last = line;
    return absl::StrCat(name(i), " ended with status ", *status, ": ", last);
  }
  return std::nullopt;
}

uint64_t KvReplicas::StoredBytes(size_t replica) const {
  uint64_t bytes = 0;
  std::error_code error;
  for (const auto& file :
       std::filesystem::directory_iterator(Store(replica), error)) {
    const uint64_t size = file.file_size(error);
    if (!error) bytes += size;
  }
  return bytes;
}

std::filesystem::path KvReplicas::Errors(size_t replica) const {
  return options_.folder / absl::StrCat("errors-", replica);
}

std::filesystem::path KvReplicas::Store(size_t replica) const {
  return options_.folder / absl::StrCat("store-", replica);
}

}  // namespace reprise
