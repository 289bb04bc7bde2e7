// Clerk: a client of one server. It sends each request again, under the same
// sequence number, until it is answered.
//
// Guarantees: a call takes effect exactly once, at one instant before it
// returns. When the network tells of a loss the clerk retries at once; it waits
// only where attempts keep failing without time passing. A call on a node that
// crashes ends with an empty result, and nobody sees it.
//
// Requires: one call at a time for each clerk.
//
//   kv::Clerk clerk(env, server);
//   clerk.Put("k", "a");
//   clerk.Append("k", "b");  // "a"
//   clerk.Get("k");          // "ab"

#ifndef REPRISE_KV_CLERK_H_
#define REPRISE_KV_CLERK_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "reprise/kv/wire.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"

namespace reprise::kv {

struct ClerkOptions {
  // How long an attempt may take; infinite leaves it to the network.
  Duration deadline = Duration::Infinite();
};

class Clerk {
 public:
  // The clerk draws the client id that it uses for good from env.random().
  Clerk(Env& env, NodeId server, const ClerkOptions& options = {});

  // The value of `key`; "" for a missing one.
  std::string Get(std::string_view key);
  void Put(std::string_view key, std::string_view value);
  // Returns the value from before.
  std::string Append(std::string_view key, std::string_view value);

  uint64_t client() const { return client_; }
  // Requests sent so far, repeated ones included.
  uint64_t attempts() const { return attempts_; }

 private:
  std::string Execute(RequestKind kind, std::string_view key,
                      std::string_view value);

  Env& env_;
  NodeId server_;
  ClerkOptions options_;
  uint64_t client_;
  uint64_t sequence_ = 0;
  uint64_t attempts_ = 0;
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_CLERK_H_
