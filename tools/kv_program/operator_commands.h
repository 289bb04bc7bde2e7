// The commands with which an operator looks after a replicated store:
//
//   status                  who leads, and how each server is
//   member add NAME         a server that runs becomes a voter
//   member remove NAME      a server is no member any more
//   member replace OLD NEW  the one in the place of the other, at once
//   transfer --to NAME      another server leads
//
// Each prints what is so afterwards, with --json as one object and nothing else
// on standard output.

#ifndef TOOLS_KV_PROGRAM_OPERATOR_COMMANDS_H_
#define TOOLS_KV_PROGRAM_OPERATOR_COMMANDS_H_

#include <functional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/replicated_operator.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/real/real_member.h"
#include "tools/kv_program/status_report.h"

namespace reprise::kv {

class OperatorCommands {
 public:
  explicit OperatorCommands(CLI::App& program);

  // Requires that one of them was given. Returns the exit status: 0 done; 1
  // refused; 2 usage; 3 undecided: not done in time, or no server that leads
  // has answered; 130 interrupted.
  int Run() const;

 private:
  // What one of the commands does.
  using Work = std::function<absl::Status(ReplicatedOperator& op)>;

  void AddFlags(CLI::App& command);
  CLI::App& AddMemberCommand(const std::string& name, const std::string& about);
  // Errors: InvalidArgument: a name that the servers lack.
  absl::StatusOr<Work> ChosenWork(const std::vector<RealMember>& servers) const;
  // Asks until somebody leads, or `end` has passed.
  absl::Status AwaitStatus(Env& env, VirtualTime end, ReplicatedOperator& op,
                           StatusReport& report) const;
  int RunOnNode(const std::vector<RealMember>& servers, const Work& work) const;
  int Report(const absl::Status& status, const StatusReport& report) const;

  CLI::App& status_;
  CLI::App& member_;
  CLI::App& add_;
  CLI::App& remove_;
  CLI::App& replace_;
  CLI::App& transfer_;
  std::string replicas_;
  std::string name_;
  std::string former_;
  double timeout_seconds_ = 10;
  bool is_json_ = false;
};

}  // namespace reprise::kv

#endif  // TOOLS_KV_PROGRAM_OPERATOR_COMMANDS_H_
