// Debian's absl::string_view is not std::string_view: these convert.

#ifndef REPRISE_SIM_CORE_TEXT_H_
#define REPRISE_SIM_CORE_TEXT_H_

#include <string_view>

#include "absl/strings/string_view.h"

namespace reprise {

inline absl::string_view ToAbsl(std::string_view text) {
  return {text.data(), text.size()};
}
inline std::string_view ToStd(absl::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_TEXT_H_
