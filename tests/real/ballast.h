// Ballast: a file that takes all room of a file system, until it is removed.
//
//   const Ballast ballast("/mnt/small/ballast");
//   ballast.Fill();
//   ...  // ENOSPC
//   ballast.Remove();

#ifndef TESTS_REAL_BALLAST_H_
#define TESTS_REAL_BALLAST_H_

#include <filesystem>
#include <utility>

namespace reprise {

class Ballast {
 public:
  explicit Ballast(std::filesystem::path path) : path_(std::move(path)) {}

  // Writes until nothing fits any more, not even a byte.
  void Fill() const;
  void Remove() const;

 private:
  const std::filesystem::path path_;
};

}  // namespace reprise

#endif  // TESTS_REAL_BALLAST_H_
