#include "tests/real/kv_server.h"

#include <csignal>
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
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/time.h"
#include "tests/real/child_process.h"
#include "tests/real/kv_command.h"
#include "tests/real/real_time.h"

namespace reprise {
namespace {

constexpr Duration kPatience = Seconds(20);
constexpr int kUsage = 2;

}  // namespace

KvServer::KvServer(KvServerOptions options)
    : options_(std::move(options)),
      store_(options_.store.empty() ? options_.folder / "store"
                                    : options_.store),
      errors_(options_.folder / "server-errors"),
      address_(absl::StrCat(options_.host, ":0")) {}

absl::Status KvServer::Start() {
  std::vector<std::string> command = options_.prefix;
  for (const std::string& word : KvCommand(options_.program, options_.bug)) {
    command.push_back(word);
  }
  for (const char* word : {"serve", "--log-level=warning", "--listen"}) {
    command.emplace_back(word);
  }
  command.push_back(address_);
  if (options_.storage != Storage::kMemory) {
    command.push_back(absl::StrCat("--durable=", store_.string()));
    command.push_back(absl::StrCat("--log-bytes=", options_.log_bytes));
  }
  if (options_.storage == Storage::kUnsyncedDisk) {
    command.emplace_back("--forget-unsynced");
  }
  absl::StatusOr<ChildProcess> process =
      ChildProcess::Start({.command = command, .errors = errors_});
  if (!process.ok()) return process.status();
  process_ = *std::move(process);
  return absl::OkStatus();
}

absl::Status KvServer::AwaitServing() {
  const RealTime time;
  const VirtualTime end = time.Now() + kPatience;
  while (true) {
    const absl::StatusOr<std::string> line = process_->ReadLine(kPatience);
    if (line.ok()) {
      const size_t at = line->rfind(" serves at ");
      if (at == std::string::npos) return absl::InternalError(*line);
      address_ = line->substr(at + sizeof(" serves at ") - 1);
      return absl::OkStatus();
    }
    if (!absl::IsOutOfRange(line.status())) return line.status();
    const absl::StatusOr<int> status = process_->Wait(kPatience);
    if (!status.ok()) return status.status();
    const std::string error = LastError();
    if (*status != kUsage || !absl::StrContains(error, "in use") ||
        time.Now() > end) {
      return absl::UnavailableError(*EndedAs());
    }
    time.Sleep(Milliseconds(5));
    const absl::Status started = Start();
    if (!started.ok()) return started;
  }
}

void KvServer::Kill() {
  process_->Signal(SIGKILL);
  process_.reset();  // Waits.
}

void KvServer::Pause() { process_->Signal(SIGSTOP); }

void KvServer::Continue() { process_->Signal(SIGCONT); }

absl::StatusOr<int> KvServer::Terminate(Duration patience) {
  process_->Signal(SIGTERM);
  return process_->Wait(patience);
}

std::optional<std::string> KvServer::EndedAs() {
  const std::optional<int> status = process_->Status();
  if (!status) return std::nullopt;
  return absl::StrCat("the server ended with status ", *status, ": ",
                      LastError());
}

uint64_t KvServer::StoredBytes() const {
  uint64_t bytes = 0;
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(store_, error)) {
    const uint64_t size = file.file_size(error);
    if (!error) bytes += size;
  }
  return bytes;
}

std::string KvServer::LastError() const {
  std::ifstream file(errors_);
  std::string last;
  for (std::string line; std::getline(file, line);) last = line;
  return last;
}

}  // namespace reprise
