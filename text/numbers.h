// Numbers as people read them.
//
//   WithThousands(1234567)      // "1,234,567"
//   Count(1, "operation")       // "1 operation"
//   Count(12000, "operation")   // "12,000 operations"
//
// And their digits, whatever the locale.

#ifndef REPRISE_TEXT_NUMBERS_H_
#define REPRISE_TEXT_NUMBERS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace reprise {

constexpr bool IsDigit(char c) { return '0' <= c && c <= '9'; }

std::string WithThousands(uint64_t number);

// With a sign if it is negative.
std::string SignedWithThousands(int64_t number);

std::string Count(uint64_t number, std::string_view noun);

}  // namespace reprise

#endif  // REPRISE_TEXT_NUMBERS_H_
