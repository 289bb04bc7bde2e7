// Scenario and Catalog: what there is to run.
//
// A scenario is a program that builds a world, runs a workload and states the
// properties. A catalog lists scenarios, planted bugs, fault presets and
// models; it is a plain value, made by a function and handed to Main() or to a
// test. There is no registry.
//
//   Catalog MyCatalog() {
//     return {.scenarios = {{.name = "echo",
//                            .about = "one client",
//                            .run = Echo,
//                            .sweep_seeds = 1000}},
//             .presets = Presets()};
//   }

#ifndef REPRISE_SIM_EXPLORE_TRIAL_SCENARIO_H_
#define REPRISE_SIM_EXPLORE_TRIAL_SCENARIO_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "reprise/checker/model/named_model.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/text.h"
#include "reprise/sim/world/presets.h"

namespace reprise {

class Trial;

// In Scenario::marks: that there are none. No mark can have such a name.
inline constexpr char kNoMarks[] = "(none)";

struct Scenario {
  // Lower-case-with-hyphens, unique in its catalog.
  std::string name = {};
  // One line for `list`.
  std::string about = {};
  // Called once a trial, in processes that are forked from the one that made
  // the catalog: what it changes outside of its trial is lost.
  std::function<void(Trial&)> run = {};
  // How many seeds a sweep runs that names neither scenario nor seeds. 0: such
  // a sweep leaves it out, as it does a canary that always fails.
  uint64_t sweep_seeds = 100;
  // What a trial may take; one that needs more is undecided. Some times what
  // the slowest seed takes is a good size: a trial that never ends costs no
  // more than that. Steps are events fired, some millions a second.
  uint64_t max_steps = 10'000'000;
  VirtualTime max_time = VirtualTime::Seconds(100'000);
  // The marks that this scenario is to reach, by their names or the beginnings
  // of their names, such as "kv.server.", or kNoMarks. Empty: all marks of the
  // program.
  std::vector<std::string> marks = {};
  // Whether its properties but liveness hold whichever of its nodes are missing
  // from the beginning. Then shrinking leaves nodes out also where the whole
  // run fails without a fault.
  bool lets_nodes_be_missing = false;
  // The title in the output of `lab`; empty: not one of the lab's tests.
  std::string lab_title = {};
  // The test target that sweeps it, for a violation's `bazel:` line; may be
  // empty.
  std::string bazel_test = {};
};

// A bug that someone put in on purpose. `sweep --bug=name` finds `property`
// violated in `scenario`; scenarios ask for it by Trial::bug().
struct PlantedBug {
  std::string name = {};
  std::string about = {};
  std::string scenario = {};
  std::string property = {};
  // The events that its author would blame, as patterns of the line that a
  // trace prints, with single blanks: "*" stands for any text, "?" for one
  // character. "the start": no event, because the workload alone fails.
  std::vector<std::string> blamed = {};
  // Where the bug was seen in the wild: an address or a paper; empty for one of
  // our own making.
  std::string source = {};
};

struct Catalog {
  std::vector<Scenario> scenarios = {};
  std::vector<PlantedBug> bugs = {};
  std::vector<Preset> presets = {};
  // Models of one's own, which `check` judges by beside the project's.
  std::vector<checker::NamedModel> models = {};
  // How users call this program, for lines that they can copy.
  std::string program = "tools/reprise";
  // What a debugger is to run, where `program` is a script; else empty.
  std::string debugged_program = {};
  // How a trace prints messages and operations of these scenarios.
  TextOptions text = {};
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_SCENARIO_H_
