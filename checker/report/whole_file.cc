#include "reprise/checker/report/whole_file.h"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "reprise/text/printable.h"

namespace reprise::checker {
namespace {

namespace fs = std::filesystem;

absl::Status CannotWrite(const std::string& path, const std::error_code& why) {
  std::string message = absl::StrCat(Printable(path), ": cannot be written");
  if (why) absl::StrAppend(&message, ": ", why.message());
  return absl::InvalidArgumentError(message);
}

std::error_code WriteHere(const fs::path& path, std::string_view content) {
  errno = 0;
  std::ofstream file(path, std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  if (file) return {};
  return {errno == 0 ? EIO : errno, std::generic_category()};
}

// A link leads to the file that is replaced; it stays itself.
fs::path PlaceOf(const std::string& path) {
  std::error_code none;
  const fs::path place = fs::canonical(path, none);
  return none ? fs::path(path) : place;
}

}  // namespace

absl::Status WriteWholeFile(const std::string& path, std::string_view content) {
  const fs::path place = PlaceOf(path);
  std::error_code error;
  const fs::file_status old = fs::status(place, error);
  if (fs::exists(old) && !fs::is_regular_file(old)) {
    error = WriteHere(place, content);
    return error ? CannotWrite(path, error) : absl::OkStatus();
  }
  const fs::path beside = absl::StrCat(place.string(), ".partial-", getpid());
  error = WriteHere(beside, content);
  if (!error && fs::exists(old)) {
    fs::permissions(beside, old.permissions(), error);
  }
  if (!error) fs::rename(beside, place, error);
  if (!error) return absl::OkStatus();
  std::error_code ignored;  // The first error is the one to tell.
  fs::remove(beside, ignored);
  return CannotWrite(path, error);
}

absl::Status ProbeWholeFile(const std::string& path) {
  std::error_code ignored;
  const bool is_there = fs::exists(path, ignored);
  errno = 0;
  // Appending leaves what is there as it is.
  if (!std::ofstream(path, std::ios::binary | std::ios::app)) {
    return CannotWrite(path, {errno, std::generic_category()});
  }
  // Behind a link to nowhere it is what the link leads to that was made.
  if (!is_there) fs::remove(PlaceOf(path), ignored);
  return absl::OkStatus();
}

}  // namespace reprise::checker
