#include "reprise/checker/formats/edn_number.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <system_error>

#include "reprise/text/numbers.h"

namespace reprise::checker {
namespace {

using Wide = unsigned __int128;

bool AreDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

// The value of a digit in a base up to 36, or 36 for anything else.
unsigned DigitValue(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 36;
}

// None beyond 128 bits.
std::optional<Wide> ReadDigits(std::string_view digits, unsigned base) {
  if (digits.empty()) return std::nullopt;
  Wide value = 0;
  for (char c : digits) {
    const unsigned digit = DigitValue(c);
    if (digit >= base) return std::nullopt;
    if (value > (~Wide{0} - digit) / base) return std::nullopt;
    value = value * base + digit;
  }
  return value;
}

std::string DecimalText(Wide value) {
  std::string text;
  do {
    text.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value != 0);
  std::reverse(text.begin(), text.end());
  return text;
}

std::string Signed(bool is_negative, const std::string& magnitude) {
  return is_negative && magnitude != "0" ? "-" + magnitude : magnitude;
}

// 0x1f, 017 and 2r101.
std::optional<std::string> OtherBase(std::string_view digits) {
  std::optional<Wide> value;
  const size_t radix = digits.find_first_of("rR");
  if (digits.starts_with("0x") || digits.starts_with("0X")) {
    value = ReadDigits(digits.substr(2), 16);
  } else if (radix == 1 || radix == 2) {
    const auto base = ReadDigits(digits.substr(0, radix), 10);
    if (!base || *base < 2 || *base > 36) return std::nullopt;
    value = ReadDigits(digits.substr(radix + 1), static_cast<unsigned>(*base));
  } else if (digits.size() > 1 && digits[0] == '0') {
    value = ReadDigits(digits.substr(1), 8);
  }
  if (!value) return std::nullopt;
  return DecimalText(*value);
}

std::optional<EdnNumber> Integer(bool is_negative, std::string_view digits) {
  if (digits.ends_with('N')) digits.remove_suffix(1);
  std::string text(digits);
  if (!AreDigits(digits) || (digits.size() > 1 && digits[0] == '0')) {
    const std::optional<std::string> other = OtherBase(digits);
    if (!other) return std::nullopt;
    text = *other;
  }
  return EdnNumber{EdnNumberKind::kInteger, Signed(is_negative, text)};
}

Wide GreatestCommonDivisor(Wide a, Wide b) {
  while (b != 0) {
    a %= b;
    std::swap(a, b);
  }
  return a;
}

std::optional<EdnNumber> Ratio(bool is_negative, std::string_view numerator,
                               std::string_view denominator) {
  const std::optional<Wide> above = ReadDigits(numerator, 10);
  const std::optional<Wide> below = ReadDigits(denominator, 10);
  if (!above || !below || *below == 0) return std::nullopt;
  const Wide divisor = GreatestCommonDivisor(*above, *below);
  const std::string text = DecimalText(*above / divisor);
  if (*below == divisor) {  // 4/2 is an integer
    return EdnNumber{EdnNumberKind::kInteger, Signed(is_negative, text)};
  }
  return EdnNumber{EdnNumberKind::kRatio, Signed(is_negative, text) + "/" +
                                              DecimalText(*below / divisor)};
}

// The parts of 12.50e-3.
struct Decimal {
  std::string digits;  // "1250"
  int64_t exponent;    // of the last of them: -5
};

std::optional<Decimal> SplitDecimal(std::string_view text) {
  Decimal parts{"", 0};
  const size_t mark = std::min(text.find_first_of("eE"), text.size());
  if (mark < text.size()) {
    std::string_view exponent = text.substr(mark + 1);
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    const char* const end = exponent.data() + exponent.size();
    const auto read = std::from_chars(exponent.data(), end, parts.exponent);
    constexpr int64_t kLargest = 1'000'000'000;
    if (read.ec != std::errc() || read.ptr != end ||
        std::max(parts.exponent, -parts.exponent) > kLargest) {
      return std::nullopt;
    }
  }
  const std::string_view mantissa = text.substr(0, mark);
  const size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::string_view whole = mantissa.substr(0, point);
  const std::string_view fraction =
      point < mantissa.size() ? mantissa.substr(point + 1) : "";
  if (!AreDigits(whole) || (!fraction.empty() && !AreDigits(fraction))) {
    return std::nullopt;
  }
  parts.digits = std::string(whole) + std::string(fraction);
  parts.exponent -= static_cast<int64_t>(fraction.size());
  return parts;
}

// 1.5M for 1.50M and 15E-1M.
std::string DecimalText(Decimal parts) {
  constexpr int64_t kPlain = 40;  // zeros or digits behind the point
  const size_t first = parts.digits.find_first_not_of('0');
  if (first == std::string::npos) return "0";
  parts.digits.erase(0, first);
  while (parts.digits.back() == '0') {
    parts.digits.pop_back();
    ++parts.exponent;
  }
  const auto size = static_cast<int64_t>(parts.digits.size());
  if (parts.exponent > kPlain || parts.exponent < -kPlain) {
    return parts.digits + "E" + std::to_string(parts.exponent);
  }
  if (parts.exponent >= 0) {
    return parts.digits + std::string(parts.exponent, '0');
  }
  if (size > -parts.exponent) {
    return parts.digits.insert(size + parts.exponent, ".");
  }
  return "0." + std::string(-parts.exponent - size, '0') + parts.digits;
}

// Floats are equal where the nearest doubles are.
std::optional<EdnNumber> Float(bool is_negative, std::string_view digits) {
  double value = 0;
  const char* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  char text[32];
  const auto written = std::to_chars(text, text + sizeof(text), value);
  std::string shortest(text, written.ptr);
  if (shortest.find_first_of(".e") == std::string::npos) shortest += ".0";
  if (shortest == "0.0") is_negative = false;
  return EdnNumber{EdnNumberKind::kFloat, Signed(is_negative, shortest)};
}

}  // namespace

bool LooksLikeANumber(std::string_view word) {
  if (word.starts_with('-') || word.starts_with('+')) word.remove_prefix(1);
  return !word.empty() && IsDigit(word[0]);
}

std::optional<EdnNumber> CanonicalNumber(std::string_view word) {
  const bool is_negative = word.starts_with('-');
  if (is_negative || word.starts_with('+')) word.remove_prefix(1);
  if (word.empty() || !IsDigit(word[0])) return std::nullopt;
  const size_t slash = word.find('/');
  if (slash != word.npos) {
    return Ratio(is_negative, word.substr(0, slash), word.substr(slash + 1));
  }
  if (std::optional<EdnNumber> integer = Integer(is_negative, word)) {
    return integer;
  }
  const bool is_exact = word.ends_with('M');
  if (is_exact) word.remove_suffix(1);
  const std::optional<Decimal> parts = SplitDecimal(word);
  if (!parts) return std::nullopt;
  if (is_exact) {
    const std::string text = Signed(is_negative, DecimalText(*parts));
    return EdnNumber{EdnNumberKind::kDecimal, text + "M"};
  }
  const bool is_float = word.find_first_of(".eE") != word.npos;
  return is_float ? Float(is_negative, word) : std::nullopt;
}

}  // namespace reprise::checker
