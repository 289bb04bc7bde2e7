#include "tests/real/kv_operator.h"

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "tests/real/child_process.h"
#include "tests/real/kv_command.h"

namespace reprise {
namespace {

constexpr Duration kSoon = Seconds(10);

}  // namespace

absl::StatusOr<OperatorAnswer> KvOperator::Run(
    const std::vector<std::string>& words) const {
  std::vector<std::string> command = KvCommand(options_.program, options_.bug);
  command.insert(command.end(), words.begin(), words.end());
  command.push_back(absl::StrCat("--replicas=", options_.replicas));
  command.push_back(
      absl::StrCat("--timeout-seconds=", InSeconds(options_.timeout)));
  command.emplace_back("--json");
  absl::StatusOr<ChildProcess> process =
      ChildProcess::Start({.command = command});
  if (!process.ok()) return process.status();
  OperatorAnswer answer;
  const absl::StatusOr<std::string> line =
      process->ReadLine(options_.timeout + kSoon);
  if (line.ok()) {
    answer.object =
        nlohmann::json::parse(*line, nullptr, /*allow_exceptions=*/false);
    const bool is_more = process->ReadLine(kSoon).ok();
    if (!answer.object.is_object() || is_more) {
      return absl::InternalError(
          absl::StrCat("expected one object of JSON; got ", *line));
    }
  } else if (!absl::IsOutOfRange(line.status())) {
    return line.status();
  }
  const absl::StatusOr<int> status = process->Wait(kSoon);
  if (!status.ok()) return status.status();
  answer.exit_status = *status;
  return answer;
}

}  // namespace reprise
