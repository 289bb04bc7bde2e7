// ForbiddenCalls: what code under simulation called although only its env may
// offer it.
//
// A program that links //sim/core:sandbox notices calls of its tasks to the
// wall clock, the system's entropy, sleeps, threads, sockets, files and
// processes. Only code that is charged to a node is judged: the framework's own
// work, scenarios outside tasks and tasks that are unwound are not. Without
// that library nothing is noticed and nothing costs anything.
//
// Guarantees: a call that was noticed is carried out all the same. What is kept
// of it is the same in every process of one build.
//
//   ForbiddenCalls calls;
//   calls.Allow(Forbidden::kFile);
//   scheduler.SetForbiddenCalls(&calls);
//   ...
//   if (calls.count() > 0) Report(calls.kept().front().ToString());

#ifndef REPRISE_SIM_CORE_FORBIDDEN_CALLS_H_
#define REPRISE_SIM_CORE_FORBIDDEN_CALLS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace reprise {

enum class Forbidden : uint8_t {
  kWallClock,  // The machine's clocks and processor time.
  kEntropy,    // The system's random numbers.
  kSleep,      // Waiting in real time.
  kThread,     // Starting a thread.
  kSocket,     // Making or using sockets.
  kFile,       // Opening files.
  kProcess,    // Starting a process.
};

// "the wall clock", "entropy of the system", "a sleep in real time", "a
// thread", "a socket", "a file", "a process".
std::string_view ForbiddenName(Forbidden kind);

struct ForbiddenCall {
  Forbidden kind = Forbidden::kWallClock;
  std::string function = {};            // "clock_gettime".
  std::string where = {};               // Seed, virtual time, task and node.
  std::vector<std::string> stack = {};  // Of the node's code, innermost first.

  // A sentence, then what to do, where, and the stack, one line each.
  std::string ToString() const;
};

class ForbiddenCalls {
 public:
  void Allow(Forbidden kind) { allowed_ |= Bit(kind); }
  bool IsAllowed(Forbidden kind) const { return (allowed_ & Bit(kind)) != 0; }

  // How many calls were noticed.
  uint64_t count() const { return count_; }
  // The first call of each function, the first of all first; at most kMostKept.
  const std::vector<ForbiddenCall>& kept() const { return kept_; }

  static constexpr size_t kMostKept = 5;

 private:
  friend void NoteForbiddenCall(Forbidden kind, const char* function);

  static uint32_t Bit(Forbidden kind) {
    return uint32_t{1} << static_cast<uint32_t>(kind);
  }
  bool IsNew(std::string_view function) const;

  uint32_t allowed_ = 0;
  uint64_t count_ = 0;
  std::vector<ForbiddenCall> kept_;
};

// Whether this program notices calls. Not under the address and thread
// sanitizers, which replace the same functions.
bool IsSandboxLinked();

// For the sandbox: `function` was called. Notes the call in the running
// scheduler's ForbiddenCalls; where it has none, stops the program with the
// call's text.
void NoteForbiddenCall(Forbidden kind, const char* function);

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_FORBIDDEN_CALLS_H_
