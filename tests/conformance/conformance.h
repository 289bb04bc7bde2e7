// The conformance suite: what the headers of sim/env and the synchronisation
// of sim/core promise to code under test, each promise a test that holds on
// every kind of Env.
//
// A test names the sentence that it holds. Where a kind of Env cannot show it,
// the test is skipped there and says why, and GoogleTest counts it. Sentences
// that no test here holds, and why:
//
//   - Requirements ("Requires that ..."): to break one stops the program; the
//     tests of the implementation show with what message.
//   - Costs ("a line costs a branch", "it costs no tasks", "Restart is cheap"):
//     benchmarks.
//   - What is said of traces, digests and reports on deadlocks: only a
//     simulation has them, and sim/world tests them.
//   - Disk errors (DataLoss, Unavailable, ResourceExhausted), torn and garbled
//     sectors: drawn by faults in a simulation (sim/world/disk_faults_test.cc),
//     brought about by failing system calls on a real disk.
//   - "The network may lose, delay, duplicate and reorder": a permission, which
//     the unkind simulated network makes use of in every test.
//   - "Unavailable where the network tells of a loss at once", "where the
//     lookup fails": faults of a simulation; the real lookup cannot fail.
//   - "A paused node": only a simulation pauses nodes.
//   - "All requests are sent at the same instant": time goes on between any two
//     steps on a real machine (sim/world/quorum_call_test.cc).
//   - "A crash never leaves half of a rename", "survives a crash": here a crash
//     ends the node's world; sim/real/unsynced_cut_test.cc cuts the power at
//     each step of a disk.
//   - "WallTime() promises nothing".
//   - "Nothing may swallow the unwinding", "an exception that leaves a task
//     fails the trial": a test would have to fail.
//
// The programs that link the suite say what it runs on, by RigKinds():
// every_env_test.cc on every kind of Env, planted_bugs_test.cc on broken
// ones, to show that the suite finds each bug.

#ifndef TESTS_CONFORMANCE_CONFORMANCE_H_
#define TESTS_CONFORMANCE_CONFORMANCE_H_

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/testing/env_rig.h"

namespace reprise {

struct RigKind {
  std::string name;
  std::function<std::unique_ptr<EnvRig>()> make;
};

inline void PrintTo(const RigKind& kind, std::ostream* out) {
  *out << kind.name;
}

// What the suite of this program runs on.
std::vector<RigKind> RigKinds();
// For INSTANTIATE_TEST_SUITE_P.
std::string RigNameOf(const testing::TestParamInfo<RigKind>& info);

// Long enough for others to get on, and never waited for to the end.
inline constexpr Duration kShort = Milliseconds(15);
inline constexpr Duration kLong = Seconds(30);

class ConformanceTest : public testing::TestWithParam<RigKind> {
 protected:
  EnvRig& rig() { return *rig_; }

  // Why this kind cannot show what `trait` is needed for; none: it can.
  //   if (const auto why = Lacks(RigTrait::kOneThread)) GTEST_SKIP() << *why;
  std::optional<std::string> Lacks(RigTrait trait) const;

  // Adds a node that serves "echo"; "fail", which answers NotFound("no luck");
  // and "never", which does not answer.
  NodeId AddServer(std::string_view name = "server");
  // Runs `main`, which has to end in time and without failure.
  void Run(EnvRig::Program main);

 private:
  const std::unique_ptr<EnvRig> rig_ = GetParam().make();
};

// What AddServer's node runs.
void ServeEcho(Env& env);

// Asks until there is an answer, for some seconds: the network may lose calls.
Bytes Ask(Env& env, NodeId to, std::string_view method, const Bytes& request);

// Lets others run until `condition` holds, for some seconds; returns whether it
// does.
bool WaitUntil(Env& env, const std::function<bool()>& condition);

// The file of this name, made where there is none, with `content` appended.
std::unique_ptr<File> Create(Env& env, std::string_view name,
                             std::string_view content = "");
// What the file has, or "(none)".
std::string ContentOf(Env& env, std::string_view name);

// Calls a function where it is destroyed, as a task unwinds, say.
class AtEnd {
 public:
  explicit AtEnd(std::function<void()> function)
      : function_(std::move(function)) {}
  ~AtEnd() { function_(); }
  AtEnd(const AtEnd&) = delete;
  AtEnd& operator=(const AtEnd&) = delete;

 private:
  const std::function<void()> function_;
};

}  // namespace reprise

#endif  // TESTS_CONFORMANCE_CONFORMANCE_H_
