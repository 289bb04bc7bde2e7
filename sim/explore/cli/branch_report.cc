#include "reprise/sim/explore/cli/branch_report.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/branch/failure_need.h"
#include "reprise/sim/explore/branch/necessary_faults.h"
#include "reprise/sim/explore/branch/timed_run.h"
#include "reprise/sim/explore/branch/turning_point.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/edits.h"

namespace reprise::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kBarColumns = 30;
// A run that fails that often from the start on has no one cause.
constexpr double kOften = 0.5;

std::string Print(const Json& json) {
  return json.dump(2, ' ', /*ensure_ascii=*/false,
                   Json::error_handler_t::replace) +
         "\n";
}

std::string Percent(double share) {
  return absl::StrFormat("%.0f %%", share * 100);
}

// "22 % (15 to 31)".
std::string PercentOf(const CurvePoint& point) {
  const Share share = ShareOf(point);
  return absl::StrFormat("%s (%.0f to %.0f)", Percent(share.middle),
                         share.low * 100, share.high * 100);
}

// The point that is the turning point's: the first at its event or behind.
bool IsTurn(const Turning& turning, const CurvePoint& point) {
  return point.event == turning.after.event;
}

std::string DescribeCurve(const Turning& turning) {
  TextTable table({{"  event", Align::kRight},
                   {"virtual time", Align::kRight},
                   {"fails, of 100 %", Align::kLeft, kBarColumns},
                   {"", Align::kLeft},
                   {"trials", Align::kRight},
                   {"", Align::kLeft}});
  for (const CurvePoint& point : turning.curve.points) {
    table.AddRow({WithThousands(point.event), FormatTime(point.time),
                  BarOf(ShareOf(point), kBarColumns), PercentOf(point),
                  WithThousands(point.trials),
                  IsTurn(turning, point) ? "<- it turns" : ""});
  }
  return absl::StrCat(
      "  how often it fails when other seeds answer after an event, with the\n"
      "  interval of 95 %:\n",
      table.ToString());
}

std::string DescribeTurn(const Causes& causes) {
  const Turning& turning = causes.turning;
  if (turning.after.trials == 0) return "";
  std::string text;
  if (causes.need == FailureNeed::kNothing) {
    text = absl::StrFormat(
        "  turns at the start: the whole workload fails by other seeds, too, "
        "when all is calm;\n    what is left of it fails %s\n",
        PercentOf(turning.after));
  } else if (turning.builds_up) {
    text = absl::StrFormat(
        "  turns at the start: %s fail from there, and no event makes up most "
        "of the rise\n",
        PercentOf(turning.after));
  } else if (turning.before.trials == 0) {
    text = absl::StrFormat(
        "  turns at the start: whatever the seeds answer, it fails %s\n",
        PercentOf(turning.after));
  } else {
    text = absl::StrFormat(
        "  turns at event %s: %s\n    before it %s fail, after it %s\n",
        WithThousands(turning.curve.turning_point.value_or(0)),
        turning.curve.turning_text, PercentOf(turning.before),
        PercentOf(turning.after));
  }
  if (causes.run.keeps_faults) {
    text +=
        "    the whole workload fails by other seeds without any fault, too: "
        "its faults stay\n";
  }
  if (turning.end == TurningEnd::kTrials) {
    text +=
        "    more trials (--trials) would tell its neighbours better apart\n";
  }
  const CurvePoint& first = turning.curve.points.front();
  if (first.event == 0 && turning.before.trials > 0 &&
      ShareOf(first).middle > kOften) {
    text +=
        "    it often fails anyway: where it is shrunk first, one cause is "
        "left\n";
  }
  return text;
}

