#include "reprise/sim/core/check.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/context.h"

namespace reprise {

void ReportFailedCheck(const char* file, int line, const char* condition,
                       const std::string& message) {
  Fatal(absl::StrCat(file, ":", line, ": check failed: ", condition,
                     message.empty() ? "" : ": ", message));
}

void Fatal(const std::string& message) {
  char where[256];
  DescribeContext(where, sizeof(where));
  std::fprintf(stderr, "%s\n%s", message.c_str(), where);
  std::fflush(stderr);
  std::abort();
}

// Other threads may be in the middle of a trial: no destructors run.
void Refuse(const std::string& message) {
  constexpr int kBadInput = 2;
  std::fprintf(stderr, "%s\n", message.c_str());
  std::fflush(nullptr);
  std::_Exit(kBadInput);
}

}  // namespace reprise
