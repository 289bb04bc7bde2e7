// Client: acquires the lease, keeps and uses it.
//
//   Client client(env, service, rules, number);
//   while (!client.Acquire()) env.clock().SleepFor(...);
//   if (client.IsHeld()) client.Use();
//   client.Release();
//
// Guarantees: while IsHeld(), no other client's IsHeld(). The token of a later
// holder is greater than that of an earlier one.
//
// Requires: clients with different numbers, clocks whose rates differ by less
// than a tenth.

#ifndef LEASE_CLIENT_H_
#define LEASE_CLIENT_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "lease/rules.h"
#include "reprise/env.h"

namespace lease {

// Whom a client asks.
struct Service {
  std::vector<reprise::NodeId> servers = {};
  reprise::NodeId store = {};
};

class Client {
 public:
  // All of them must outlive the client. `number`: 0, 1, 2 ...
  Client(reprise::Env& env, const Service& service, const Rules& rules,
         int number)
      : env_(env), service_(service), rules_(rules), number_(number) {}

  // Asks for the lease, once; returns whether it is held.
  bool Acquire();
  // Asks for more time; returns whether it was given.
  bool Extend();
  void Release();
  bool IsHeld() const { return env_.clock().Now() < expires_; }
  // Uses what the lease guards, until that answers; returns whether the token
  // was accepted.
  bool Use();

  // That the lease was last granted with, or 0.
  int64_t token() const { return token_; }

 private:
  // Asks all servers. Where a quorum gives the right answer, the lease lasts
  // from now on.
  bool AskQuorum(std::string_view method, int64_t token,
                 const reprise::Bytes& right);
  void SendRelease(int64_t token);

  reprise::Env& env_;
  const Service& service_;
  const Rules& rules_;
  const int number_;
  int64_t greatest_ = 0;  // Of the tokens that the client has met.
  int64_t token_ = 0;
  reprise::VirtualTime expires_ = {};
};

}  // namespace lease

#endif  // LEASE_CLIENT_H_
