#include "reprise/sim/world/describe_mix.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/fault_fields.h"

namespace reprise {
namespace {

std::string Percent(Probability probability) {
  return absl::StrCat(100.0 * probability.numerator / probability.denominator,
                      " %");
}

std::string Range(Duration minimum, Duration maximum) {
  if (minimum == maximum) return FormatRoundedDuration(minimum);
  return absl::StrCat(FormatRoundedDuration(minimum), " to ",
                      FormatRoundedDuration(maximum));
}

std::string DelayText(const DelayOptions& delay) {
  std::string text = Range(
      delay.minimum, delay.maximum + delay.extra_step * delay.extra_steps);
  if (delay.shape == DelayShape::kExponential) {
    absl::StrAppend(&text, " exponential with mean ",
                    FormatRoundedDuration(delay.mean));
  }
  if (!delay.late.IsZero()) {
    absl::StrAppend(&text, ", late ", Percent(delay.late), " (",
                    Range(delay.late_minimum, delay.late_maximum), ")");
  }
  return text;
}

// Says the fields of a mix (fault_fields.h), line by line.
class MixText {
 public:
  // `tick` is the mix's.
  explicit MixText(Duration tick) : tick_(tick) {}

  std::string ToString() {
    EndLine();
    return text_;
  }

  template <typename Options>
  void Part(std::string_view, const Options& options) {
    VisitFields(*this, options);
  }
  void Link(size_t, const LinkOptions& link) {
    const auto name = [](const std::string& end) {
      return end.empty() ? "*" : end;
    };
    EndLine();
    link_ = absl::StrCat(name(link.from), "->", name(link.to), " ");
    VisitFields(*this, link);
    EndLine();
    link_.clear();
  }

  void Delay(const Field& field, const DelayOptions& delay) {
    Say(field, DelayText(delay));
  }
  void Outage(const Field& field, const OutageOptions& outage) {
    std::string text =
        absl::StrCat("begin in ", Percent(outage.start), " of ticks of ",
                     FormatRoundedDuration(tick_), ", at least ",
                     FormatRoundedDuration(outage.minimum), ", mean ",
                     FormatRoundedDuration(outage.mean));
    if (outage.rest > Duration()) {
      absl::StrAppend(&text, ", rest ", FormatRoundedDuration(outage.rest));
    }
    Say(field, text);
  }
  void Ratio(const Field& field, Probability ratio) {
    if (!ratio.IsZero()) Say(field, Percent(ratio));
  }
  void Time(const Field& field, Duration duration, DurationRange) {
    if (duration == Duration() || duration.IsInfinite()) return;
    Say(field, FormatRoundedDuration(duration));
  }
  void AtLeast(const Field&, Duration, Duration) {}  // Of delays alone.
  void Count(const Field& field, int64_t count, int64_t least, int64_t) {
    if (count > least) Say(field, absl::StrCat(count));
  }
  void Flag(const Field& field, bool is_on) {
    if (is_on) Say(field, "");
  }
  void Word(const Field& field, const std::string& word) {
    if (!word.empty()) Say(field, word);
  }

  void Line(std::string_view title, bool is_on = true) {
    EndLine();
    title_ = title;
    is_on_ = is_on;
  }

 private:
  void Say(const Field& field, const std::string& value) {
    if (!is_on_ || field.words.empty()) return;
    if (!line_.empty()) line_ += ", ";
    absl::SubstituteAndAppend(&line_, ToAbsl(field.words), value);
  }
  void EndLine() {
    if (!line_.empty()) {
      absl::StrAppend(&text_, link_, ToAbsl(title_), ": ", line_, "\n");
    }
    line_.clear();
  }

  const Duration tick_;
  std::string text_;
  std::string link_;  // Whose lines these are: "a->b ", or all links' "".
  std::string_view title_;
  std::string line_;
  bool is_on_ = true;  // The line.
};

}  // namespace

std::string DescribeMix(const FaultMix& faults) {
  MixText text(faults.tick);
  VisitFields(text, faults);
  return text.ToString();
}

}  // namespace reprise
