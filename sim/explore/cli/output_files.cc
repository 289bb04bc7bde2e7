#include "reprise/sim/explore/cli/output_files.h"

#include <cstddef>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "reprise/sim/explore/trial/echo.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;

// The place of a file that need not be there. Absolute first: the standard
// library leaves a relative path as it is where nothing of it is there.
fs::path PlaceOf(const std::string& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  fs::path place = fs::weakly_canonical(absolute, error);
  return error ? absolute.lexically_normal() : place;
}

bool AreSame(const std::string& one, const std::string& other) {
  std::error_code error;
  if (fs::equivalent(one, other, error)) return true;
  return PlaceOf(one) == PlaceOf(other);
}

absl::Status CheckAgainstInputs(const OutputFile& output,
                                const std::vector<std::string>& inputs) {
  for (const std::string& input : inputs) {
    if (!AreSame(output.path, input)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(Echo(output.asked_by), " would replace ", Echo(input),
                     ", which is read; expected another place."));
  }
  return absl::OkStatus();
}

}  // namespace

OutputFile FileOfFlag(const Arguments& arguments, const std::string& flag) {
  const std::string value = arguments.Value(flag);
  return {.asked_by = absl::StrCat("--", flag, "=", value), .path = value};
}

OutputFile FileInFolder(const Arguments& arguments, const std::string& flag,
                        const std::string& name) {
  OutputFile file = FileOfFlag(arguments, flag);
  absl::StrAppend(&file.path, "/", name);
  return file;
}

absl::Status CheckOutputFiles(const std::vector<OutputFile>& outputs,
                              const std::vector<std::string>& inputs) {
  for (size_t i = 0; i < outputs.size(); ++i) {
    const absl::Status status = CheckAgainstInputs(outputs[i], inputs);
    if (!status.ok()) return status;
    for (size_t j = 0; j < i; ++j) {
      if (!AreSame(outputs[j].path, outputs[i].path)) continue;
      return absl::InvalidArgumentError(
          absl::StrCat(Echo(outputs[j].asked_by), " and ",
                       Echo(outputs[i].asked_by), " would both write ",
                       Echo(outputs[i].path), "; expected a file for each."));
    }
  }
  return absl::OkStatus();
}

}  // namespace reprise::cli
