#include "tests/real/members_change.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "nlohmann/json.hpp"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "tests/real/drill.h"
#include "tests/real/finding.h"
#include "tests/real/kv_load.h"
#include "tests/real/kv_operator.h"
#include "tests/real/kv_replicas.h"
#include "tests/real/real_time.h"

namespace reprise {
namespace {

class MembersChange {
 public:
  explicit MembersChange(const DrillOptions& options)
      : options_(options),
        replicas_({.program = options.program,
                   .bug = options.bug,
                   .folder = options.folder,
                   .storage = options.storage,
                   .spares = options.rounds}),
        operator_({.program = options.program,
                   .bug = options.bug,
                   .replicas = replicas_.list()}),
        load_(ReplicaLoadFor(options)),
        random_(StreamKey(options.seed, "members-change", "instants")) {}

  Finding Run() {
    if (std::optional<Finding> wrong = Begin(replicas_, load_)) return *wrong;
    for (int round = 0; round < options_.rounds; ++round) {
      if (std::optional<Finding> wrong = ChangeOnce()) return *wrong;
    }
    return FinishAfterwards(replicas_, load_);
  }

 private:
  // What a command has come to: what is wrong, or else who votes and leads.
  struct Outcome {
    std::optional<Finding> wrong = {};
    size_t voters = 0;
    std::string leader = "";
  };

  // There are as many voters as before, one of them new, and without the leader
  // that they had.
  std::optional<Finding> ChangeOnce() {
    const size_t joins = next_++;
    const absl::Status status = replicas_.Start(joins);
    if (!status.ok()) return Failed(std::string(status.message()));
    Pause();
    const Outcome before = Command({"status"});
    if (before.wrong.has_value()) return before.wrong;
    const bool is_replaced = random_.Chance({1, 2});
    if (auto wrong = is_replaced ? Replace(before.leader, joins)
                                 : Grow(before.leader, joins)) {
      return wrong;
    }
    const Outcome after = Command({"transfer", "--to", replicas_.name(joins)});
    if (after.wrong.has_value()) return after.wrong;
    if (after.voters != replicas_.size() ||
        after.leader != replicas_.name(joins)) {
      return Violated("membership", absl::StrCat(after.voters, " voters, and ",
                                                 after.leader, " leads"));
    }
    Pause();
    return std::nullopt;
  }

  // One more, and then without the leader.
  std::optional<Finding> Grow(const std::string& leader, size_t joins) {
    const Outcome added = Command({"member", "add", replicas_.name(joins)});
    if (added.wrong.has_value()) return added.wrong;
    if (added.voters != replicas_.size() + 1) {
      return Violated("membership", "nobody was added");
    }
    Pause();
    const Outcome removed = Command({"member", "remove", leader});
    if (removed.wrong.has_value()) return removed.wrong;
    if (removed.leader == leader) {
      return Violated("membership", "the leader stays");
    }
    replicas_.Kill({*replicas_.Find(leader)});
    return std::nullopt;
  }

  std::optional<Finding> Replace(const std::string& leader, size_t joins) {
    replicas_.Kill({*replicas_.Find(leader)});
    return Command({"member", "replace", leader, replicas_.name(joins)}).wrong;
  }

  Outcome Command(const std::vector<std::string>& words) {
    const absl::StatusOr<OperatorAnswer> answer = operator_.Run(words);
    if (!answer.ok()) {
      return {.wrong = Failed(std::string(answer.status().message()))};
    }
    if (auto ended = EndedEarly(replicas_, load_)) return {.wrong = ended};
    if (answer->exit_status != 0 || !answer->object.contains("voters")) {
      return {.wrong = Violated("membership",
                                absl::StrCat(absl::StrJoin(words, " "), ": ",
                                             answer->object.dump()))};
    }
    return {.voters = answer->object["voters"].size(),
            .leader = answer->object["leader"].get<std::string>()};
  }

  void Pause() { time_.Sleep(Milliseconds(random_.Uniform(1, 400))); }

  const DrillOptions& options_;
  const RealTime time_;
  KvReplicas replicas_;
  const KvOperator operator_;
  KvLoad load_;
  RandomStream random_;
  size_t next_ = replicas_.size();  // Who joins next.
};

}  // namespace

Finding RunMembersChange(const DrillOptions& options) {
  return MembersChange(options).Run();
}

}  // namespace reprise
