// Finding: one place where a source file breaks a rule of the house.

#ifndef TOOLS_TIDY_FINDING_H_
#define TOOLS_TIDY_FINDING_H_

#include <string>
#include <vector>

namespace reprise::tidy {

struct Finding {
  int line = 0;         // From 1; 0 stands for the whole file.
  std::string rule;     // Lower-case-with-hyphens; what a mark names.
  std::string message;  // What is wrong and what to do instead.
};

using Findings = std::vector<Finding>;

}  // namespace reprise::tidy

#endif  // TOOLS_TIDY_FINDING_H_
