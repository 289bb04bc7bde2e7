// GuardedRegister: a node that stores numbers, each guarded by a lock, and
// RegisterClient, which reads and writes them.
//
// Guarantees: a token is refused once a greater one of the same lock was used,
// be it for a read. So who reads, and then writes by the same token, overwrites
// nothing that it has not seen. A write that comes again takes effect once.
//
//   node.Spawn([](Env& env) { locks::GuardedRegister(env).Run(); });
//
//   locks::RegisterClient registers(env, node.id(), Milliseconds(100));
//   const auto read = registers.Read("l", client.token());
//   if (read.is_accepted) registers.Write("l", client.token(), read.value + 1);

#ifndef TESTS_LOCK_SERVICE_GUARDED_REGISTER_H_
#define TESTS_LOCK_SERVICE_GUARDED_REGISTER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/env.h"
#include "tests/lock_service/lock_rules.h"

namespace reprise::locks {

class GuardedRegister {
 public:
  explicit GuardedRegister(Env& env, LockRules rules = {})
      : env_(env), rules_(std::move(rules)) {}

  // Serves until the node stops.
  void Run();

 private:
  struct Register {
    uint64_t token = 0;   // The greatest that was used.
    uint64_t number = 0;  // Of the last write by that token.
    uint64_t value = 0;
  };

  Bytes Handle(const Bytes& message);

  Env& env_;
  const LockRules rules_;
  std::map<std::string, Register, std::less<>> registers_;  // By lock.
};

class RegisterClient {
 public:
  struct Result {
    // A write that was not accepted may have been when it was sent before, or
    // where the task is ending.
    bool is_accepted = false;
    uint64_t value = 0;  // Of the register, where it was accepted.
  };

  RegisterClient(Env& env, NodeId server, Duration attempt)
      : env_(env), server_(server), attempt_(attempt) {}

  // Ask until they are answered, or the task is ending. A write that was begun
  // may be accepted after the lease has ended, if nobody has used a later
  // token.
  Result Read(std::string_view lock, uint64_t token) {
    return Ask(lock, token, 0, 0);
  }
  Result Write(std::string_view lock, uint64_t token, uint64_t value) {
    return Ask(lock, token, ++writes_, value);
  }

 private:
  // `number`: of the write; 0: it is a read.
  Result Ask(std::string_view lock, uint64_t token, uint64_t number,
             uint64_t value);

  Env& env_;
  const NodeId server_;
  const Duration attempt_;
  uint64_t writes_ = 0;
};

}  // namespace reprise::locks

#endif  // TESTS_LOCK_SERVICE_GUARDED_REGISTER_H_
