// Verdict: how one trial ended, and what a trial measured on the way.
//
// Guarantees: a trial `holds` only if the scenario stated at least one property
// and none was violated and no budget ran out; `undecided` is never a pass. The
// first violation names the verdict, later ones are kept in `also`.
//
//   if (result.verdict.kind == VerdictKind::kViolated) {
//     std::cerr << result.verdict.property << ": " << result.verdict.message;
//   }

#ifndef REPRISE_SIM_EXPLORE_TRIAL_VERDICT_H_
#define REPRISE_SIM_EXPLORE_TRIAL_VERDICT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/mark_list.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/network_counters.h"

namespace reprise {

enum class VerdictKind : uint8_t { kHolds, kViolated, kUndecided };

// "holds", "violated", "undecided".
std::string_view VerdictName(VerdictKind kind);
std::optional<VerdictKind> VerdictNamed(std::string_view name);

// One violated property: its lower-case-with-hyphens name and the evidence.
struct Finding {
  std::string property;
  std::string message;

  friend bool operator==(const Finding&, const Finding&) = default;
};

struct Verdict {
  VerdictKind kind = VerdictKind::kHolds;
  // The violated property; empty unless violated.
  std::string property = {};
  // The evidence of a violation, or why the trial is undecided. Its first line
  // is one whole sentence.
  std::string message = {};
  // The operations that contradict each other, by their numbers in the trace,
  // in the order of their calls; empty unless the property is of a history.
  std::vector<uint64_t> operations = {};
  std::vector<Finding> also = {};
  // Whether it is undecided for a reason that may come and go with the machine:
  // it had no memory left, or a watchdog lost its patience.
  bool depends_on_machine = false;

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

// What one trial did. The result of a trial that holds has no text, so that a
// sweep can afford one for each of millions of seeds.
struct TrialResult {
  Seed seed = {};
  Verdict verdict = {};
  uint64_t digest = 0;
  uint64_t events = 0;
  VirtualTime virtual_time = {};
  uint64_t operations = 0;  // Invoked by clients, completed or not.
  NetworkCounters network = {};
  FaultCounts faults = {};
  // How often each mark was met; see sim/core/mark_list.h.
  MarkCounts marks = {};
  // The fault mix in words, a line for each source; empty for a trial that
  // holds and was not recorded.
  std::string mix = {};
  // The last lines that the nodes concerned logged, a line each; empty for a
  // trial that holds, or was neither recorded nor to stop at a point
  // (TrialOptions::until).
  std::string log = {};
  // What the nodes were when the trial was violated, where its scenario says so
  // (Trial::DescribeNodes); empty for a trial that was not recorded.
  std::vector<DescribedNode> nodes = {};
  // The nodes that a request or a one-way message came to, by their names;
  // empty for a trial that was neither recorded nor to stop at a point.
  std::vector<std::string> servers = {};
  // What Trial::ReportMemory said; zero where a scenario measures none.
  uint64_t held_bytes = 0;
  uint64_t limit_bytes = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_VERDICT_H_
