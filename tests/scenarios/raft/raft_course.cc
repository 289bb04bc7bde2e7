#include "tests/scenarios/raft/raft_course.h"

namespace reprise {
namespace {

// So soon after the faults all work is done.
constexpr Duration kProgressMax = Seconds(20);
// Then what is still on its way arrives, and who is behind catches up; and then
// all is calm for so long.
constexpr Duration kSettle = Milliseconds(700);
constexpr Duration kCalm = Milliseconds(300);

}  // namespace

bool RaftCourse::Finishes(VirtualTime faults_end) {
  return trial_.RunWithLiveness({.faults_end = faults_end,
                                 .bound = kProgressMax,
                                 .is_done = [this] { return running_ == 0; }});
}

void RaftCourse::Rest(Node& node) {
  Start(node, [this](Env& env) {
    env.clock().SleepFor(kSettle);
    servers_.JudgeAtRest();
  });
  trial_.RunCalm({.settle = kSettle, .length = kCalm, .look = [this] {
                    servers_.properties().BeginCalm();
                  }});
}

void RaftCourse::End() {
  trial_.End();
  servers_.JudgeMemory();
}

}  // namespace reprise
