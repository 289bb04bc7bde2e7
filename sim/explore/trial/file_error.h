// FileError: why a file or a folder could not be used.
//
//   errno = 0;
//   std::ofstream stream(path);
//   if (!stream) return FileError(path, "cannot be written", errno);
//   // out/a.json: cannot be written: Permission denied.

#ifndef REPRISE_SIM_EXPLORE_TRIAL_FILE_ERROR_H_
#define REPRISE_SIM_EXPLORE_TRIAL_FILE_ERROR_H_

#include <string_view>

#include "absl/status/status.h"

namespace reprise {

// InvalidArgument. `error` is a value of errno; 0: the reason is not known.
absl::Status FileError(std::string_view path, std::string_view problem,
                       int error);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_FILE_ERROR_H_
