#include "reprise/sim/explore/report/report.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "reprise/sim/core/mark_list.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/text/printable.h"

namespace reprise {
namespace {

// Evidence of many lines, such as who waits in a deadlock, is cut here.
constexpr size_t kEvidenceLinesMax = 40;

std::string Indent(std::string_view text) {
  std::vector<std::string> lines =
      absl::StrSplit(absl::StripTrailingAsciiWhitespace(ToAbsl(text)), '\n');
  if (lines.size() > kEvidenceLinesMax) {
    const size_t left_out = lines.size() - kEvidenceLinesMax;
    lines.resize(kEvidenceLinesMax);
    lines.push_back(absl::StrCat("... ", Count(left_out, "more line")));
  }
  return absl::StrCat("  ", absl::StrJoin(lines, "\n  "), "\n");
}

std::string FirstLine(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::string Coloured(const std::string& text, const char* code,
                     bool use_colour) {
  return use_colour ? absl::StrCat("\x1b[", code, "m", text, "\x1b[0m") : text;
}

std::string VerdictWord(const Verdict& verdict, bool use_colour) {
  switch (verdict.kind) {
    case VerdictKind::kHolds:
      return Coloured("holds", "32", use_colour);
    case VerdictKind::kViolated:
      return Coloured("VIOLATED: " + verdict.property, "1;31", use_colour);
    case VerdictKind::kUndecided:
      return Coloured("UNDECIDED", "1;33", use_colour);
  }
  return "";
}

std::string VerdictOf(const ScenarioSweep& sweep) {
  const SweepTotals& totals = sweep.result.totals;
  std::vector<std::string> parts;
  if (totals.violated > 0) {
    parts.push_back(absl::StrCat(WithThousands(totals.violated), " violated"));
  }
  if (totals.undecided > 0) {
    parts.push_back(
        absl::StrCat(WithThousands(totals.undecided), " undecided"));
  }
  if (totals.seeds < sweep.seeds_planned) {
    parts.push_back(
        absl::StrCat("of ", WithThousands(sweep.seeds_planned), " seeds"));
  }
  return parts.empty() ? "holds" : absl::StrJoin(parts, ", ");
}

std::string Rate(double amount, double seconds) {
  return seconds > 0 ? WithThreeFigures(amount / seconds) : "-";
}

std::string Summary(const SweepReport& report) {
  const SweepTotals totals = report.Totals();
  std::string outcome;
  if (totals.violated > 0) {
    absl::StrAppend(&outcome, ", ", WithThousands(totals.violated),
                    " violated");
  }
  if (totals.undecided > 0) {
    absl::StrAppend(&outcome, ", ", WithThousands(totals.undecided),
                    " undecided");
  }
  if (outcome.empty() && totals.seeds > 0) outcome = ", all hold";
  if (totals.seeds < report.SeedsPlanned()) {
    absl::StrAppend(&outcome, ", ended before ",
                    Count(report.SeedsPlanned() - totals.seeds, "more seed"));
  }
  if (totals.repeated > 0) {
    absl::StrAppend(&outcome, " · ", WithThousands(totals.repeated),
                    " repeated in a second process");
  }
  return absl::StrFormat("%s, %s%s · %.1f s in %d %s\n",
                         Count(report.scenarios.size(), "scenario"),
                         Count(totals.seeds, "seed"), outcome, report.seconds,
                         report.jobs,
                         report.jobs == 1 ? "process" : "processes");
}

void AppendWord(std::string& text, std::string_view word) {
  if (!word.empty()) absl::StrAppend(&text, " ", ToAbsl(word));
}

void AppendIdle(std::string& text, const FaultRow& row,
                const FaultCounts& counts) {
  if (!row.MayBeIdle() || counts.Idle(row.fault) == 0) return;
  const uint64_t struck = counts[row.fault] - counts.Idle(row.fault);
  absl::StrAppend(&text, " (", struck == 0 ? "none" : WithThousands(struck),
                  " ", ToAbsl(row.noun.strike), ")");
}

// A row for each of them.
std::string DescribeNodes(const std::vector<DescribedNode>& nodes) {
  NodeTable of_nodes = TableOfNodes(nodes);
  std::vector<TextTable::Column> columns;
  for (const std::string& title : of_nodes.titles) {
    columns.push_back({Printable(title)});
  }
  TextTable table(std::move(columns));
  for (std::vector<std::string>& row : of_nodes.rows) {
    for (std::string& cell : row) cell = Printable(cell);
    table.AddRow(std::move(row));
  }
  return absl::StrCat(
      "  nodes at the violation:\n  ",
      absl::StrReplaceAll(Indent(table.ToString()), {{"\n  ", "\n    "}}));
}

// Numbered, each under its first line where it is long.
void AppendSentences(const std::vector<std::string>& sentences,
                     std::string& text) {
  const size_t columns = absl::StrCat(sentences.size()).size();
  for (size_t i = 0; i < sentences.size(); ++i) {
    absl::StrAppendFormat(&text, "  %*d. %s\n", static_cast<int>(columns),
                          static_cast<int>(i + 1), sentences[i]);
  }
}

// The trial as the command line names it.
std::string ReplayedTrial(const TrialOrigin& origin, Seed seed) {
  std::string words = "replay ";
  if (!origin.replay_file.empty()) {
    words += ShellWord(origin.replay_file);
  } else {
    absl::StrAppend(&words, "--scenario=", ShellWord(origin.scenario.name),
                    " --seed=", seed.value());
    if (!origin.bug.empty()) {
      absl::StrAppend(&words, " --bug=", ShellWord(origin.bug));
    }
    for (const OptionValue& option : origin.options) {
      absl::StrAppend(&words, " --option=", ShellWord(option.name), "=",
                      option.value);
    }
  }
  if (!origin.flags.empty()) absl::StrAppend(&words, " ", origin.flags);
  return words;
}

// The command that plays it to the same verdict: a file that expects two runs
// to differ has it run twice, a seed does not.
std::string AgainCommand(TrialOrigin origin, const TrialResult& result) {
  if (origin.replay_file.empty() &&
      result.verdict.property == kDeterminismProperty) {
    absl::StrAppend(&origin.flags, origin.flags.empty() ? "" : " ",
                    "--check-determinism");
  }
  return ReplayCommand(origin, result.seed);
}

std::string LookCommand(const TrialOrigin& origin, Seed seed,
                        const std::string& page) {
  if (!page.empty()) return absl::StrCat("xdg-open ", ShellWord(page));
  return absl::StrCat(origin.program, " ", ReplayedTrial(origin, seed),
                      " --html=run.html");
}

}  // namespace

std::string LimitFlags(const Scenario& scenario, const TrialOptions& trial,
                       const WatchOptions& watch) {
  const auto whole = [](double seconds) {
    return static_cast<uint64_t>(std::ceil(seconds));
  };
  std::vector<std::string> flags;
  if (trial.max_steps && *trial.max_steps != scenario.max_steps) {
    flags.push_back(absl::StrCat("--max-steps=", *trial.max_steps));
  }
  if (trial.max_time && *trial.max_time != scenario.max_time) {
    const double seconds =
        static_cast<double>(trial.max_time->nanoseconds()) / 1e9;
    flags.push_back(absl::StrCat("--max-time=", whole(seconds)));
  }
  if (watch.stuck_seconds != WatchOptions().stuck_seconds) {
    flags.push_back(absl::StrCat("--watchdog=", whole(watch.stuck_seconds)));
  }
  return absl::StrJoin(flags, " ");
}

std::string DescribeVerdict(std::string_view scenario,
                            const TrialResult& result, bool use_colour) {
  const Verdict& verdict = result.verdict;
  std::string text =
      absl::StrFormat("%s · seed %d · %s\n", scenario, result.seed.value(),
                      VerdictWord(verdict, use_colour));
  if (verdict.kind == VerdictKind::kHolds) return text;
  text += Indent(verdict.message);
  constexpr size_t kShown = 3;
  for (size_t i = 0; i < std::min(kShown, verdict.also.size()); ++i) {
    absl::StrAppend(&text, "  also ", verdict.also[i].property, ": ",
                    FirstLine(verdict.also[i].message), "\n");
  }
  if (verdict.also.size() > kShown) {
    absl::StrAppend(&text, "  also ",
                    Count(verdict.also.size() - kShown, "more violation"),
                    "\n");
  }
  if (!result.nodes.empty()) text += DescribeNodes(result.nodes);
  if (!result.log.empty()) {
    absl::StrAppend(
        &text, "  logged at last:\n  ",
        absl::StrReplaceAll(Indent(result.log), {{"\n  ", "\n    "}}));
  }
  return text;
}

std::string DescribeFailure(const TrialOrigin& origin,
                            const TrialResult& result, bool use_colour,
                            const FailureStory& story) {
  std::string text = DescribeVerdict(origin.scenario.name, result, use_colour);
  AppendSentences(story.sentences, text);
  absl::StrAppend(&text, DescribeFaultsAndMix(result),
                  "  again:   ", AgainCommand(origin, result), "\n");
  const uint64_t event = story.event > 0 ? story.event : result.events;
  if (!story.sentences.empty() && event > 0) {
    absl::StrAppend(
        &text, "  look:    ", LookCommand(origin, result.seed, story.page),
        "\n  debug:   ", DebugCommand(origin, result.seed, event), "\n");
  }
  if (!origin.scenario.bazel_test.empty() && origin.bug.empty() &&
      origin.options.empty() && origin.flags.empty()) {
    absl::StrAppendFormat(
        &text,
        "  bazel:   bazel test %s --test_env=REPRISE_SEEDS=%d..%d "
        "--test_filter=*%s*\n",
        origin.scenario.bazel_test, result.seed.value(), result.seed.value(),
        TestName(origin.scenario.name));
  }
  return text;
}

std::string DescribeFaults(const FaultCounts& counts) {
  std::string text;
  std::string_view ending;  // Of what is counted last.
  for (const FaultRow& row : FaultTable()) {
    const uint64_t count = counts[row.fault];
    const FaultNoun& noun = row.noun;
    if (!row.IsCounted() || count == 0) continue;
    // "11 requests and 9 replies lost": what ends alike shares its ending.
    const bool is_alike = !ending.empty() && noun.ending == ending;
    if (!text.empty() && !is_alike) AppendWord(text, ending);
    if (!text.empty()) text += is_alike ? " and " : ", ";
    text += WithThousands(count);
    AppendWord(text, count == 1 ? noun.one : noun.many);
    AppendIdle(text, row, counts);
    ending = noun.ending;
  }
  AppendWord(text, ending);
  return text.empty() ? "none" : text;
}

std::string DescribeIdleFaults(const FaultCounts& counts) {
  std::vector<std::string> idle;
  for (const FaultRow& row : FaultTable()) {
    if (!row.MayBeIdle() || counts.Idle(row.fault) == 0) continue;
    idle.push_back(absl::StrCat(WithThousands(counts.Idle(row.fault)), " of ",
                                WithThousands(counts[row.fault]), " ",
                                ToAbsl(row.noun.many)));
  }
  if (idle.empty()) return "";
  return absl::StrCat("faults that struck nothing: ", absl::StrJoin(idle, ", "),
                      "\n");
}

std::string DescribeFaultsAndMix(const TrialResult& result) {
  std::string text = absl::StrCat(
      "  faults in this run: ", DescribeFaults(result.faults), "\n");
  if (!result.mix.empty()) {
    absl::StrAppend(&text, "  drawn from:\n", Indent(Indent(result.mix)));
  }
  return text;
}

std::string ReplayCommand(const TrialOrigin& origin, Seed seed) {
  return absl::StrCat(origin.program, " ", ReplayedTrial(origin, seed),
                      " --trace");
}

std::string DebugCommand(const TrialOrigin& origin, Seed seed, uint64_t event) {
  const std::string& program = origin.debugged_program.empty()
                                   ? origin.program
                                   : origin.debugged_program;
  return absl::StrCat("gdb -ex run --args ", program, " ",
                      ReplayedTrial(origin, seed), " --until=", event,
                      " --break");
}

std::string ShellWord(std::string_view text) {
  const bool is_plain =
      !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
               std::string_view("-_./=+:,@%").find(c) != std::string_view::npos;
      });
  if (is_plain) return std::string(text);
  return absl::StrCat("'", absl::StrReplaceAll(ToAbsl(text), {{"'", "'\\''"}}),
                      "'");
}

