#include "reprise/sim/explore/trial/file_error.h"

#include <string>
#include <string_view>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/explore/trial/echo.h"

namespace reprise {

absl::Status FileError(std::string_view path, std::string_view problem,
                       int error) {
  std::string message = absl::StrCat(Echo(path), ": ", ToAbsl(problem));
  if (error != 0) {
    absl::StrAppend(&message, ": ", std::generic_category().message(error));
  }
  return absl::InvalidArgumentError(message + ".");
}

}  // namespace reprise
