#include "reprise/checker/testing/test_settings.h"

#include <cstdlib>

namespace reprise::checker {
namespace {

const char* Setting(const char* name) {
  return std::getenv(name);  // tidy: allow(environment) the entry of tests
}

}  // namespace

uint64_t HistoryCount(uint64_t otherwise) {
  const char* count = Setting("REPRISE_CHECKER_HISTORIES");
  return count == nullptr ? otherwise : std::strtoull(count, nullptr, 10);
}

std::string CasesFolder() {
  const char* folder = Setting("REPRISE_CASES");
  return folder == nullptr ? "" : folder;
}

std::string HistoriesFolder() {
  const char* folder = Setting("REPRISE_HISTORIES");
  return folder == nullptr ? "" : folder;
}

}  // namespace reprise::checker