std::string TestName(std::string_view scenario) {
  std::string name(scenario);
  for (char& c : name) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name;
}

SweepTotals SweepReport::Totals() const {
  SweepTotals totals;
  for (const ScenarioSweep& sweep : scenarios) totals.Add(sweep.result.totals);
  return totals;
}

uint64_t SweepReport::SeedsPlanned() const {
  uint64_t seeds = 0;
  for (const ScenarioSweep& sweep : scenarios) seeds += sweep.seeds_planned;
  return seeds;
}

ReachedMarks SweepReport::Marks() const {
  std::vector<std::vector<std::string>> to_reach;
  MarkCounts counts;
  for (const ScenarioSweep& sweep : scenarios) {
    to_reach.push_back(sweep.marks);
    AddMarks(sweep.result.marks, counts);
  }
  return FindReachedMarks(to_reach, counts);
}

bool SweepReport::HasGap() const {
  return requires_reached && Totals().seeds >= SeedsPlanned() &&
         !Marks().not_reached.empty();
}

std::string DescribeSweep(const SweepReport& report) {
  TextTable table({{"scenario"},
                   {"seeds", Align::kRight},
                   {"seeds/s", Align::kRight},
                   {"virtual/wall", Align::kRight},
                   {"calls", Align::kRight},
                   {"verdict"}});
  for (const ScenarioSweep& sweep : report.scenarios) {
    const SweepTotals& totals = sweep.result.totals;
    const double virtual_seconds =
        static_cast<double>(totals.virtual_microseconds) / 1e6;
    table.AddRow({sweep.scenario, WithThousands(totals.seeds),
                  Rate(static_cast<double>(totals.seeds), sweep.seconds),
                  Rate(virtual_seconds, sweep.seconds) + "x",
                  InMillions(totals.calls), VerdictOf(sweep)});
  }
  const ReachedMarks marks = report.Marks();
  std::string text = absl::StrCat(table.ToString(), Summary(report),
                                  DescribeIdleFaults(report.Totals().faults),
                                  DescribeMarks(marks));
  if (report.HasGap()) {
    absl::StrAppend(&text, "VIOLATED: ", ToAbsl(kReachedProperty), "\n  ",
                    DescribeGap(marks, report.Totals().seeds), "\n");
  }
  return text;
}

}  // namespace reprise
