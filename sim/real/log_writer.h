// LogWriter: lines of Env::Log to a file descriptor.

#ifndef REPRISE_SIM_REAL_LOG_WRITER_H_
#define REPRISE_SIM_REAL_LOG_WRITER_H_

#include <string_view>

#include "reprise/sim/core/log_level.h"
#include "reprise/sim/env/log.h"

namespace reprise {

enum class LogFormat { kText, kJson };

class LogWriter {
 public:
  LogWriter(int, LogLevel, LogFormat) {}
  bool IsLogged(LogLevel) const { return false; }
  void Write(LogLevel, std::string_view, std::string_view, LogFields) {}
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_LOG_WRITER_H_
