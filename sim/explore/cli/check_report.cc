#include "reprise/sim/explore/cli/check_report.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/report/text_table.h"

namespace reprise::cli {
namespace {

using checker::Outcome;
using Json = nlohmann::ordered_json;

constexpr size_t kDescribedMax = 5;

constexpr char kInterrupted[] = "interrupted before it was judged";
constexpr char kNotExplained[] = "interrupted before it was explained";

std::string VerdictName(const CheckedHistory& history) {
  return history.error.empty()
             ? std::string(OutcomeName(history.verdict.outcome))
             : "error";
}

// The same where it has to stand out.
std::string LoudVerdict(const CheckedHistory& history) {
  const std::string name = VerdictName(history);
  if (name == "holds") return name;
  std::string loud = name;
  for (char& c : loud) c = static_cast<char>(c - 'a' + 'A');
  return name == "violated" ? loud + ": linearizability" : loud;
}

std::string Duration(double seconds) {
  if (seconds < 0.001) return absl::StrFormat("%.0f us", seconds * 1e6);
  if (seconds < 1) return absl::StrFormat("%.1f ms", seconds * 1e3);
  return absl::StrFormat("%.2f s", seconds);
}

std::string Indented(const std::string& text) {
  std::string indented;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (!line.empty()) absl::StrAppend(&indented, "  ", line);
    indented += '\n';
  }
  indented.pop_back();
  return indented;
}

// The flag for what ran out.
std::string WhatAllowsMore(const checker::Exhaustion& used) {
  switch (used.resource) {
    case checker::Resource::kStates:
      return "; --budget-states=N allows more";
    case checker::Resource::kBytes:
      return "; --budget-bytes=N allows more";
    case checker::Resource::kTotalStates:
      return "; --budget-total-states=N allows more";
    case checker::Resource::kStopped:
      break;
  }
  return "";
}

std::string Evidence(const CheckedHistory& history) {
  std::string text;
  if (history.explanation) {
    text = history.explanation->sentence + "\n";
    if (history.illegal_line > 0) {
      absl::StrAppend(&text, "first illegal answer: line ",
                      history.illegal_line, "\n");
    }
    text += "\n" + history.explanation->timeline;
  } else if (history.verdict.outcome == Outcome::kViolated) {
    text = absl::StrCat(kNotExplained, "\n");
  } else if (history.is_interrupted) {
    text = absl::StrCat(kInterrupted, "\n");
  } else if (history.verdict.outcome == Outcome::kUndecided) {
    const checker::Exhaustion& used = history.verdict.exhaustion;
    text = used.sentence + "\n" +
           absl::StrFormat("used %s states and %s bytes%s\n",
                           WithThousands(used.states),
                           WithThousands(used.bytes), WhatAllowsMore(used));
  }
  if (!history.remark.empty()) {
    text = history.remark + (text.empty() ? "\n" : "\n\n") + text;
  }
  return text.empty() ? "" : Indented(text);
}

std::string DescribeOne(const CheckedHistory& history) {
  return absl::StrCat(history.name, " · ", LoudVerdict(history), " · ",
                      Count(history.operations, "operation"), " · checked in ",
                      Duration(history.seconds), ", read in ",
                      Duration(history.parse_seconds), "\n", Evidence(history));
}

std::string Summary(const CheckReport& report) {
  uint64_t operations = 0;
  double seconds = 0;
  double parse_seconds = 0;
  for (const CheckedHistory& history : report.histories) {
    operations += history.operations;
    seconds += history.seconds;
    parse_seconds += history.parse_seconds;
  }
  std::string text =
      absl::StrCat(report.histories.size() == 1
                       ? "1 history"
                       : WithThousands(report.histories.size()) + " histories",
                   ", ", Count(operations, "operation"));
  const auto add = [&](uint64_t count, const char* what) {
    if (count > 0) absl::StrAppend(&text, " · ", WithThousands(count), what);
  };
  add(report.Count(Outcome::kHolds), " hold");
  add(report.Count(Outcome::kViolated), " violated");
  add(report.Count(Outcome::kUndecided), " undecided");
  add(report.Errors(), " could not be read");
  if (report.is_interrupted) text += " · interrupted before the others";
  absl::StrAppend(&text, " · checked in ", Duration(seconds), ", read in ",
                  Duration(parse_seconds), "\n");
  return text;
}

std::string DescribeSeveral(const CheckReport& report) {
  TextTable table({{"history"},
                   {"operations", Align::kRight},
                   {"checked in", Align::kRight},
                   {"verdict"}});
  for (const CheckedHistory& history : report.histories) {
    const bool is_read = history.error.empty();
    table.AddRow(
        {history.name, is_read ? WithThousands(history.operations) : "",
         is_read ? Duration(history.seconds) : "", LoudVerdict(history)});
  }
  std::string text = table.ToString() + "\n" + Summary(report);
  size_t described = 0;
  size_t not_described = 0;
  for (const CheckedHistory& history : report.histories) {
    const std::string evidence = Evidence(history);
    if (evidence.empty()) continue;
    if (described == kDescribedMax) {
      ++not_described;
      continue;
    }
    ++described;
    absl::StrAppend(&text, "\n", history.name, " · ", LoudVerdict(history),
                    "\n", evidence);
  }
  if (not_described > 0) {
    absl::StrAppend(&text, "\n", WithThousands(not_described),
                    " more; give one FILE to see why\n");
  }
  return text;
}

// Wall-clock seconds are not worth more than microseconds.
double Rounded(double seconds) { return std::round(seconds * 1e6) / 1e6; }

// Of several verdicts the one that the exit status tells.
std::string WholeVerdict(const CheckReport& report) {
  if (report.Errors() > 0) return "error";
  for (Outcome outcome : {Outcome::kViolated, Outcome::kUndecided}) {
    if (report.Count(outcome) > 0) return std::string(OutcomeName(outcome));
  }
  // Of histories that were not judged nothing is known.
  if (report.is_interrupted) {
    return std::string(OutcomeName(Outcome::kUndecided));
  }
  return "holds";
}

void AddEvidence(const CheckedHistory& history, Json* json) {
  if (!history.remark.empty()) (*json)["remark"] = history.remark;
  if (!history.error.empty()) {
    (*json)["message"] = history.error;
  } else if (history.explanation) {
    (*json)["message"] = history.explanation->sentence;
    (*json)["timeline"] = history.explanation->timeline;
    (*json)["is_minimal"] = history.explanation->is_minimal;
  } else if (history.verdict.outcome == Outcome::kViolated) {
    (*json)["message"] = kNotExplained;
  } else if (history.is_interrupted) {
    (*json)["message"] = kInterrupted;
  } else if (history.verdict.outcome == Outcome::kUndecided) {
    const checker::Exhaustion& used = history.verdict.exhaustion;
    (*json)["message"] = used.sentence;
    (*json)["key"] = used.key;
    (*json)["explained"] = used.explained;
    (*json)["states"] = used.states;
    (*json)["bytes"] = used.bytes;
  }
}

}  // namespace

