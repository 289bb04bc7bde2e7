#include "reprise/sim/explore/shrink/failure_class.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/explore/trial/trial_options.h"

namespace reprise {
namespace {

constexpr size_t kFramesKept = 3;

// What stands behind a figure and changes with its size.
constexpr std::string_view kUnits[] = {"ns",  "us",  "µs",  "ms", "s",  "bytes",
                                       "KiB", "MiB", "GiB", "KB", "MB", "GB"};

// Functions by which a check that failed ends the process: they say nothing
// about where.
constexpr std::string_view kOfChecks[] = {
    "reprise::Fatal", "reprise::ReportFailedCheck", "reprise::CheckFailed"};

// What waits for these waits because something else does not go on.
constexpr std::string_view kConsequences[] = {
    "waits for a reply", "waits for wait group", "waits for operation",
    "waits for the end"};

bool IsWordCharacter(char c) { return absl::ascii_isalnum(c) || c == '_'; }

// Copies a text without what differs from seed to seed.
class Leveller {
 public:
  explicit Leveller(std::string_view text) : rest_(text) {}

  std::string Level() {
    while (!rest_.empty()) {
      if (rest_.front() == '"') {
        TakeQuoted();
      } else if (IsWordCharacter(rest_.front())) {
        TakeWord();
      } else {
        level_ += rest_.front();
        rest_.remove_prefix(1);
      }
    }
    return std::move(level_);
  }

 private:
  bool Skip(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  // A text, and how long it is where only its ends are shown.
  void TakeQuoted() {
    size_t end = 1;
    while (end < rest_.size() && rest_[end] != '"') {
      end += rest_[end] == '\\' ? 2 : 1;
    }
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    level_ += "...";
    const std::string_view whole = rest_;
    if (!Skip(" (")) return;
    while (!rest_.empty() && absl::ascii_isdigit(rest_.front())) {
      rest_.remove_prefix(1);
    }
    if (!Skip(" bytes)")) rest_ = whole;
  }

  void TakeWord() {
    if (absl::ascii_isdigit(rest_.front())) return TakeFigure();
    while (!rest_.empty() && IsWordCharacter(rest_.front())) {
      if (absl::ascii_isdigit(rest_.front())) {
        SkipDigits();
        level_ += '#';
      } else {
        level_ += rest_.front();
        rest_.remove_prefix(1);
      }
    }
  }

  // "12", "0.031 288 s", "48 500 bytes", "0b1f".
  void TakeFigure() {
    level_ += '#';
    while (!rest_.empty() && IsWordCharacter(rest_.front())) {
      rest_.remove_prefix(1);
    }
    while (rest_.size() > 1 && (rest_[0] == '.' || rest_[0] == ' ') &&
           absl::ascii_isdigit(rest_[1])) {
      rest_.remove_prefix(1);
      SkipDigits();
    }
    for (const std::string_view unit : kUnits) {
      if (!rest_.starts_with(' ')) return;
      const std::string_view behind = rest_.substr(1);
      if (behind.starts_with(unit) && (behind.size() == unit.size() ||
                                       !IsWordCharacter(behind[unit.size()]))) {
        rest_.remove_prefix(1 + unit.size());
        return;
      }
    }
  }

  void SkipDigits() {
    while (!rest_.empty() && absl::ascii_isdigit(rest_.front())) {
      rest_.remove_prefix(1);
    }
  }

  std::string_view rest_;
  std::string level_;
};

std::string Level(std::string_view text) { return Leveller(text).Level(); }

bool HasAny(std::string_view line, const auto& parts) {
  return std::any_of(std::begin(parts), std::end(parts),
                     [&](std::string_view part) {
                       return line.find(part) != std::string_view::npos;
                     });
}

// The lines below the first one, without their margin.
std::vector<std::string_view> LinesBelow(std::string_view message) {
  std::vector<std::string_view> lines;
  for (const absl::string_view line :
       absl::StrSplit(ToAbsl(message), '\n', absl::SkipWhitespace())) {
    lines.push_back(ToStd(absl::StripAsciiWhitespace(line)));
  }
  if (!lines.empty()) lines.erase(lines.begin());
  return lines;
}

std::string ShapeOfCrash(std::string_view first_line,
                         std::string_view message) {
  std::vector<std::string> parts = {Level(first_line)};
  for (const std::string_view line : LinesBelow(message)) {
    if (line == "it printed:" || parts.size() > kFramesKept) break;
    if (!HasAny(line, kOfChecks)) parts.push_back(Level(line));
  }
  return absl::StrJoin(parts, " < ");
}

std::string ShapeOfWaits(std::string_view first_line,
                         std::string_view message) {
  std::set<std::string> causes;
  std::set<std::string> consequences;
  for (const std::string_view line : LinesBelow(message)) {
    (HasAny(line, kConsequences) ? consequences : causes).insert(Level(line));
  }
  if (causes.empty()) causes = consequences;
  return causes.empty() ? Level(first_line) : absl::StrJoin(causes, "; ");
}

}  // namespace

FailureClass ClassOf(const Verdict& verdict) {
  if (verdict.kind != VerdictKind::kViolated) return {};
  const std::string_view message = verdict.message;
  const std::string_view first_line = message.substr(0, message.find('\n'));
  FailureClass failure{.property = verdict.property};
  if (verdict.property == kNoCrashProperty) {
    failure.shape = ShapeOfCrash(first_line, message);
  } else if (IsStuck(verdict.property)) {
    failure.shape = ShapeOfWaits(first_line, message);
  } else {
    failure.shape = Level(first_line);
  }
  return failure;
}

}  // namespace reprise
