#include "reprise/sim/real/log_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/log.h"
#include "reprise/sim/real/file_descriptor.h"

namespace reprise {
namespace {

using testing::MatchesRegex;

constexpr char kTimePattern[] =
    "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z";

std::string TextLine(VirtualTime time, std::string_view text,
                     LogFields fields = {}) {
  std::string line;
  AppendTextLine(time, LogLevel::kInfo, "server-1", text, fields, line);
  return line;
}

// A pipe that nobody waits for.
class Pipe {
 public:
  Pipe() {
    std::array<int, 2> ends = {};
    EXPECT_EQ(pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
    out_ = FileDescriptor(ends[0]);
    in_ = FileDescriptor(ends[1]);
  }
  int in() const { return in_.get(); }
  std::string Read() const {
    std::string bytes(1 << 20, '\0');
    const ssize_t count = read(out_.get(), bytes.data(), bytes.size());
    bytes.resize(count < 0 ? 0 : count);
    return bytes;
  }
  // Until no byte more has room, or only some have.
  void Fill() const {
    const std::string bytes(4096, 'x');
    while (write(in(), bytes.data(), bytes.size()) > 0) {
    }
  }
  void CloseReader() { out_ = FileDescriptor(); }

 private:
  FileDescriptor out_;
  FileDescriptor in_;
};

TEST(LogWriterTest, ALineOfText) {
  EXPECT_EQ(
      TextLine(VirtualTime::Seconds(1'795'780'800) + Nanoseconds(123'456'789),
               "leads", {{"term", 3}, {"new", true}, {"to", "a b"}}),
      "2026-11-27T12:00:00.123456Z info server-1 leads term=3 new=true "
      "to=\"a b\"");
}

TEST(LogWriterTest, KnowsTheCalendar) {
  EXPECT_EQ(TextLine(VirtualTime(), "x"),
            "1970-01-01T00:00:00.000000Z info server-1 x");
  EXPECT_EQ(TextLine(VirtualTime::Seconds(951'827'696), "x"),
            "2000-02-29T12:34:56.000000Z info server-1 x");
  EXPECT_EQ(TextLine(VirtualTime::Nanoseconds(4'102'444'799'999'999'999), "x"),
            "2099-12-31T23:59:59.999999Z info server-1 x");
}

TEST(LogWriterTest, ALineIsOneLineWhateverIsLogged) {
  EXPECT_EQ(TextLine(VirtualTime(), "a\nb\x1b[0m\xff", {{"k", "c\nd"}}),
            "1970-01-01T00:00:00.000000Z info server-1 "
            "a\\nb\\x1b[0m\\xff k=\"c\\nd\"");
}

TEST(LogWriterTest, ALineOfJson) {
  std::string line;
  AppendJsonLine(VirtualTime(), LogLevel::kWarning, "server \"1\"", "a\nb",
                 {{"term", -3}, {"new", false}, {"to", "caf\xc3\xa9\xff"}},
                 line);
  EXPECT_EQ(line,
            R"({"time":"1970-01-01T00:00:00.000000Z","level":"warning",)"
            R"("node":"server \u00221\u0022","text":"a\u000ab",)"
            R"("fields":{"term":-3,"new":false,"to":"caf\u00e9\ufffd"}})");
  line.clear();
  AppendJsonLine(VirtualTime(), LogLevel::kError, "n", "", {}, line);
  EXPECT_EQ(line, R"({"time":"1970-01-01T00:00:00.000000Z","level":"error",)"
                  R"("node":"n","text":"","fields":{}})");
}

TEST(LogWriterTest, WritesLinesInTheirOrder) {
  const Pipe pipe;
  LogWriter log(pipe.in());
  log.Write(LogLevel::kInfo, "a", "first", {});
  log.Write(LogLevel::kError, "b", "second", {{"x", 1}});
  EXPECT_THAT(pipe.Read(),
              MatchesRegex(std::string(kTimePattern) + " info a first\n" +
                           kTimePattern + " error b second x=1\n"));
  EXPECT_EQ(log.dropped(), 0u);
}

TEST(LogWriterTest, KnowsWhatIsTooLittle) {
  const LogWriter log(-1, LogLevel::kWarning);
  EXPECT_FALSE(log.IsLogged(LogLevel::kDebug));
  EXPECT_FALSE(log.IsLogged(LogLevel::kInfo));
  EXPECT_TRUE(log.IsLogged(LogLevel::kWarning));
  EXPECT_TRUE(log.IsLogged(LogLevel::kError));
  EXPECT_FALSE(LogWriter(-1, LogLevel::kOff).IsLogged(LogLevel::kError));
}

TEST(LogWriterTest, DropsWhatNobodyTakes) {
  Pipe pipe;
  LogWriter log(pipe.in(), LogLevel::kInfo, LogFormat::kJson);
  pipe.Fill();
  log.Write(LogLevel::kInfo, "a", "lost", {});
  EXPECT_EQ(log.dropped(), 1u);
  pipe.Read();
  log.Write(LogLevel::kInfo, "a", "there again", {});
  EXPECT_THAT(pipe.Read(), MatchesRegex("\\{.*there again.*\\}\n"));
  EXPECT_EQ(log.dropped(), 1u);

  pipe.CloseReader();
  log.Write(LogLevel::kInfo, "a", "to nobody", {});
  EXPECT_EQ(log.dropped(), 2u);
}

TEST(LogWriterTest, ATornLineEndsBeforeTheNext) {
  const Pipe pipe;
  LogWriter log(pipe.in());
  // More than the pipe holds.
  log.Write(LogLevel::kInfo, "a", std::string(1 << 20, 'x'), {});
  EXPECT_EQ(log.dropped(), 1u);
  EXPECT_THAT(pipe.Read(), MatchesRegex(".* info a x*"));
  log.Write(LogLevel::kInfo, "a", "next", {});
  EXPECT_THAT(pipe.Read(), MatchesRegex("\n.* info a next\n"));
  EXPECT_EQ(log.dropped(), 1u);
}

TEST(LogWriterTest, CountsWhatCannotBeWrittenAtAll) {
  LogWriter log(-1);
  log.Write(LogLevel::kInfo, "a", "lost", {});
  EXPECT_EQ(log.dropped(), 1u);
}

}  // namespace
}  // namespace reprise
