// Workload W on SystemC, as fast as it can be written for SystemC's kernel:
//
//   systemc_w CLIENTS CALLS_EACH reliable|unreliable methods|threads
//
// Messages go by pointer, nothing is encoded, recorded or hashed, and there is
// no network: as a client of W never has two packets under way, each client
// has one message and two events, "arrived at the server" and "arrived at the
// client". With `threads` a client is sequential code (SC_THREAD), as it is on
// Reprise. With `methods` it is a state machine (SC_METHOD) without a stack,
// which is faster, and its time-out is one event that is moved lazily: where
// it comes too early, it is notified again. Cancelling it would be slower, as
// SystemC leaves what is cancelled in its queue.

#include <systemc.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tools/benchmarks/sequenced_map.h"
#include "tools/compare/measurement.h"

namespace {

using reprise::SequencedMap;

constexpr uint64_t kDelayMaxNs = 27'000'000;
constexpr uint64_t kTimeoutNs = 100'000'000;

// SplitMix64, as in sim/core/random.h.
class RandomStream {
 public:
  explicit RandomStream(uint64_t key) : key_(Mix(key)) {}

  // Uniform in 0..count-1.
  uint64_t Below(uint64_t count) {
    const uint64_t word = Mix(key_ + ++index_ * 0x9e3779b97f4a7c15);
    __extension__ using Wide = unsigned __int128;
    return static_cast<uint64_t>((static_cast<Wide>(word) * count) >> 64);
  }

 private:
  static uint64_t Mix(uint64_t word) {
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
    word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
    return word ^ (word >> 31);
  }

  uint64_t key_;
  uint64_t index_ = 0;
};

struct Workload {
  uint64_t clients = 0;
  uint64_t calls_each = 0;
  bool is_lossy = false;
  bool has_threads = false;
};

struct Message {
  uint64_t sequence = 0;
  std::string key;
  std::string value;
};

// What all clients share.
struct Run {
  explicit Run(const Workload& load)
      : workload(load), state(load.clients), timeout(Time(kTimeoutNs)) {}

  static sc_core::sc_time Time(uint64_t nanoseconds) {
    return sc_core::sc_time::from_value(nanoseconds);
  }

  Workload workload;
  SequencedMap state;
  sc_core::sc_time timeout;
  uint64_t completed = 0;
  uint64_t attempts = 0;
  uint64_t latency_ns = 0;
};

// A client, and the server's side of its link.
class Client : public sc_core::sc_module {
 public:
  SC_HAS_PROCESS(Client);

  Client(sc_core::sc_module_name name, Run& run, size_t number)
      : sc_module(name), run_(run), number_(number), random_(number + 1) {
    SC_METHOD(Serve);
    sensitive << request_arrives_;
    dont_initialize();
    if (run.workload.has_threads) {
      SC_THREAD(RunThread);
      return;
    }
    SC_METHOD(Begin);
    SC_METHOD(Arrive);
    sensitive << reply_arrives_;
    dont_initialize();
    SC_METHOD(TimeOut);
    sensitive << times_out_;
    dont_initialize();
  }

 private:
  // The server.
  void Serve() {
    run_.state.Put(number_, message_.sequence, message_.key, message_.value);
    Travel(reply_arrives_);
  }

  // The client as sequential code. A packet is never late, so what wakes the
  // client is either the reply to its last request or the time-out.
  void RunThread() {
    while (message_.sequence < run_.workload.calls_each) {
      Prepare();
      do {
        Send();
        wait(run_.timeout, reply_arrives_);
      } while (!reply_arrives_.triggered());
      Complete();
    }
  }

  // The client as a state machine.
  void Begin() {
    Prepare();
    Attempt();
  }
  void Attempt() {
    deadline_ = sc_core::sc_time_stamp() + run_.timeout;
    if (!is_timing_) times_out_.notify(run_.timeout);
    is_timing_ = true;
    Send();
  }
  void Arrive() {
    Complete();
    if (message_.sequence < run_.workload.calls_each) {
      Begin();
    } else {
      times_out_.cancel();
    }
  }
  void TimeOut() {
    const sc_core::sc_time& now = sc_core::sc_time_stamp();
    if (now < deadline_) {
      times_out_.notify(deadline_ - now);
    } else {
      is_timing_ = false;
      Attempt();
    }
  }

  void Prepare() {
    message_.key.assign(1, static_cast<char>('0' + message_.sequence % 10));
    message_.value.assign("0123456789");
    ++message_.sequence;
    began_ns_ = sc_core::sc_time_stamp().value();
  }
  void Send() {
    ++run_.attempts;
    Travel(request_arrives_);
  }
  void Travel(sc_core::sc_event& arrival) {
    const uint64_t delay_ns = random_.Below(kDelayMaxNs + 1);
    if (run_.workload.is_lossy && random_.Below(10) == 0) return;
    arrival.notify(Run::Time(delay_ns));
  }
  void Complete() {
    ++run_.completed;
    run_.latency_ns += sc_core::sc_time_stamp().value() - began_ns_;
  }

  Run& run_;
  size_t number_;
  RandomStream random_;
  Message message_;
  uint64_t began_ns_ = 0;
  sc_core::sc_event request_arrives_;
  sc_core::sc_event reply_arrives_;
  sc_core::sc_event times_out_;
  sc_core::sc_time deadline_;
  bool is_timing_ = false;
};

}  // namespace

int sc_main(int argc, char** argv) {
  if (argc != 5) {
    std::fputs(
        "systemc_w CLIENTS CALLS_EACH reliable|unreliable methods|threads\n",
        stderr);
    return 2;
  }
  sc_core::sc_set_time_resolution(1, sc_core::SC_NS);
  Run run({static_cast<uint64_t>(std::atoll(argv[1])),
           static_cast<uint64_t>(std::atoll(argv[2])),
           std::string_view(argv[3]) == "unreliable",
           std::string_view(argv[4]) == "threads"});
  std::vector<std::unique_ptr<Client>> clients;
  for (size_t i = 0; i < run.workload.clients; ++i) {
    const std::string name = "clerk_" + std::to_string(i);
    clients.push_back(std::make_unique<Client>(name.c_str(), run, i));
  }
  const double start = reprise::CpuSeconds();
  sc_core::sc_start();
  const double seconds = reprise::CpuSeconds() - start;
  const double latency_ms = static_cast<double>(run.latency_ns) / 1e6;
  reprise::Print({run.completed, run.attempts,
                  latency_ms / static_cast<double>(run.completed), seconds});
  return 0;
}
