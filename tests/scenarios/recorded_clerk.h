// RecordedClerk: a kv::Clerk whose operations enter the trial's history.
//
//   RecordedClerk clerk(trial, env, server, /*client=*/0);
//   clerk.Put("k", "a");  // Invoked, executed, returned: two events.

#ifndef TESTS_SCENARIOS_RECORDED_CLERK_H_
#define TESTS_SCENARIOS_RECORDED_CLERK_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "reprise/kv/clerk.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"

namespace reprise {

class RecordedClerk {
 public:
  // `client` is its number in the history. The trial's planted bug, if it is
  // one of a clerk's, gets between the clerk and `env`.
  RecordedClerk(Trial& trial, Env& env, NodeId server, int client);

  std::string Get(std::string_view key);
  void Put(std::string_view key, std::string_view value);
  std::string Append(std::string_view key, std::string_view value);

  // The length of the old value that the server must still be able to answer:
  // what the last operation found, if it was an Append.
  int64_t owed_bytes() const { return owed_bytes_; }

 private:
  Trial& trial_;
  NodeId node_;
  int client_;
  int64_t owed_bytes_ = 0;
  std::unique_ptr<Env> buggy_env_;  // Null in the correct system.
  kv::Clerk clerk_;
};

// A Get of `key`, or a Put or an Append of `value`, each as likely as the
// others.
void DoAnyOperation(RecordedClerk& clerk, std::string_view key,
                    std::string_view value, RandomStream& draws);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RECORDED_CLERK_H_
