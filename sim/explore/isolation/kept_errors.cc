#include "reprise/sim/explore/isolation/kept_errors.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "reprise/sim/explore/isolation/process_channel.h"

namespace reprise {
namespace {

constexpr size_t kBytesQuoted = 4096;

}  // namespace

std::optional<KeptErrors> KeptErrors::Open() {
  const int descriptor = MoveAboveStreams(memfd_create("errors", MFD_CLOEXEC));
  if (descriptor < 0) return std::nullopt;
  fcntl(descriptor, F_SETFL, O_APPEND);
  return KeptErrors(descriptor);
}

KeptErrors::KeptErrors(KeptErrors&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), taken_(other.taken_) {}

KeptErrors::~KeptErrors() {
  if (descriptor_ >= 0) close(descriptor_);
}

std::string KeptErrors::Take() {
  std::string text;
  std::array<char, 4096> bytes;
  for (;;) {
    const ssize_t count =
        pread(descriptor_, bytes.data(), bytes.size(), taken_);
    if (count <= 0) break;
    text.append(bytes.data(), static_cast<size_t>(count));
    taken_ += count;
  }
  // What was taken needs no memory any more.
  if (!text.empty()) {
    fallocate(descriptor_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0,
              taken_);
  }
  return text;
}

void KeptErrors::Clear() {
  if (lseek(descriptor_, 0, SEEK_END) != 0) {
    [[maybe_unused]] const int status = ftruncate(descriptor_, 0);
  }
  taken_ = 0;
}

std::string QuotePrinted(std::string_view printed) {
  if (printed.empty()) return "";
  if (printed.size() > kBytesQuoted) {
    printed.remove_prefix(printed.size() - kBytesQuoted);
  }
  while (printed.ends_with('\n')) printed.remove_suffix(1);
  std::string text = "  it printed:\n    ";
  for (const char c : printed) {
    text += c;
    if (c == '\n') text += "    ";
  }
  return text + "\n";
}

}  // namespace reprise
