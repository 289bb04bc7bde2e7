// RecordedRaftClerk: a kv::ReplicatedClerk whose operations are recorded.
//
// An operation of which nobody knows whether it took effect stays open in the
// history; what the client does after it is that of another one there.
//
//   RecordedRaftClerk clerk(recorder, env, servers, {}, /*client=*/0, 4);
//   clerk.Put("k", "a");

#ifndef TESTS_SCENARIOS_RAFT_RECORDED_RAFT_CLERK_H_
#define TESTS_SCENARIOS_RAFT_RECORDED_RAFT_CLERK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/kv/leader_caller.h"
#include "reprise/kv/replicated_clerk.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/env.h"

namespace reprise {

class RecordedRaftClerk {
 public:
  // `client` is its number in the history; those from `clients` on, in steps of
  // `clients`, are those that it goes on as.
  RecordedRaftClerk(Recorder<checker::KeyValueModel>& recorder, Env& env,
                    std::vector<NodeId> servers,
                    const kv::LeaderCallerOptions& options, int client,
                    int clients);

  // The value of `key`; none: the node crashes.
  std::optional<std::string> Get(std::string_view key);
  // Whether it is known to have taken effect.
  bool Put(std::string_view key, std::string_view value);
  bool Append(std::string_view key, std::string_view value);

 private:
  checker::OperationId Invoke(checker::OperationKind kind, std::string_view key,
                              std::string_view value);
  bool Return(checker::OperationId id,
              const absl::StatusOr<std::string>& output);

  Recorder<checker::KeyValueModel>& recorder_;
  checker::Caller caller_;
  int clients_;
  kv::ReplicatedClerk clerk_;
};

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_RECORDED_RAFT_CLERK_H_
