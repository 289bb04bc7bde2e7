#include "tests/real/ballast.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <system_error>

#include "reprise/sim/real/file_descriptor.h"

namespace reprise {

void Ballast::Fill() const {
  const FileDescriptor file(
      open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  const std::string block(4096, 'x');
  for (size_t bytes = block.size(); bytes > 0; bytes /= 2) {
    while (write(file.get(), block.data(), bytes) > 0) {
    }
  }
}

void Ballast::Remove() const {
  std::error_code error;
  std::filesystem::remove(path_, error);
}

}  // namespace reprise
