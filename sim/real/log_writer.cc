#include "reprise/sim/real/log_writer.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/strings/str_format.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/log.h"
#include "reprise/sim/real/wall_time.h"
#include "reprise/text/json_string.h"
#include "reprise/text/printable.h"

namespace reprise {
namespace {

// "2026-11-27T12:00:00.123456Z", of a time since 1970.
void AppendTime(VirtualTime time, std::string& line) {
  using std::chrono::days;
  using std::chrono::floor;
  using std::chrono::microseconds;
  const std::chrono::sys_time<microseconds> instant(
      floor<microseconds>(std::chrono::nanoseconds(time.nanoseconds())));
  const auto day = floor<days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(instant - day);
  absl::StrAppendFormat(&line, "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ",
                        static_cast<int>(date.year()),
                        static_cast<unsigned>(date.month()),
                        static_cast<unsigned>(date.day()),
                        clock.hours().count(), clock.minutes().count(),
                        clock.seconds().count(), clock.subseconds().count());
}

// Whether a line can be written to `file` now, without waiting.
bool IsReady(int file) {
  pollfd state = {.fd = file, .events = POLLOUT, .revents = 0};
  int count = poll(&state, 1, 0);
  while (count < 0 && errno == EINTR) count = poll(&state, 1, 0);
  return count == 1 && state.revents == POLLOUT;
}

ssize_t WriteOnce(int file, std::string_view bytes) {
  ssize_t count = write(file, bytes.data(), bytes.size());
  while (count < 0 && errno == EINTR) {
    count = write(file, bytes.data(), bytes.size());
  }
  return count;
}

}  // namespace

void LogWriter::Write(LogLevel level, std::string_view node,
                      std::string_view text, LogFields fields) {
  line_.clear();
  // What was begun before is no part of this line.
  if (is_torn_) line_ += '\n';
  const auto append =
      format_ == LogFormat::kJson ? AppendJsonLine : AppendTextLine;
  append(WallTimeNow(), level, node, text, fields, line_);
  line_ += '\n';
  const ssize_t count = IsReady(file_) ? WriteOnce(file_, line_) : -1;
  if (count == static_cast<ssize_t>(line_.size())) {
    is_torn_ = false;
    return;
  }
  ++dropped_;
  if (count > 0) is_torn_ = true;
}

void AppendTextLine(VirtualTime time, LogLevel level, std::string_view node,
                    std::string_view text, LogFields fields,
                    std::string& line) {
  AppendTime(time, line);
  line += ' ';
  line += LogLevelName(level);
  line += ' ';
  line += Printable(node);
  line += ' ';
  line += Printable(LogLine(text, fields));
}

void AppendJsonLine(VirtualTime time, LogLevel level, std::string_view node,
                    std::string_view text, LogFields fields,
                    std::string& line) {
  line += "{\"time\":\"";
  AppendTime(time, line);
  line += "\",\"level\":\"";
  line += LogLevelName(level);
  line += "\",\"node\":";
  AppendJsonString(node, line);
  line += ",\"text\":";
  AppendJsonString(text, line);
  line += ",\"fields\":{";
  bool is_first = true;
  for (const LogField& field : fields) {
    if (!is_first) line += ',';
    is_first = false;
    field.AppendJsonTo(line);
  }
  line += "}}";
}

}  // namespace reprise
