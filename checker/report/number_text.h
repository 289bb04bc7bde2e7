// Numbers as people read them, in C++ as in the page's script.
//
//   NumberText(1234567)             // "1,234,567"
//   CountText(1, "operation")       // "1 operation"
//   CountText(12000, "operation")   // "12,000 operations"

#ifndef REPRISE_CHECKER_REPORT_NUMBER_TEXT_H_
#define REPRISE_CHECKER_REPORT_NUMBER_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace reprise::checker {

std::string NumberText(uint64_t number);
std::string NumberText(int64_t number);

std::string CountText(uint64_t number, std::string_view noun);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_NUMBER_TEXT_H_
