#include "tests/real/kv_load.h"

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "reprise/checker/formats/reader.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/linearizability.h"
#include "reprise/sim/core/time.h"
#include "tests/real/child_process.h"
#include "tests/real/finding.h"
#include "tests/real/kv_command.h"
#include "tests/real/lost_writes.h"

namespace reprise {
namespace {

constexpr Duration kPatience = Seconds(20);
constexpr int kGaveUp = 1;
constexpr int kInterrupted = 130;

std::string Contradicts(const checker::History& history,
                        const checker::Contradiction& contradiction) {
  const std::string lost = LostWrites(history, contradiction);
  return absl::StrCat(contradiction.sentence, lost.empty() ? "" : "; ", lost);
}

}  // namespace

KvLoad::KvLoad(KvLoadOptions options)
    : options_(std::move(options)),
      history_(options_.folder / "history.jsonl") {}

absl::Status KvLoad::Start(const std::string& server) {
  std::vector<std::string> command = KvCommand(options_.program, options_.bug);
  for (const std::string& word :
       {std::string("load"), std::string("--json"),
        absl::StrCat(options_.are_replicas ? "--replicas=" : "--server=",
                     server),
        absl::StrCat("--history=", history_.string()),
        std::string("--seconds=600"), std::string("--value-bytes=1"),
        std::string("--puts=25"), std::string("--appends=35"),
        absl::StrCat("--clients=", options_.clients),
        absl::StrCat("--keys=", options_.keys),
        absl::StrCat("--rate=", options_.rate),
        absl::StrCat("--deadline-seconds=", InSeconds(options_.deadline)),
        absl::StrCat("--give-up-seconds=", InSeconds(options_.give_up))}) {
    command.push_back(word);
  }
  absl::StatusOr<ChildProcess> process = ChildProcess::Start(
      {.command = command, .errors = options_.folder / "load-errors"});
  if (!process.ok()) return process.status();
  process_ = *std::move(process);
  return absl::OkStatus();
}

std::optional<Finding> KvLoad::EndedAs() {
  const std::optional<int> status = process_->Status();
  if (!status) return std::nullopt;
  if (*status == kGaveUp) {
    return Violated("progress",
                    absl::StrCat("nothing was answered for ",
                                 InSeconds(options_.give_up), " s"));
  }
  return Failed(absl::StrCat("the load ended with status ", *status));
}

uint64_t KvLoad::HistoryBytes() const {
  std::error_code error;
  const uintmax_t size = std::filesystem::file_size(history_, error);
  return error ? 0 : size;
}

Finding KvLoad::Finish() {
  if (std::optional<Finding> ended = EndedAs()) return *std::move(ended);
  process_->Signal(SIGTERM);
  const absl::StatusOr<int> status = process_->Wait(kPatience);
  if (!status.ok()) return Failed("the load does not end");
  if (*status != kInterrupted) return *EndedAs();
  Finding finding = Judge();
  const absl::StatusOr<std::string> line = process_->ReadLine(kPatience);
  if (!line.ok()) return Failed("the load reports nothing");
  const nlohmann::json report =
      nlohmann::json::parse(*line, nullptr, /*allow_exceptions=*/false);
  if (!report.is_object()) return Failed(absl::StrCat("no report: ", *line));
  finding.operations = report.value("operations", uint64_t{0});
  finding.repeated = report.value("repeated_requests", uint64_t{0});
  return finding;
}

Finding KvLoad::Judge() const {
  absl::StatusOr<checker::HistoryReader> reader =
      checker::HistoryReader::Open(history_.string());
  if (!reader.ok()) return Failed(std::string(reader.status().message()));
  checker::RecordedHistory recorded;
  const absl::StatusOr<bool> more = reader->Next(recorded);
  if (!more.ok()) return Failed(std::string(more.status().message()));
  const checker::Verdict verdict =
      checker::CheckKeyValue(recorded.history, checker::Budget());
  switch (verdict.outcome) {
    case checker::Outcome::kHolds:
      return {};
    case checker::Outcome::kViolated:
      return Violated("linearizability",
                      Contradicts(recorded.history, verdict.contradiction));
    case checker::Outcome::kUndecided:
      return Failed(verdict.exhaustion.sentence);
  }
  __builtin_unreachable();
}

}  // namespace reprise
