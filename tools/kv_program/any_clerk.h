// AnyClerk: a client of a key/value store, be it one server or a replicated
// one.
//
//   AnyClerk clerk(env, {.servers = {a, b, c}, .are_replicas = true});
//   absl::StatusOr<std::string> value = clerk.Get("k");

#ifndef TOOLS_KV_PROGRAM_ANY_CLERK_H_
#define TOOLS_KV_PROGRAM_ANY_CLERK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/kv/clerk.h"
#include "reprise/kv/replicated_clerk.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"

namespace reprise::kv {

// Whom a client asks.
struct Servers {
  std::vector<NodeId> servers = {};  // One, unless they are replicas.
  bool are_replicas = false;
};

class AnyClerk {
 public:
  // `deadline`: how long an attempt may take.
  AnyClerk(Env& env, const Servers& servers, Duration deadline);

  // Errors: as those of ReplicatedClerk.
  absl::StatusOr<std::string> Get(std::string_view key);
  // Returns "".
  absl::StatusOr<std::string> Put(std::string_view key, std::string_view value);
  absl::StatusOr<std::string> Append(std::string_view key,
                                     std::string_view value);

  uint64_t attempts() const;

 private:
  // One of them.
  std::optional<Clerk> single_;
  std::optional<ReplicatedClerk> replicated_;
};

}  // namespace reprise::kv

#endif  // TOOLS_KV_PROGRAM_ANY_CLERK_H_