std::string DescribeNecessary(const Causes& causes, const TextOptions& text) {
  const NecessaryFaults& necessary = causes.necessary;
  if (necessary.faults == 0) return "  no fault happens in this run\n";
  std::string lines = absl::StrFormat(
      "  of %s, %s alone, made calm, save%s the run%s\n",
      Count(necessary.faults, "fault"),
      necessary.places.empty() ? "none"
                               : WithThousands(necessary.places.size()),
      necessary.places.size() > 1 ? "" : "s",
      necessary.places.empty() ? "" : ":");
  for (const size_t place : necessary.places) {
    const TimedDecision& fault = causes.run.decisions[place];
    absl::StrAppend(&lines, "    ", NameOf(fault.decision), "\n      event ",
                    WithThousands(fault.event), ": ",
                    TextOfEvent(causes.run, fault.event, text), "\n");
  }
  if (necessary.trials < necessary.faults) {
    absl::StrAppend(&lines, "    only the first ",
                    WithThousands(necessary.trials), " were tried\n");
  }
  return lines;
}

// Where the runs were re-seeded.
std::string DescribeInstants(const FixedCheck& check) {
  if (check.instants.size() != 1) {
    return absl::StrCat("after ", check.instants.size(),
                        " instants of its last decisions");
  }
  const VirtualTime instant = check.instants.front();
  if (instant == kBeforeTheStart) return "from the start";
  return absl::StrCat("after ", FormatTime(instant),
                      check.before ? ", where it turned" : "");
}

std::string DescribeCertainty(const FixedCheck& check) {
  if (!check.needed) {
    return absl::StrFormat(
        "  the file does not say how often it failed (`branch FILE --out=DIR` "
        "on the old code\n  saves that); it is 99 %% sure that fewer than %.2g "
        "%% of such runs fail\n",
        ShareAfterCleanRuns(check.runs) * 100);
  }
  std::string text = absl::StrFormat(
      "  before the fix %s failed there (95 %%: %.0f to %.0f): %s make%s it "
      "99 %% sure that the\n  bug is gone",
      Percent(check.before->middle), check.before->low * 100,
      check.before->high * 100, Count(*check.needed, "clean run"),
      *check.needed == 1 ? "s" : "");
  if (check.runs < *check.needed) {
    absl::StrAppend(&text, "; there were only ", WithThousands(check.runs));
  }
  return text + "\n";
}

Json PointJson(const CurvePoint& point) {
  return {
      {"event", point.event},
      {"virtual_seconds", static_cast<double>(point.time.nanoseconds()) / 1e9},
      {"failures", point.failures},
      {"trials", point.trials}};
}

Json TurnJson(const Turning& turning) {
  if (turning.after.trials == 0) return nullptr;
  return {{"event", turning.curve.turning_point.value_or(0)},
          {"text", turning.curve.turning_text},
          {"before", turning.before.trials == 0 ? Json(nullptr)
                                                : PointJson(turning.before)},
          {"after", PointJson(turning.after)}};
}

Json NeedJson(const Causes& causes) {
  if (!causes.need) return nullptr;
  switch (*causes.need) {
    case FailureNeed::kNothing:
      return "nothing";
    case FailureNeed::kDelays:
      return "delays";
    case FailureNeed::kFaults:
      break;
  }
  return "faults";
}

Json NecessaryJson(const Causes& causes, const TextOptions& text) {
  Json faults = Json::array();
  for (const size_t place : causes.necessary.places) {
    const TimedDecision& fault = causes.run.decisions[place];
    faults.push_back({{"decision", NameOf(fault.decision)},
                      {"value", fault.decision.value},
                      {"event", fault.event},
                      {"text", TextOfEvent(causes.run, fault.event, text)}});
  }
  return faults;
}

}  // namespace

std::string DescribeCauses(const Causes& causes, const TextOptions& text) {
  return DescribeCurve(causes.turning) + DescribeTurnAndFaults(causes, text);
}

std::string DescribeTurnAndFaults(const Causes& causes,
                                  const TextOptions& text) {
  return DescribeTurn(causes) + DescribeNecessary(causes, text);
}

