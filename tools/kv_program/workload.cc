#include "tools/kv_program/workload.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "tools/kv_program/any_clerk.h"

namespace reprise::kv {

using checker::OperationKind;

class Workload::Client {
 public:
  Client(Workload& workload, Env& env, const Servers& servers, int number)
      : options_(workload.options_),
        recorder_(workload.recorder_),
        env_(env),
        clerk_(env, servers, options_.deadline),
        caller_{.client = number, .place = env.id().value()} {}

  uint64_t attempts() const { return clerk_.attempts(); }

  void DoOperation(uint64_t number) {
    const std::string key =
        absl::StrCat("key-", env_.random().Uniform(0, options_.keys - 1));
    const auto draw = static_cast<int>(env_.random().Uniform(0, 99));
    if (draw < options_.puts) {
      Do(OperationKind::kPut, key, Value(number));
    } else if (draw < options_.puts + options_.appends) {
      Do(OperationKind::kAppend, key, Value(number));
    } else {
      Do(OperationKind::kGet, key, "");
    }
  }

 private:
  std::string Value(uint64_t number) const {
    std::string value;
    if (recorder_ != nullptr) value = absl::StrCat(number, ".");
    if (value.size() < options_.value_bytes) {
      value.append(options_.value_bytes - value.size(), 'x');
    }
    return value;
  }

  void Do(OperationKind kind, std::string_view key, std::string_view value) {
    std::optional<checker::OperationId> id;
    if (recorder_ != nullptr) {
      id = recorder_->Invoke(caller_, kind, key, value);
    }
    const absl::StatusOr<std::string> found = Execute(kind, key, value);
    if (!id) return;
    if (found.ok()) {
      recorder_->Return(*id, *found);
    } else {
      // It may still take effect, so that another client goes on.
      caller_.client += options_.clients;
    }
  }

  absl::StatusOr<std::string> Execute(OperationKind kind, std::string_view key,
                                      std::string_view value) {
    if (kind == OperationKind::kGet) return clerk_.Get(key);
    if (kind == OperationKind::kAppend) return clerk_.Append(key, value);
    return clerk_.Put(key, value);
  }

  const WorkloadOptions& options_;
  KeyValueRecorder* const recorder_;
  Env& env_;
  AnyClerk clerk_;
  checker::Caller caller_;
};

std::optional<uint64_t> Workload::Begin(VirtualTime now) {
  if (!start_) start_ = now;
  if (begun_ >= options_.operations || now - *start_ >= options_.length) {
    return std::nullopt;
  }
  return begun_++;
}

void Workload::RunClient(Env& env, const Servers& servers, int client) {
  Client worker(*this, env, servers, client);
  while (const std::optional<uint64_t> number = Begin(env.clock().Now())) {
    if (!DoNext(env, worker, *number)) break;
  }
  ++clients_done_;
}

bool Workload::DoNext(Env& env, Client& client, uint64_t number) {
  VirtualTime due = env.clock().Now();
  if (options_.rate > 0) {
    const double seconds = static_cast<double>(number) / options_.rate;
    due = *start_ + Nanoseconds(static_cast<int64_t>(seconds * 1e9));
    if (due - *start_ >= options_.length) return false;
    if (due > env.clock().Now()) env.clock().SleepUntil(due);
  }
  const uint64_t attempts = client.attempts();
  client.DoOperation(number);
  end_ = env.clock().Now();
  latencies_.Add(end_ - due);
  repeated_ += client.attempts() - attempts - 1;
  return true;
}

}  // namespace reprise::kv
