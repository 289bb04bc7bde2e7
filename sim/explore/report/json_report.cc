#include "reprise/sim/explore/report/json_report.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "reprise/sim/explore/report/reached_marks.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/world/fault_table.h"

namespace reprise {
namespace {

using Json = nlohmann::ordered_json;

std::string Print(const Json& json) {
  return json.dump(2, ' ', /*ensure_ascii=*/false,
                   Json::error_handler_t::replace) +
         "\n";
}

// Wall-clock seconds are not worth more than microseconds.
double Rounded(double seconds) { return std::round(seconds * 1e6) / 1e6; }

double VirtualSeconds(const TrialResult& result) {
  return static_cast<double>(result.virtual_time.nanoseconds()) / 1e9;
}

void AddTotals(Json& json, const SweepTotals& totals, double seconds) {
  json["seeds"] = totals.seeds;
  json["passed"] = totals.passed;
  json["violated"] = totals.violated;
  json["undecided"] = totals.undecided;
  json["seconds"] = Rounded(seconds);
  json["seeds_per_second"] =
      seconds > 0 ? Rounded(static_cast<double>(totals.seeds) / seconds) : 0.0;
}

Json LinesOf(const std::string& text) {
  const std::vector<std::string> lines =
      absl::StrSplit(text, '\n', absl::SkipEmpty());
  return lines;
}

// How often each fault struck.
Json FaultsOf(const FaultCounts& counts) {
  Json faults = Json::object();
  for (const FaultRow& row : FaultTable()) {
    if (!row.IsCounted()) continue;
    faults[std::string(row.noun.json)] = counts[row.fault];
  }
  return faults;
}

// How many of them struck nothing, where that may be.
Json IdleFaultsOf(const FaultCounts& counts) {
  Json faults = Json::object();
  for (const FaultRow& row : FaultTable()) {
    if (!row.MayBeIdle()) continue;
    faults[std::string(row.noun.json)] = counts.Idle(row.fault);
  }
  return faults;
}

void AddMarks(Json& json, const ReachedMarks& marks) {
  json["reached"] = Json::object();
  for (const auto& [name, count] : marks.reached) json["reached"][name] = count;
  json["not_reached"] = marks.not_reached;
}

Json TextOrNull(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

// What was logged at last, where anything was, and what the nodes were.
void AddEvidence(const TrialResult& result, Json& json) {
  if (!result.log.empty()) json["log"] = LinesOf(result.log);
  for (const DescribedNode& node : result.nodes) {
    Json facts = Json::object();
    for (const NodeFact& fact : node.state.facts) facts[fact.name] = fact.value;
    json["nodes"].push_back({{"node", node.name},
                             {"state", node.state.headline},
                             {"facts", std::move(facts)}});
  }
}

Json CountsJson(const TrialCounts& counts) {
  return {{"clients", counts.clients}, {"operations", counts.operations},
          {"servers", counts.servers}, {"faults", counts.faults},
          {"delays", counts.delays},   {"events", counts.events}};
}

void AddShrinking(Json& json, const Shrunk& shrunk) {
  json["before"] = CountsJson(shrunk.before);
  json["after"] = CountsJson(shrunk.after);
  json["is_minimal"] = shrunk.end == ShrinkEnd::kMinimal;
  json["trials"] = shrunk.trials;
  json["seconds"] = Rounded(shrunk.seconds);
}

Json Classes(const SweepReport& report) {
  Json classes = Json::array();
  for (const ScenarioSweep& sweep : report.scenarios) {
    for (const FoundClass& found : sweep.classes) {
      Json json{{"scenario", sweep.scenario},
                {"property", found.failure.property},
                {"class", found.failure.shape},
                {"count", found.count},
                {"first_seed", found.first_seed.value()},
                {"fastest_seed", found.fastest_seed.value()},
                {"replay_file", TextOrNull(found.replay_file)},
                {"report", TextOrNull(found.page)}};
      if (found.shrunk) AddShrinking(json, *found.shrunk);
      classes.push_back(std::move(json));
    }
  }
  return classes;
}

Json Failures(const SweepReport& report) {
  Json failures = Json::array();
  for (const ScenarioSweep& sweep : report.scenarios) {
    for (size_t i = 0; i < sweep.result.violated.size(); ++i) {
      const TrialResult& result = sweep.result.violated[i];
      failures.push_back({{"scenario", sweep.scenario},
                          {"seed", result.seed.value()},
                          {"property", result.verdict.property},
                          {"message", result.verdict.message},
                          {"replay_file", TextOrNull(sweep.replay_files[i])}});
      AddEvidence(result, failures.back());
    }
  }
  // A gap is nobody's: it takes all seeds of all scenarios.
  if (report.HasGap()) {
    failures.push_back(
        {{"scenario", nullptr},
         {"seed", nullptr},
         {"property", std::string(kReachedProperty)},
         {"message", DescribeGap(report.Marks(), report.Totals().seeds)},
         {"replay_file", nullptr}});
  }
  return failures;
}

// Of entries with a name and a line about it.
template <typename Entries>
Json NamesOf(const Entries& entries) {
  Json names = Json::array();
  for (const auto& entry : entries) {
    names.push_back({{"name", std::string(entry.name)},
                     {"about", std::string(entry.about)}});
  }
  return names;
}

}  // namespace

std::string SweepJson(const SweepReport& report) {
  Json json;
  AddTotals(json, report.Totals(), report.seconds);
  json["failures"] = Failures(report);
  json["classes"] = Classes(report);
  if (report.scenarios.size() > 1) {
    json["scenarios"] = Json::array();
    for (const ScenarioSweep& sweep : report.scenarios) {
      Json part{{"name", sweep.scenario}};
      AddTotals(part, sweep.result.totals, sweep.seconds);
      json["scenarios"].push_back(part);
    }
  }
  AddMarks(json, report.Marks());
  json["faults"] = FaultsOf(report.Totals().faults);
  json["faults_idle"] = IdleFaultsOf(report.Totals().faults);
  return Print(json);
}

std::string ReplayJson(std::string_view scenario, const TrialResult& result,
                       const std::vector<std::string>& marks,
                       const ReplayComparison* comparison) {
  Json json{{"scenario", std::string(scenario)},
            {"seed", result.seed.value()},
            {"verdict", std::string(VerdictName(result.verdict.kind))},
            {"property", result.verdict.property},
            {"message", result.verdict.message},
            {"digest", absl::StrFormat("%016x", result.digest)},
            {"events", result.events},
            {"virtual_seconds", VirtualSeconds(result)},
            {"rpcs", result.network.calls},
            {"operations", result.operations},
            {"faults", FaultsOf(result.faults)},
            {"faults_idle", IdleFaultsOf(result.faults)},
            {"mix", LinesOf(result.mix)}};
  AddMarks(json, FindReachedMarks({marks}, result.marks));
  AddEvidence(result, json);
  if (comparison != nullptr) {
    json["plays_alike"] = comparison->is_alike;
    json["unused_decisions"] = comparison->unused_decisions;
    if (comparison->first_difference) {
      json["first_difference"] = {comparison->first_difference->first,
                                  comparison->first_difference->last};
    }
  }
  return Print(json);
}

std::string ShrinkJson(std::string_view scenario, const Shrunk& shrunk,
                       const std::string& replay_file,
                       const FailureStory& story) {
  const Verdict& verdict = shrunk.trial.result.verdict;
  Json json{{"scenario", std::string(scenario)},
            {"seed", shrunk.timeline.seed.value()},
            {"property", verdict.property},
            {"class", shrunk.failure.shape},
            {"message", verdict.message},
            {"story", story.sentences}};
  AddShrinking(json, shrunk);
  json["replay_file"] = TextOrNull(replay_file);
  json["report"] = TextOrNull(story.page);
  return Print(json);
}

std::string NothingToShrinkJson(std::string_view scenario, Seed seed,
                                const std::string& message) {
  return Print({{"scenario", std::string(scenario)},
                {"seed", seed.value()},
                {"property", ""},
                {"class", ""},
                {"message", message},
                {"story", Json::array()},
                {"before", nullptr},
                {"after", nullptr},
                {"is_minimal", false},
                {"trials", 0},
                {"seconds", 0.0},
                {"replay_file", nullptr},
                {"report", nullptr}});
}

std::string LabJson(const std::vector<LabTest>& tests) {
  Json list = Json::array();
  for (const LabTest& test : tests) {
    const TrialResult& result = test.result;
    list.push_back({{"name", test.name},
                    {"title", test.title},
                    {"passed", result.verdict.kind == VerdictKind::kHolds},
                    {"seconds", VirtualSeconds(result)},
                    {"rpcs", result.network.calls},
                    {"operations", result.operations},
                    {"held_bytes", result.held_bytes},
                    {"limit_bytes", result.limit_bytes}});
  }
  return Print({{"tests", list}});
}

std::string ListJson(const Catalog& catalog) {
  Json bugs = Json::array();
  for (const PlantedBug& bug : catalog.bugs) {
    bugs.push_back({{"name", bug.name},
                    {"about", bug.about},
                    {"scenario", bug.scenario},
                    {"property", bug.property},
                    {"source", bug.source}});
  }
  return Print({{"scenarios", NamesOf(catalog.scenarios)},
                {"faults", NamesOf(FaultTable())},
                {"presets", NamesOf(catalog.presets)},
                {"models", NamesOf(ModelsOf(catalog))},
                {"bugs", bugs}});
}

}  // namespace reprise
