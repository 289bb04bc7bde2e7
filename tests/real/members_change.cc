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
  // Three voters are three again, one of them new, and without the leader that
  // they had.
  std::optional<Finding> ChangeOnce() {
    const size_t joins = next_++;
    const absl::Status status = replicas_.Start(joins);
    if (!status.ok()) return Failed(std::string(status.message()));
    Pause();
    std::string leader;
    if (auto wrong = Command({"status"}, leader)) return wrong;
    const bool is_replaced = random_.Chance({1, 2});
    std::optional<Finding> wrong =
        is_replaced ? Replace(leader, joins) : Grow(leader, joins);
    if (wrong.has_value()) return wrong;
    std::string now;
    wrong = Command({"transfer", "--to", replicas_.name(joins)}, now);
    if (wrong.has_value()) return wrong;
    if (voters_ != 3 || now != replicas_.name(joins)) {
      return Violated("membership",
                      absl::StrCat(voters_, " voters, and ", now, " leads"));
    }
    Pause();
    return std::nullopt;
  }

  // 3 to 4, and without the leader to 3.
  std::optional<Finding> Grow(const std::string& leader, size_t joins) {
    std::string now;
    if (auto wrong = Command({"member", "add", replicas_.name(joins)}, now)) {
      return wrong;
    }
    if (voters_ != 4) return Violated("membership", "nobody was added");
    Pause();
    if (auto wrong = Command({"member", "remove", leader}, now)) return wrong;
    if (now == leader) return Violated("membership", "the leader stays");
    replicas_.Kill({*replicas_.Find(leader)});
    return std::nullopt;
  }

  std::optional<Finding> Replace(const std::string& leader, size_t joins) {
    replicas_.Kill({*replicas_.Find(leader)});
    std::string now;
    return Command({"member", "replace", leader, replicas_.name(joins)}, now);
  }

  // `leader`: who leads afterwards.
  std::optional<Finding> Command(const std::vector<std::string>& words,
                                 std::string& leader) {
    const absl::StatusOr<OperatorAnswer> answer = operator_.Run(words);
    if (!answer.ok()) return Failed(std::string(answer.status().message()));
    if (std::optional<Finding> ended = EndedEarly(replicas_, load_))
      return ended;
    if (answer->exit_status != 0 || !answer->object.contains("voters")) {
      return Violated("membership", absl::StrCat(absl::StrJoin(words, " "),
                                                 ": ", answer->object.dump()));
    }
    voters_ = answer->object["voters"].size();
    leader = answer->object["leader"].get<std::string>();
    return std::nullopt;
  }

  void Pause() { time_.Sleep(Milliseconds(random_.Uniform(1, 400))); }

  const DrillOptions& options_;
  const RealTime time_;
  KvReplicas replicas_;
  const KvOperator operator_;
  KvLoad load_;
  RandomStream random_;
  size_t next_ = 3;  // Who joins next.
  size_t voters_ = 3;
};

}  // namespace

Finding RunMembersChange(const DrillOptions& options) {
  return MembersChange(options).Run();
}

}  // namespace reprise
