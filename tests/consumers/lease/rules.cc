#include "lease/rules.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace lease {

using reprise::File;
using reprise::OpenMode;

// Writes the token beside the one before and then replaces that at once.
absl::Status KeepToken(reprise::Disk& disk, int64_t token) {
  const auto file = disk.Open("token.new", OpenMode::kCreate);
  if (!file.ok()) return file.status();
  absl::Status status = (*file)->Truncate(0);
  if (status.ok()) status = (*file)->Append(absl::StrCat(token));
  if (status.ok()) status = (*file)->Sync();
  if (status.ok()) status = disk.Rename("token.new", "token");
  if (status.ok()) status = disk.SyncDirectory();
  return status;
}

absl::StatusOr<int64_t> KeptToken(reprise::Disk& disk) {
  const auto file = disk.Open("token", OpenMode::kExisting);
  if (absl::IsNotFound(file.status())) return 0;
  if (!file.ok()) return file.status();
  const absl::StatusOr<std::string> text = (*file)->Read(0, (*file)->Size());
  if (!text.ok()) return text.status();
  int64_t token = 0;
  if (absl::SimpleAtoi(*text, &token)) return token;
  return absl::InternalError(absl::StrCat("the token is ", *text));
}

}  // namespace lease
