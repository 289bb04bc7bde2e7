// Properties of memory: how much the code of a node may hold.
//
// Bytes are those that code running on the node requested through operator new
// and that are not freed yet (sim/core/memory_account.h); the program must link
// //sim/core:memory_accounting, which is checked. A breach violates the
// property "memory-bound" and names the node, the virtual time, what was held
// and what was allowed. Where allocations are profiled, as in the replay of one
// trial, the places in the code that hold the most are further evidence.
//
//   ExpectHeldAtMost(trial, server, 1 << 20);       // At this instant.
//   MemoryLimit limit(trial, server, 10 << 20);     // At every instant.
//   MemoryGrowth growth(trial, server);             // Between two instants.
//   ... a crowd of clients comes and goes ...
//   growth.ExpectAtMost(200 * clients);
//   limit.ExpectKept();

#ifndef REPRISE_SIM_EXPLORE_TRIAL_MEMORY_PROPERTIES_H_
#define REPRISE_SIM_EXPLORE_TRIAL_MEMORY_PROPERTIES_H_

#include <cstdint>
#include <string_view>

#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/node.h"

namespace reprise {

inline constexpr std::string_view kMemoryBoundProperty = "memory-bound";
inline constexpr std::string_view kNoLeakProperty = "no-leak";

// Whether a profile of the allocations adds to the evidence of `property`.
bool IsMemoryProperty(std::string_view property);

// The bytes that `node` holds now.
int64_t HeldBytes(const Node& node);

// Expects that `node` holds at most `bytes_max` bytes now.
void ExpectHeldAtMost(Trial& trial, Node& node, int64_t bytes_max);

// What a node may hold where its memory is bounded by the data that is alive,
// at an instant at which nothing is under way:
// base_bytes + per_client_bytes * clients + live_factor * live bytes.
struct LiveDataBound {
  int64_t base_bytes = int64_t{64} << 10;
  int64_t per_client_bytes = 64;
  int64_t live_factor = 2;
};

// `live_bytes`: keys and values of the model's data, and whatever else the
// server still owes to someone.
void ExpectBoundedByLiveData(Trial& trial, Node& node,
                             const LiveDataBound& bound, int64_t clients,
                             int64_t live_bytes);

// How much more a node holds than when the object was made.
class MemoryGrowth {
 public:
  MemoryGrowth(Trial& trial, Node& node);

  int64_t bytes() const { return HeldBytes(node_) - before_; }
  // For a bound per client: bytes per client times clients.
  void ExpectAtMost(int64_t bytes_max) const;

 private:
  Trial& trial_;
  Node& node_;
  int64_t before_;
};

// A limit for every instant from the making of the object to ExpectKept(). The
// message names the first instant of a breach and the most that was held. A
// node has one limit at a time.
class MemoryLimit {
 public:
  MemoryLimit(Trial& trial, Node& node, int64_t bytes_max);

  void ExpectKept() const;

 private:
  Trial& trial_;
  Node& node_;
  int64_t bytes_max_;
};

// Property "no-leak": no node that crashed or stopped so far has left memory on
// its account. What its code allocated for the scenario, such as entries of a
// list that the scenario keeps, counts as left.
void ExpectNoLeaks(Trial& trial);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_MEMORY_PROPERTIES_H_
