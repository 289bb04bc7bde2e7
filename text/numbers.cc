#include "reprise/text/numbers.h"

#include <cstddef>

namespace reprise {

std::string WithThousands(uint64_t number) {
  std::string text = std::to_string(number);
  for (size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string SignedWithThousands(int64_t number) {
  if (number >= 0) return WithThousands(static_cast<uint64_t>(number));
  // Without a sign first: the least number has no positive counterpart.
  return "-" + WithThousands(-static_cast<uint64_t>(number));
}

std::string Count(uint64_t number, std::string_view noun) {
  std::string text = WithThousands(number) + " ";
  text += noun;
  if (number != 1) text += "s";
  return text;
}

}  // namespace reprise
