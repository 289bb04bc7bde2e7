// FileDescriptor: a file of the system that is closed with its owner.
//
//   FileDescriptor file(open(path, O_RDONLY | O_CLOEXEC));
//   if (!file.IsOpen()) return ErrorOf(errno);

#ifndef REPRISE_SIM_REAL_FILE_DESCRIPTOR_H_
#define REPRISE_SIM_REAL_FILE_DESCRIPTOR_H_

#include <unistd.h>

#include <utility>

namespace reprise {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  // Owns `number`; a negative one is none.
  explicit FileDescriptor(int number) : number_(number) {}
  ~FileDescriptor() {
    if (IsOpen()) close(number_);
  }
  FileDescriptor(FileDescriptor&& other) noexcept : number_(other.Release()) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }

  bool IsOpen() const { return number_ >= 0; }
  int get() const { return number_; }
  // Gives it up.
  int Release() { return std::exchange(number_, -1); }

 private:
  int number_ = -1;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_FILE_DESCRIPTOR_H_
