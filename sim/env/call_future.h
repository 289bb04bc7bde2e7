// CallFuture: the result of a remote call that goes on by itself.
//
// Network::StartCall sends a request and returns one at once. No task waits
// until somebody asks for the result, so a task can have many calls in
// progress.
//
// Guarantees: a call ends once, with a reply or an error. One that is cancelled
// has ended, and a future that is dropped cancels its call: a reply that comes
// afterwards is ignored. The server is not told, so the request may be executed
// all the same. A crash of the node cancels its calls, also where the future
// lies outside of its tasks. While a crashed task unwinds, nothing is waited
// for.
//
// Requires that one task at a time waits for a call, and that its future stays
// where it is meanwhile.
//
//   CallFuture first = network.StartCall(a, "read", key);
//   CallFuture second = network.StartCall(b, "read", key);
//   Use(first.Get());  // The second goes on meanwhile.
//
//   std::vector<CallFuture> calls = ...;
//   while (const auto next = WaitForAny(calls)) Use(calls[*next].Get());

#ifndef REPRISE_SIM_ENV_CALL_FUTURE_H_
#define REPRISE_SIM_ENV_CALL_FUTURE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"

namespace reprise {

class CallWaiter;

// A call in progress, as whoever implements Network provides it. A class that
// derives from it cancels the call in its destructor.
class OngoingCall {
 public:
  OngoingCall() = default;
  OngoingCall(const OngoingCall&) = delete;
  OngoingCall& operator=(const OngoingCall&) = delete;
  virtual ~OngoingCall();

  // Lives as long as the call; appears in reports on deadlocks.
  virtual std::string_view method() const = 0;
  // 0 while the call is in progress. Then a number that tells which of two
  // calls ended first.
  virtual uint64_t end_number() const = 0;
  // Ends it as Cancelled; does nothing if it has ended.
  virtual void Cancel() = 0;
  // Requires that it has ended. Called once.
  virtual absl::StatusOr<Bytes> TakeResult() = 0;

 protected:
  // To be called when the call has ended.
  void WakeWaiter();

 private:
  friend class CallWaiter;

  CallWaiter* waiter_ = nullptr;  // Null: nobody waits.
  OngoingCall* next_awaited_ = nullptr;
};

class CallFuture {
 public:
  // Holds no call.
  CallFuture() = default;
  explicit CallFuture(std::unique_ptr<OngoingCall> call)
      : call_(std::move(call)) {}
  // Of a call that has ended with this result.
  static CallFuture Ended(absl::StatusOr<Bytes> result);

  // False after Get, and of a future that was moved from. All else requires
  // that there is a call.
  bool HasCall() const { return call_ != nullptr; }

  // Whether the call has ended, so that Get does not wait.
  bool IsDone() const;
  void Wait() { WaitUntil(VirtualTime::Infinite()); }
  // Waits no longer than until env.clock() says `deadline`; returns whether the
  // call has ended.
  bool WaitUntil(VirtualTime deadline);
  // Waits, takes the result out and lets the call go. Errors: those of
  // Network::Call; Cancelled after Cancel.
  absl::StatusOr<Bytes> Get();
  // Does nothing if the call has ended.
  void Cancel();

 private:
  friend std::optional<size_t> WaitForAny(std::span<CallFuture> calls,
                                          VirtualTime deadline);
  friend std::optional<size_t> FirstEnded(std::span<const CallFuture> calls);

  std::unique_ptr<OngoingCall> call_;
};

// Waits until one of the calls has ended, and returns the place of the one that
// ended first. Those without a call are passed over. None: no call is left,
// env.clock() says `deadline`, or the task unwinds.
std::optional<size_t> WaitForAny(std::span<CallFuture> calls,
                                 VirtualTime deadline);
inline std::optional<size_t> WaitForAny(std::span<CallFuture> calls) {
  return WaitForAny(calls, VirtualTime::Infinite());
}
// As WaitForAny, but does not wait.
std::optional<size_t> FirstEnded(std::span<const CallFuture> calls);

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_CALL_FUTURE_H_
