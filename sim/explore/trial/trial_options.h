// TrialOptions: everything about a trial that is not in the scenario's code;
// and what the scenario gives to a trial: options it asks for, properties by
// name, and Liveness.
//
//   RunTrial(scenario, {.seed = Seed(7), .options = {{"clients", 5}}});

#ifndef REPRISE_SIM_EXPLORE_TRIAL_TRIAL_OPTIONS_H_
#define REPRISE_SIM_EXPLORE_TRIAL_TRIAL_OPTIONS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/checker/history/verdict.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/begun_operation.h"
#include "reprise/sim/trace/digest_trail.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/edits.h"

namespace reprise {

class World;

// The value of one of a scenario's options, such as {"clients", 5}.
struct OptionValue {
  std::string name;
  int64_t value = 0;

  friend bool operator==(const OptionValue&, const OptionValue&) = default;
};

// What an option may be, both ends included.
struct OptionRange {
  int64_t first = 1;
  int64_t last = 100'000'000;
};

// Is told of what a scenario does with its trial, as it happens.
class TrialLog {
 public:
  // The scenario asks for an option and gets this value.
  virtual void OnOption(const OptionValue& option) = 0;
  // Where decisions are recorded: a client begins an operation.
  virtual void OnOperation(const BegunOperation& /*operation*/) {}
  // It has made its world, which lasts as long as the trial.
  virtual void OnWorld(const World& world) = 0;

 protected:
  ~TrialLog() = default;
};

// Where a trial is to stop, for a debugger: after so many events, or after the
// first event from a time on.
struct StopPoint {
  std::optional<uint64_t> events = {};
  std::optional<VirtualTime> time = {};
  // Also raises SIGTRAP there, so that a debugger takes over.
  bool raises_trap = false;
};

// Everything about a trial that is not in the scenario's code.
struct TrialOptions {
  Seed seed = {};
  // The planted bug; "" is the correct system.
  std::string bug = {};
  // Replace the defaults that the scenario asks with. One that it does not ask
  // for changes nothing; commands and sweeps under GoogleTest refuse it.
  std::vector<OptionValue> options = {};
  // What is said about the run beyond its seed; null: nothing. Not owned.
  const Edits* edits = nullptr;
  // Keeps the decisions that differ from calm; slower.
  bool record_decisions = false;
  // Told of what happens and of recorded decisions as they fall; may be null.
  // Not owned.
  TrialLog* log = nullptr;
  DecisionLog* decision_log = nullptr;
  // Sees each event of the world; may be null. Not owned.
  TraceSink* sink = nullptr;
  // Whether `sink` is also shown asides (sim/trace/event.h): the memory that
  // nodes hold along the way, what they are by the words of the scenario
  // (Trial::DescribeNodes), and the orders that checks of the histories find,
  // which takes some checks more, within a quarter of the budget. What nodes
  // were at a violation is among them where decisions are recorded. Changes
  // nothing else.
  bool shows_asides = false;
  // Keeps digests along the way; may be null. Not owned.
  DigestTrail* trail = nullptr;
  // Where marks are counted, by Mark::number(); empty: in the trial's arena.
  // Not owned.
  std::span<uint64_t> mark_counts = {};
  // Lines of logs that are shown to `sink` and, of a violation that is
  // recorded, kept as evidence.
  LogLevel log_level = LogLevel::kInfo;
  // Ends the trial early, undecided.
  std::optional<StopPoint> until = {};
  // Running out of any of them leaves the trial undecided. None: as much as
  // the scenario is sized to (scenario.h), or else the world's own default.
  std::optional<uint64_t> max_steps = {};
  std::optional<VirtualTime> max_time = {};
  checker::Budget checker_budget = {};
};

// The property that is violated by calls that the sandbox forbids.
inline constexpr std::string_view kSandboxProperty = "sandbox";
// The property that is violated by code that throws, and in a process of its
// own (sim/explore/isolation) also by code that ends the process.
inline constexpr std::string_view kNoCrashProperty = "no-crash";
// The properties that are violated by a system that gets stuck: by one in which
// nothing is left to happen while tasks still wait, and by one that does no
// work any more when faults are over.
inline constexpr std::string_view kNoDeadlockProperty = "no-deadlock";
inline constexpr std::string_view kLivenessProperty = "liveness";
// Whether that property is one of them.
constexpr bool IsStuck(std::string_view property) {
  return property == kNoDeadlockProperty || property == kLivenessProperty;
}
// The property that is violated by a scenario that ends before its world does.
inline constexpr std::string_view kWorldEndedProperty = "world-ended";

// When faults end, and how soon after that the work must be done.
struct Liveness {
  VirtualTime faults_end = {};
  Duration bound = {};
  // Nodes that are healthy from then on, and the links among them; what befell
  // others may stay. Empty: every node.
  std::vector<NodeId> core = {};
  // Whether the work is done; null: it is when every task of the core has ended
  // or is at rest.
  std::function<bool()> is_done = {};
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_TRIAL_OPTIONS_H_
