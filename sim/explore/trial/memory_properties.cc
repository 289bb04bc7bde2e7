#include "reprise/sim/explore/trial/memory_properties.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"

namespace reprise {
namespace {

// Who holds the memory of `node`, as further evidence.
void ReportSites(Trial& trial, std::string_view property, Node& node) {
  constexpr size_t kSites = 5;
  constexpr size_t kFrames = 6;
  for (AllocationSite& site : node.AllocationSites(kSites)) {
    site.frames.resize(std::min(site.frames.size(), kFrames));
    trial.Violate(property, absl::StrCat(site.bytes, " bytes in ", site.blocks,
                                         " blocks were requested by ",
                                         absl::StrJoin(site.frames, " < ")));
  }
}

// `what`: "held", say; `when`: the instant that counts.
void Judge(Trial& trial, Node& node, absl::string_view what, int64_t bytes,
           int64_t bytes_max, VirtualTime when) {
  if (bytes <= bytes_max) return;
  const FrameworkMemoryScope scope;
  trial.Violate(kMemoryBoundProperty,
                absl::StrCat("the ", ToAbsl(node.name()), " ", what, " ", bytes,
                             " bytes at ", FormatTime(when), "; at most ",
                             bytes_max, " are allowed."));
  if (IsAllocationProfiled()) ReportSites(trial, kMemoryBoundProperty, node);
}

}  // namespace

bool IsMemoryProperty(std::string_view property) {
  return property == kMemoryBoundProperty || property == kNoLeakProperty;
}

int64_t HeldBytes(const Node& node) {
  REPRISE_CHECK(IsMemoryAccountingLinked(),
                "memory is bounded in programs that link "
                "//sim/core:memory_accounting");
  return node.memory().held_bytes();
}

void ExpectHeldAtMost(Trial& trial, Node& node, int64_t bytes_max) {
  const int64_t bytes = HeldBytes(node);
  trial.ReportMemory(bytes, bytes_max);
  Judge(trial, node, "held", bytes, bytes_max, trial.world().now());
}

void ExpectBoundedByLiveData(Trial& trial, Node& node,
                             const LiveDataBound& bound, int64_t clients,
                             int64_t live_bytes) {
  ExpectHeldAtMost(trial, node,
                   bound.base_bytes + bound.per_client_bytes * clients +
                       bound.live_factor * live_bytes);
}

MemoryGrowth::MemoryGrowth(Trial& trial, Node& node)
    : trial_(trial), node_(node), before_(HeldBytes(node)) {}

void MemoryGrowth::ExpectAtMost(int64_t bytes_max) const {
  trial_.ReportMemory(bytes(), bytes_max);
  Judge(trial_, node_, "had grown by", bytes(), bytes_max,
        trial_.world().now());
}

MemoryLimit::MemoryLimit(Trial& trial, Node& node, int64_t bytes_max)
    : trial_(trial), node_(node), bytes_max_(bytes_max) {
  HeldBytes(node);  // Checks that somebody counts.
  node.memory().SetLimit(bytes_max);
}

void MemoryLimit::ExpectKept() const {
  const MemoryAccount& memory = node_.memory();
  REPRISE_CHECK(memory.limit_bytes() == bytes_max_,
                "the node was given another limit meanwhile");
  Judge(
      trial_, node_, "came to hold", memory.peak_bytes(), bytes_max_,
      memory.HasBreachedLimit() ? memory.breach_time() : trial_.world().now());
}

void ExpectNoLeaks(Trial& trial) {
  REPRISE_CHECK(IsMemoryAccountingLinked(),
                "leaks are found in programs that link "
                "//sim/core:memory_accounting");
  const FrameworkMemoryScope scope;
  trial.Expect(true, kNoLeakProperty, "");
  for (const MemoryLeak& leak : trial.world().leaks()) {
    Node& node = trial.world().node(leak.node);
    trial.Violate(
        kNoLeakProperty,
        absl::StrCat("the ", ToAbsl(node.name()), " stopped at ",
                     FormatTime(leak.time), " and left ", leak.bytes,
                     " bytes in ", leak.blocks, " blocks on its account."));
    if (IsAllocationProfiled()) ReportSites(trial, kNoLeakProperty, node);
  }
}

}  // namespace reprise
