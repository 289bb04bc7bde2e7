#include "tests/scenarios/recorded_clerk.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "reprise/checker/history/history.h"
#include "tests/scenarios/bugs/bugs.h"

namespace reprise {

using checker::OperationId;
using checker::OperationKind;

RecordedClerk::RecordedClerk(Recorder<KeyValueModel>& recorder, Env& env,
                             NodeId server, int client, std::string_view bug)
    : recorder_(recorder),
      caller_{.client = client, .place = env.id().value()},
      buggy_env_(ClerkEnvOf(bug, env)),
      clerk_(buggy_env_ != nullptr ? *buggy_env_ : env, server) {}

std::string RecordedClerk::Get(std::string_view key) {
  const OperationId id =
      recorder_.Invoke(caller_, OperationKind::kGet, key, {});
  std::string value = clerk_.Get(key);
  recorder_.Return(id, value);
  owed_bytes_ = 0;
  return value;
}

void RecordedClerk::Put(std::string_view key, std::string_view value) {
  const OperationId id =
      recorder_.Invoke(caller_, OperationKind::kPut, key, value);
  clerk_.Put(key, value);
  recorder_.Return(id, {});
  owed_bytes_ = 0;
}

std::string RecordedClerk::Append(std::string_view key,
                                  std::string_view value) {
  const OperationId id =
      recorder_.Invoke(caller_, OperationKind::kAppend, key, value);
  std::string old_value = clerk_.Append(key, value);
  recorder_.Return(id, old_value);
  owed_bytes_ = static_cast<int64_t>(old_value.size());
  return old_value;
}

void DoAnyOperation(RecordedClerk& clerk, std::string_view key,
                    std::string_view value, RandomStream& draws) {
  switch (draws.Uniform(0, 2)) {
    case 0:
      clerk.Get(key);
      break;
    case 1:
      clerk.Put(key, value);
      break;
    default:
      clerk.Append(key, value);
  }
}

}  // namespace reprise