std::optional<ExpectedTurn> ExpectedTurnOf(const Causes& causes) {
  const CurvePoint& turn = causes.turning.after;
  const CurvePoint& share = causes.run.keeps_faults ? causes.drawn : turn;
  if (share.trials == 0) return std::nullopt;
  return ExpectedTurn{.event = causes.turning.curve.turning_point.value_or(0),
                      .instant = turn.time,
                      .failures = share.failures,
                      .trials = share.trials};
}

std::string BarOf(const Share& share, int columns) {
  const auto places = [&](double part) {
    return static_cast<int>(std::lround(part * columns));
  };
  const int low = places(share.low);
  const int middle = std::max(low, places(share.middle));
  const int high = std::max(middle, places(share.high));
  std::string bar;
  for (int i = 0; i < columns; ++i) {
    bar += i < low ? '#' : i < middle ? '+' : i < high ? '-' : ' ';
  }
  return bar;
}

std::string CausesJson(std::string_view scenario, const Causes& causes,
                       const TextOptions& text, double seconds) {
  const TrialResult& result = causes.run.result();
  Json curve = Json::array();
  for (const CurvePoint& point : causes.turning.curve.points) {
    curve.push_back(PointJson(point));
  }
  const Json json{{"scenario", std::string(scenario)},
                  {"seed", result.seed.value()},
                  {"verdict", std::string(VerdictName(result.verdict.kind))},
                  {"property", result.verdict.property},
                  {"message", result.verdict.message},
                  {"digest", absl::StrFormat("%016x", result.digest)},
                  {"curve", curve},
                  {"turning_point", TurnJson(causes.turning)},
                  {"need", NeedJson(causes)},
                  {"necessary_faults", NecessaryJson(causes, text)},
                  {"faults", causes.necessary.faults},
                  {"faults_tried", causes.necessary.trials},
                  {"trials", causes.trials},
                  {"seconds", std::round(seconds * 1e6) / 1e6}};
  return Print(json);
}

std::string DescribeFixed(const FixedCheck& check) {
  if (check.run.result().verdict.kind != VerdictKind::kHolds) {
    return "  the file itself does not hold, so nothing is re-seeded\n";
  }
  std::string text = absl::StrFormat(
      "  re-seeded %s: of %s %s hold%s\n", DescribeInstants(check),
      Count(check.runs, "run"),
      WithThousands(check.runs - check.failures - check.undecided),
      check.failures > 0
          ? absl::StrFormat(", %s fail%s", WithThousands(check.failures),
                            check.failures == 1 ? "s" : "")
          : "");
  if (check.undecided > 0) {
    absl::StrAppend(&text, "  ", Count(check.undecided, "run"),
                    " could not be decided\n");
  }
  if (check.failures == 0 && check.undecided == 0) {
    text += DescribeCertainty(check);
  }
  return text;
}

std::string FixedJson(std::string_view scenario, const FixedCheck& check) {
  const TrialResult& result = check.run.result();
  Json fixed{{"runs", check.runs},
             {"failures", check.failures},
             {"undecided", check.undecided},
             {"share_before",
              check.before ? Json(check.before->middle) : Json(nullptr)},
             {"needed", check.needed ? Json(*check.needed) : Json(nullptr)}};
  fixed["instants"] = Json::array();
  for (const VirtualTime instant : check.instants) {
    fixed["instants"].push_back(
        static_cast<double>(std::max(instant, VirtualTime()).nanoseconds()) /
        1e9);
  }
  const Verdict& failure = check.failure.verdict;
  if (check.failures > 0) {
    fixed["failure"] = {{"property", failure.property},
                        {"message", failure.message}};
  }
  return Print({{"scenario", std::string(scenario)},
                {"seed", result.seed.value()},
                {"verdict", std::string(VerdictName(result.verdict.kind))},
                {"property", result.verdict.property},
                {"message", result.verdict.message},
                {"digest", absl::StrFormat("%016x", result.digest)},
                {"fixed", fixed}});
}

}  // namespace reprise::cli
