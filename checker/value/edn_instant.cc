#include "reprise/checker/value/edn_instant.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_format.h"

namespace reprise::checker {
namespace {

struct Instant {
  int64_t second = 0;    // since the beginning of the year 0, in UTC
  std::string fraction;  // its digits, without zeros at the end
};

bool IsLeap(int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int64_t DaysOf(int64_t month, int64_t year) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
  return kDays[month - 1] + (month == 2 && IsLeap(year) ? 1 : 0);
}

int64_t DaysBefore(int64_t year, int64_t month) {
  // The year 0 is a leap year; an offset may lead to the one before it.
  int64_t days = 365 * year;
  if (year > 0)
    days += (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 + 1;
  for (int64_t each = 1; each < month; ++each) days += DaysOf(each, year);
  return days;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  bool Parse(Instant& instant) {
    int64_t year = 0;
    int64_t month = 1;
    int64_t day = 1;
    int64_t hour = 0;
    int64_t minute = 0;
    int64_t second = 0;
    if (!Number(4, 0, 9999, year)) return false;
    const bool is_valid =
        !Try('-') ||
        (Number(2, 1, 12, month) &&
         (!Try('-') ||
          (Number(2, 1, DaysOf(month, year), day) &&
           (!Try('T') ||
            (Number(2, 0, 23, hour) &&
             (!Try(':') ||
              (Number(2, 0, 59, minute) &&
               (!Try(':') || (Number(2, 0, 60, second) &&
                              (!Try('.') || Fraction(instant)))))))))));
    int64_t offset = 0;  // in minutes
    if (!is_valid || !Offset(offset) || !rest_.empty()) return false;
    const int64_t days = DaysBefore(year, month) + day - 1;
    instant.second = ((days * 24 + hour) * 60 + minute - offset) * 60 + second;
    return true;
  }

 private:
  bool Try(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool Number(size_t digits, int64_t least, int64_t most, int64_t& value) {
    if (rest_.size() < digits) return false;
    value = 0;
    for (char c : rest_.substr(0, digits)) {
      if (c < '0' || c > '9') return false;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(digits);
    return value >= least && value <= most;
  }

  bool Fraction(Instant& instant) {
    const size_t size =
        std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    instant.fraction = rest_.substr(0, size);
    rest_.remove_prefix(size);
    while (instant.fraction.ends_with('0')) instant.fraction.pop_back();
    return size > 0;
  }

  bool Offset(int64_t& offset) {
    if (rest_.empty() || Try('Z')) return true;
    const bool is_negative = Try('-');
    int64_t hours = 0;
    int64_t minutes = 0;
    if ((!is_negative && !Try('+')) || !Number(2, 0, 23, hours) || !Try(':') ||
        !Number(2, 0, 59, minutes)) {
      return false;
    }
    offset = (is_negative ? -1 : 1) * (hours * 60 + minutes);
    return true;
  }

  std::string_view rest_;
};

}  // namespace

bool IsInstant(std::string_view text) {
  Instant instant;
  return Parser(text).Parse(instant);
}

std::string CanonicalInstant(std::string_view text) {
  Instant instant;
  Parser(text).Parse(instant);
  const int64_t kDay = 24 * 60 * 60;
  const int64_t of_day = ((instant.second % kDay) + kDay) % kDay;
  const int64_t days = (instant.second - of_day) / kDay;
  int64_t year = days / 366 - 1;
  while (DaysBefore(year + 1, 1) <= days) ++year;
  int64_t month = 1;
  while (month < 12 && DaysBefore(year, month + 1) <= days) ++month;
  return absl::StrFormat("%04d-%02d-%02dT%02d:%02d:%02d.%s-00:00", year, month,
                         days - DaysBefore(year, month) + 1, of_day / 3600,
                         of_day / 60 % 60, of_day % 60,
                         instant.fraction.empty() ? "0" : instant.fraction);
}

}  // namespace reprise::checker
