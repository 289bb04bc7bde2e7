// RaftCourse: how a trial of a replicated state machine goes. Servers run
// through faults while clients work; then all work must be done soon, and then
// all must rest.
//
//   RaftCourse course(trial, servers);
//   course.Start(node, [&](Env& env) { ... });
//   if (course.Finishes(VirtualTime() + setup.faults_length)) {
//     course.Rest(node);
//   }
//   course.End();

#ifndef TESTS_SCENARIOS_RAFT_RAFT_COURSE_H_
#define TESTS_SCENARIOS_RAFT_RAFT_COURSE_H_

#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/node.h"
#include "tests/scenarios/raft/raft_servers.h"

namespace reprise {

class RaftCourse {
 public:
  // Both must outlive it, and it the world.
  RaftCourse(Trial& trial, RaftServers& servers)
      : trial_(trial), servers_(servers) {}
  RaftCourse(const RaftCourse&) = delete;
  RaftCourse& operator=(const RaftCourse&) = delete;

  // Runs `work` on `node`, unless that is left out. It is to be done.
  template <typename Work>
  void Start(Node& node, Work work) {
    if (node.IsLeftOut()) return;
    BeginWork();
    node.Spawn([this, work](Env& env) {
      work(env);
      FinishWork();
    });
  }
  // The same for work that is begun otherwise, and may be interrupted.
  void BeginWork() { ++running_; }
  void FinishWork() { --running_; }

  // Ends the faults at that time, and runs until all work is done. Property
  // "liveness".
  bool Finishes(VirtualTime faults_end);
  // Lets all come to rest, and watches over a calm. Properties "bounded-log"
  // and "no-election-in-calm". `node`: where the servers' files are looked at.
  void Rest(Node& node);
  // Ends the world. Property "memory-bound".
  void End();

 private:
  Trial& trial_;
  RaftServers& servers_;
  int running_ = 0;
};

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_RAFT_COURSE_H_
