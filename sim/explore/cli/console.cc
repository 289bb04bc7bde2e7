// tidy: allow-file(environment) TERM and NO_COLOR say what a terminal shows,
// and Bazel says where the user stands.

#include "reprise/sim/explore/cli/console.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "reprise/sim/explore/trial/file_error.h"

namespace reprise::cli {
namespace {

bool IsTerminal(int descriptor) {
  const char* kind = std::getenv("TERM");
  return isatty(descriptor) != 0 && kind != nullptr &&
         std::string_view(kind) != "dumb";
}

int ColumnsOfError() {
  winsize size = {};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace

Console ProcessConsole() {
  return {.out = std::cout,
          .err = std::cerr,
          .has_live_progress = IsTerminal(STDERR_FILENO),
          .use_colour =
              IsTerminal(STDOUT_FILENO) && std::getenv("NO_COLOR") == nullptr,
          .columns = ColumnsOfError};
}

absl::Status FlushResults(Console& console) {
  if (console.out.flush()) return absl::OkStatus();
  // What was lost does not say why; writing anything once more does.
  console.out.clear();
  errno = 0;
  console.out << std::endl;
  const int error = errno;
  console.out.setstate(std::ios::badbit);
  return FileError("the results", "could not be written", error);
}

void OpenStandardStreams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) >= 0 || errno != EBADF) continue;
    // The lowest that is free, which is `stream`.
    const int mode = stream == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (open("/dev/null", mode) != stream) std::_Exit(2);
  }
}

absl::Status EnterWorkingDirectory() {
  const char* folder = std::getenv("BUILD_WORKING_DIRECTORY");
  if (folder == nullptr) return absl::OkStatus();
  std::error_code error;
  const std::string here = std::filesystem::current_path(error).string();
  // What such a program starts elsewhere has the variable too.
  if (error ||
      absl::StrCat(here, "/").find(".runfiles/") == std::string::npos) {
    return absl::OkStatus();
  }
  if (chdir(folder) == 0) return absl::OkStatus();
  return FileError(folder, "cannot be entered", errno);
}

}  // namespace reprise::cli
