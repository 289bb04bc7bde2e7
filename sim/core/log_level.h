// LogLevel: how much a line of a log matters.
//
//   if (level >= LogLevel::kWarning) ...
//   std::optional<LogLevel> level = LogLevelNamed("debug");

#ifndef REPRISE_SIM_CORE_LOG_LEVEL_H_
#define REPRISE_SIM_CORE_LOG_LEVEL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace reprise {

enum class LogLevel : uint8_t {
  kDebug,
  kInfo,
  kWarning,
  kError,
  kOff,  // Higher than every line's: nobody listens.
};

inline constexpr std::array<std::string_view, 5> kLogLevelNames = {
    "debug", "info", "warning", "error", "off"};

// "debug", "info", "warning", "error", "off".
constexpr std::string_view LogLevelName(LogLevel level) {
  return kLogLevelNames[static_cast<size_t>(level)];
}

// None where no level has that name.
constexpr std::optional<LogLevel> LogLevelNamed(std::string_view name) {
  for (size_t i = 0; i < kLogLevelNames.size(); ++i) {
    if (kLogLevelNames[i] == name) return static_cast<LogLevel>(i);
  }
  return std::nullopt;
}

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_LOG_LEVEL_H_
