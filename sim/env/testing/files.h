// Whole files of any Disk, for tests.

#ifndef REPRISE_SIM_ENV_TESTING_FILES_H_
#define REPRISE_SIM_ENV_TESTING_FILES_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "gtest/gtest.h"
#include "reprise/sim/env/disk.h"

namespace reprise {

// The file `name`, made where there is none.
inline std::unique_ptr<File> OpenFile(Disk& disk, std::string_view name) {
  auto file = disk.Open(name, OpenMode::kCreate);
  EXPECT_TRUE(file.ok()) << file.status();
  return *std::move(file);
}

// All that the file holds; "no file" where there is none, "unreadable" where
// it cannot be read.
inline std::string ContentOf(Disk& disk, std::string_view name) {
  const auto file = disk.Open(name, OpenMode::kExisting);
  if (!file.ok()) return "no file";
  return (*file)->Read(0, (*file)->Size()).value_or("unreadable");
}

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_TESTING_FILES_H_
