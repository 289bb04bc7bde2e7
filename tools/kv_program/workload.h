// Workload: clients that put a key/value server under load, and what they saw.
//
// Each client has a node of its own and does one operation at a time, through a
// clerk, which sends each again until it is answered. Where a replicated store
// cannot tell what became of one, the history leaves it open. With a rate, an
// operation has an instant at which it is due, whether or not those before it
// were answered in time, and its latency counts from there: a server that
// stalls is not asked less.
//
//   Workload workload({.keys = 100}, {.operations = 10'000}, recorder);
//   for (int i = 0; i < 50; ++i) {
//     node(i).OnBoot([&](Env& env) { workload.RunClient(env, servers, i); });
//   }

#ifndef TOOLS_KV_PROGRAM_WORKLOAD_H_
#define TOOLS_KV_PROGRAM_WORKLOAD_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "tools/kv_program/any_clerk.h"
#include "tools/kv_program/latencies.h"

namespace reprise::kv {

struct WorkloadOptions {
  int clients = 50;
  // Drawn evenly: "key-0", "key-1" ...
  int64_t keys = 1000;
  // How many of 100 operations are Puts and Appends; the others are Gets.
  int puts = 50;
  int appends = 0;
  // The length of what is put and appended. Where a history is kept, each value
  // is another, and longer where need be.
  size_t value_bytes = 16;
  // Of all clients together, by the second; 0: as many as they can.
  double rate = 0;
  // How long an attempt may take.
  Duration deadline = Seconds(2);
  // Ends when so many operations were begun, or so much time has passed.
  uint64_t operations = UINT64_MAX;
  Duration length = Duration::Infinite();
};

class Workload {
 public:
  using KeyValueRecorder = checker::Recorder<checker::KeyValueModel>;

  // `recorder` is told of each operation; null: nobody is.
  explicit Workload(const WorkloadOptions& options,
                    KeyValueRecorder* recorder = nullptr)
      : options_(options), recorder_(recorder) {}

  // What client `client` of 0, 1 ... options.clients - 1 does. All of them
  // begin at about the same time.
  void RunClient(Env& env, const Servers& servers, int client);

  // Whether every client has done its part.
  bool IsDone() const { return clients_done_ == options_.clients; }
  // From the first operation to the last answer.
  Duration length() const {
    return answered() > 0 ? end_ - *start_ : Duration();
  }
  // Operations that were answered.
  uint64_t answered() const { return latencies_.count(); }
  // Requests that were sent again, of those operations.
  uint64_t repeated() const { return repeated_; }
  Latencies& latencies() { return latencies_; }

 private:
  class Client;

  // The number of the next operation; none: there is no more to do.
  std::optional<uint64_t> Begin(VirtualTime now);
  // Waits until it is due, and does it. False: that is after the end.
  bool DoNext(Env& env, Client& client, uint64_t number);

  const WorkloadOptions options_;
  KeyValueRecorder* const recorder_;
  std::optional<VirtualTime> start_;  // Of the first client.
  VirtualTime end_;                   // Of the last operation so far.
  int clients_done_ = 0;
  uint64_t begun_ = 0;
  uint64_t repeated_ = 0;
  Latencies latencies_;
};

}  // namespace reprise::kv

#endif  // TOOLS_KV_PROGRAM_WORKLOAD_H_
