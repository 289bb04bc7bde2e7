// Runs, for each planted bug, the test of the conformance suite that must
// notice it, and once more without the bug, where the test must pass.

#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/offers.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/testing/env_rig.h"
#include "reprise/sim/world/faults.h"
#include "tests/conformance/conformance.h"
#include "tests/conformance/planted_bug.h"
#include "tests/conformance/simulated_rig.h"

namespace reprise {
namespace {

constexpr std::string_view kNoBug = "NoBug";

// Shows each bug: nothing is lost, but for what a crash finds unsynced.
FaultMix Faults() {
  FaultMix faults = KindFaults();
  faults.disks = UnkindFaults().disks;
  return faults;
}

// A simulation whose programs see the Env that the bug makes of theirs.
class BrokenRig final : public EnvRig {
 public:
  explicit BrokenRig(PlantedBug bug) : bug_(std::move(bug)), rig_(Faults()) {}

  bool Has(RigTrait trait) const override { return rig_.Has(trait); }
  NodeId AddNode(std::string_view name, Program program) override {
    return rig_.AddNode(name, Break(std::move(program)));
  }
  absl::Status Run(Program main) override {
    return rig_.Run(Break(std::move(main)));
  }
  void Crash(NodeId node) override { rig_.Crash(node); }
  void Restart(NodeId node) override { rig_.Restart(node); }
  std::vector<std::string> LoggedLines() const override {
    return rig_.LoggedLines();
  }
  const Offers* offers() const override { return rig_.offers(); }

 private:
  Program Break(Program program) {
    return [this, program = std::move(program)](Env& env) {
      program(*envs_.emplace_back(bug_.plant(env)));
    };
  }

  const PlantedBug bug_;
  std::vector<std::unique_ptr<Env>> envs_;  // Tasks use them until Run is over.
  SimulatedRig rig_;
};

std::vector<PlantedBug> Bugs() {
  std::vector<PlantedBug> bugs;
  for (const auto& list :
       {BugsOfClocksAndTasks(), BugsOfNetworks(), BugsOfDisks()}) {
    bugs.insert(bugs.end(), list.begin(), list.end());
  }
  return bugs;
}

// Tells of each test in a line, and counts those that are not as expected.
class Judge final : public testing::EmptyTestEventListener {
 public:
  int tests() const { return tests_; }
  int wrong() const { return wrong_; }

 private:
  void OnTestEnd(const testing::TestInfo& test) override {
    const bool is_broken =
        std::string_view(test.name()).find(kNoBug) == std::string_view::npos;
    const bool is_noticed = test.result()->Failed();
    const bool is_right = is_noticed == is_broken && !test.result()->Skipped();
    std::cout << (is_right ? "right: " : "WRONG: ")
              << (is_noticed ? "fails  " : "passes ") << test.name() << "\n";
    ++tests_;
    wrong_ += is_right ? 0 : 1;
  }

  int tests_ = 0;
  int wrong_ = 0;
};

// "Rigs/ClockTest.NowNeverGoesBack/ClockGoesBack:...", and without a bug.
std::string Filter() {
  std::string filter;
  for (const PlantedBug& bug : Bugs()) {
    for (const std::string_view name : {std::string_view(bug.name), kNoBug}) {
      absl::StrAppend(&filter, "Rigs/", bug.noticer, "/", std::string(name),
                      ":");
    }
  }
  return filter;
}

}  // namespace

std::vector<RigKind> RigKinds() {
  std::vector<RigKind> kinds = {
      {std::string(kNoBug),
       [] { return std::make_unique<SimulatedRig>(Faults()); }}};
  for (const PlantedBug& bug : Bugs()) {
    kinds.push_back(
        {bug.name, [bug] { return std::make_unique<BrokenRig>(bug); }});
  }
  return kinds;
}

int JudgeTheSuite() {
  testing::GTEST_FLAG(filter) = Filter();
  testing::TestEventListeners& listeners =
      testing::UnitTest::GetInstance()->listeners();
  delete listeners.Release(listeners.default_result_printer());
  auto* judge = new Judge();
  listeners.Append(judge);
  // The bugs fail it, as they should.
  const int ignored = RUN_ALL_TESTS();
  const int bugs = static_cast<int>(Bugs().size());
  std::cout << bugs << " bugs; of " << judge->tests() << " tests, "
            << judge->wrong() << " went wrong (" << ignored << ")\n";
  return judge->tests() > bugs && judge->wrong() == 0 ? 0 : 1;
}

}  // namespace reprise

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  return reprise::JudgeTheSuite();
}
