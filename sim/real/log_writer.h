// LogWriter: the lines of Env::Log on a real machine, one after the other in a
// file of the system.
//
// As text, or as JSON: an object a line, whose fields keep their types.
//
//   2026-11-27T12:00:00.123456Z info server-1 leads term=3
//   {"time":"2026-11-27T12:00:00.123456Z","level":"info","node":"server-1",
//    "text":"leads","fields":{"term":3}}      (in one line)
//
// Guarantees: what it writes is lines of printable UTF-8, whatever is logged
// (text/printable.h has the escapes); each leaves by one call of the system, in
// the order of Write. Where a reader is slow, what cannot be written at once is
// dropped and counted; only a line of more than 4096 bytes may wait, in a pipe
// that is not O_NONBLOCK. Nothing is thrown.
//
// Requires that one thread at a time uses it. A process that logs to a pipe has
// to ignore SIGPIPE, or its end comes with the reader's.
//
//   LogWriter log(STDERR_FILENO, LogLevel::kInfo);
//   if (log.IsLogged(level)) log.Write(level, "server-1", "leads", fields);

#ifndef REPRISE_SIM_REAL_LOG_WRITER_H_
#define REPRISE_SIM_REAL_LOG_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/log.h"

namespace reprise {

enum class LogFormat { kText, kJson };

class LogWriter {
 public:
  // Writes to `file`, which stays the caller's and must be open meanwhile.
  // Lines below `level` are left out.
  explicit LogWriter(int file, LogLevel level = LogLevel::kInfo,
                     LogFormat format = LogFormat::kText)
      : file_(file), level_(level), format_(format) {}
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  bool IsLogged(LogLevel level) const { return level >= level_; }
  // One line of `node`, of now. Requires that IsLogged(level).
  void Write(LogLevel level, std::string_view node, std::string_view text,
             LogFields fields);
  // How many lines could not be written, or only in part.
  uint64_t dropped() const { return dropped_; }

 private:
  const int file_;
  const LogLevel level_;
  const LogFormat format_;
  std::string line_;  // Kept for its memory.
  uint64_t dropped_ = 0;
  bool is_torn_ = false;  // The last line was written in part.
};

// What LogWriter writes, without the end of the line, at `time` since 1970.
void AppendTextLine(VirtualTime time, LogLevel level, std::string_view node,
                    std::string_view text, LogFields fields, std::string& line);
void AppendJsonLine(VirtualTime time, LogLevel level, std::string_view node,
                    std::string_view text, LogFields fields, std::string& line);

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_LOG_WRITER_H_