uint64_t CheckReport::Count(Outcome outcome) const {
  return static_cast<uint64_t>(std::count_if(
      histories.begin(), histories.end(), [&](const CheckedHistory& history) {
        return history.error.empty() && history.verdict.outcome == outcome;
      }));
}

uint64_t CheckReport::Errors() const {
  return static_cast<uint64_t>(std::count_if(
      histories.begin(), histories.end(),
      [](const CheckedHistory& history) { return !history.error.empty(); }));
}

int CheckReport::ExitStatus() const {
  if (Errors() > 0) return kExitUsage;
  return ExitStatusOf(Count(Outcome::kViolated), Count(Outcome::kUndecided));
}

std::string DescribeCheck(const CheckReport& report) {
  if (report.histories.size() != 1 || report.is_interrupted) {
    return DescribeSeveral(report);
  }
  const CheckedHistory& only = report.histories.front();
  return only.error.empty() ? DescribeOne(only) : "";
}

void PrintCheck(const CheckReport& report, bool as_json, Console& console) {
  for (const CheckedHistory& history : report.histories) {
    if (!history.error.empty()) console.err << history.error << "\n";
  }
  console.out << (as_json ? CheckJson(report) : DescribeCheck(report));
}

std::string CheckJson(const CheckReport& report) {
  Json json;
  uint64_t operations = 0;
  double seconds = 0;
  double parse_seconds = 0;
  Json results = Json::array();
  for (const CheckedHistory& history : report.histories) {
    operations += history.operations;
    seconds += history.seconds;
    parse_seconds += history.parse_seconds;
    results.push_back({{"name", history.name},
                       {"verdict", VerdictName(history)},
                       {"operations", history.operations},
                       {"seconds", Rounded(history.seconds)}});
    AddEvidence(history, &results.back());
  }
  json["verdict"] = WholeVerdict(report);
  json["operations"] = operations;
  json["seconds"] = Rounded(seconds);
  json["parse_seconds"] = Rounded(parse_seconds);
  if (report.histories.size() == 1 && !report.is_interrupted) {
    AddEvidence(report.histories.front(), &json);
  } else {
    json["results"] = std::move(results);
  }
  return json.dump(2, ' ', /*ensure_ascii=*/false,
                   Json::error_handler_t::replace) +
         "\n";
}

}  // namespace reprise::cli
