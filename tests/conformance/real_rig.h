// RealRig: nodes of RealWorlds, a thread for each, which talk over loopback and
// keep their files in temporary folders, for the conformance suite.
//
//   RealRig rig({.forgets_unsynced = true});

#ifndef TESTS_CONFORMANCE_REAL_RIG_H_
#define TESTS_CONFORMANCE_REAL_RIG_H_

#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/testing/env_rig.h"
#include "reprise/sim/real/real_member.h"
#include "tests/conformance/reserved_port.h"

namespace reprise {

struct RealRigOptions {
  // As RealNodeOptions::forgets_unsynced.
  bool forgets_unsynced = false;
};

class RealRig final : public EnvRig {
 public:
  explicit RealRig(const RealRigOptions& options = {});
  ~RealRig() override;

  bool Has(RigTrait trait) const override;
  NodeId AddNode(std::string_view name, Program program) override;
  absl::Status Run(Program main) override;
  void Crash(NodeId node) override;
  void Restart(NodeId node) override;
  std::vector<std::string> LoggedLines() const override;

 private:
  class Host;

  // Waits until main has ended, or for too long.
  absl::Status WaitForMain();
  std::vector<RealMember> Members() const;

  const RealRigOptions options_;
  const std::filesystem::path folder_;
  std::vector<std::unique_ptr<Host>> hosts_;
  std::vector<RealMember> members_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_main_done_ = false;
};

}  // namespace reprise

#endif  // TESTS_CONFORMANCE_REAL_RIG_H_
