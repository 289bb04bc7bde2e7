// RecordedClerk: a kv::Clerk whose operations are recorded.
//
//   Recorder<KeyValueModel> recorder(trial);
//   RecordedClerk clerk(recorder, env, server, /*client=*/0, trial.bug());
//   clerk.Put("k", "a");  // Invoked, executed, returned: two events.

#ifndef TESTS_SCENARIOS_RECORDED_CLERK_H_
#define TESTS_SCENARIOS_RECORDED_CLERK_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/kv/clerk.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/env/env.h"

namespace reprise {

using checker::KeyValueModel;

class RecordedClerk {
 public:
  // `client` is its number in the history. The planted bug, if it is one of a
  // clerk's, gets between the clerk and `env`.
  RecordedClerk(Recorder<KeyValueModel>& recorder, Env& env, NodeId server,
                int client, std::string_view bug = "");

  std::string Get(std::string_view key);
  void Put(std::string_view key, std::string_view value);
  std::string Append(std::string_view key, std::string_view value);

  // The length of the old value that the server must still be able to answer:
  // what the last operation found, if it was an Append.
  int64_t owed_bytes() const { return owed_bytes_; }

 private:
  Recorder<KeyValueModel>& recorder_;
  checker::Caller caller_;
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
