#include "tools/kv_program/folder_owner.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace reprise::kv {
namespace {

constexpr std::string_view kNewOwnerName = "owner-new";
constexpr std::string_view kHead = "replica 1";

// A line each: the head, the own name, all names; and the number of lines, so
// that nothing that is cut off passes for the whole.
std::string Content(const std::vector<std::string>& names,
                    const std::string& own) {
  return absl::StrCat(std::string(kHead), "\n", own, "\n",
                      absl::StrJoin(names, "\n"), "\n", names.size(), "\n");
}

// None: the disk belongs to nobody yet.
absl::StatusOr<std::optional<std::string>> ReadOwner(Disk& disk) {
  const absl::StatusOr<std::unique_ptr<File>> file =
      disk.Open(kOwnerName, OpenMode::kExisting);
  if (absl::IsNotFound(file.status())) return std::optional<std::string>();
  if (!file.ok()) return file.status();
  absl::StatusOr<std::string> content = (*file)->Read(0, (*file)->Size());
  if (!content.ok()) return content.status();
  return std::optional<std::string>(*std::move(content));
}

absl::Status WriteOwner(Disk& disk, const std::string& content) {
  const absl::StatusOr<std::unique_ptr<File>> file =
      disk.Open(kNewOwnerName, OpenMode::kCreate);
  if (!file.ok()) return file.status();
  absl::Status status = (*file)->Truncate(0);
  if (status.ok()) status = (*file)->Append(content);
  if (status.ok()) status = (*file)->Sync();
  if (status.ok()) status = disk.Rename(kNewOwnerName, kOwnerName);
  if (status.ok()) status = disk.SyncDirectory();
  return status;
}

absl::Status CheckOwner(const std::string& content,
                        const std::vector<std::string>& names,
                        const std::string& own) {
  const std::vector<std::string> lines = absl::StrSplit(content, '\n');
  constexpr size_t kOthers = 4;  // Head, own name, count, and "" behind it.
  if (lines.size() <= kOthers || lines.front() != kHead ||
      lines[lines.size() - 2] != absl::StrCat(lines.size() - kOthers)) {
    return absl::DataLossError(absl::StrCat(
        "the file \"", std::string(kOwnerName), "\" of the folder is damaged"));
  }
  if (lines[1] != own) {
    return absl::FailedPreconditionError(absl::StrCat(
        "--name=", own, ": expected ", lines[1], ", as the folder is of it"));
  }
  const std::vector<std::string> before(lines.begin() + 2, lines.end() - 2);
  for (size_t i = 0; i < before.size(); ++i) {
    if (i < names.size() && names[i] == before[i]) continue;
    return absl::FailedPreconditionError(absl::StrCat(
        "--replicas: expected the names ", absl::StrJoin(before, ","),
        ", as when the folder was used last, and further ones behind them"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ClaimFolder(Disk& disk, const std::vector<std::string>& names,
                         const std::string& own) {
  const absl::StatusOr<std::optional<std::string>> owner = ReadOwner(disk);
  if (!owner.ok()) return owner.status();
  const std::string content = Content(names, own);
  if (owner->has_value()) {
    const absl::Status status = CheckOwner(**owner, names, own);
    if (!status.ok() || **owner == content) return status;
  }
  return WriteOwner(disk, content);
}

}  // namespace reprise::kv
