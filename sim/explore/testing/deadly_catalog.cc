#include "reprise/sim/explore/testing/deadly_catalog.h"

#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

// What a node does at the seeds that are multiples of 5.
using Deed = std::function<void(Env& env)>;

bool IsDeadly(const Trial& trial) { return trial.seed().value() % 5 == 0; }

// A client that calls a server three times on a network with faults, so that
// there are decisions; at the second call the server does the deed.
void Play(Trial& trial, const Deed& deed) {
  World& world = trial.NewWorld(fault::Lab{.reliable = false});
  const int64_t calls = trial.Option("calls", 3);
  const bool is_deadly = IsDeadly(trial);
  Node& server = world.AddNode("server");
  server.OnBoot([&](Env& env) {
    int served = 0;
    env.network().Serve("work", [&, served](NodeId, Bytes) mutable {
      if (++served == 2 && is_deadly) deed(env);
      return Bytes("done");
    });
    env.tasks().WaitUntilStopped();
  });
  world.AddNode("client").Spawn([&](Env& env) {
    for (int64_t i = 0; i < calls;) {
      if (env.network().Call(server.id(), "work", "").ok()) ++i;
    }
  });
  trial.Run();
  trial.Expect(true, "done", "");
}

[[gnu::noinline]] void WriteNowhere() {
  volatile int* volatile nowhere = nullptr;
  *nowhere = 1;
}

[[gnu::noinline]] int Recurse(int depth) {
  volatile char room[1000] = {};
  room[depth % 1000] = 1;
  // The overflow.
  return depth < 0 ? 0 : Recurse(depth + 1) + room[1];
}

[[gnu::noinline]] void Spin() {
  const volatile bool is_endless = true;
  while (is_endless) {
  }
}

[[gnu::noinline]] void Divide() {
  const volatile int zero = 0;
  [[maybe_unused]] volatile int quotient = 7 / zero;
}

// More than a process gets that is allowed a gigabyte.
void Devour() {
  constexpr size_t kPiece = size_t{16} << 20;
  std::vector<std::string> pieces;
  for (int i = 0; i < 128; ++i) pieces.emplace_back(kPiece, 'x');
}

// As code does that leaves its terminal.
void CloseAll() {
  for (int descriptor = 3; descriptor < 256; ++descriptor) close(descriptor);
}

void Retry(Env& env) {
  const NodeId self = env.id();
  while (!env.network().Call(self, "nobody-serves-this", "").ok()) {
  }
}

Scenario Of(std::string name, Deed deed) {
  return {.name = std::move(name),
          .about = "does it at every fifth seed",
          .run = [deed = std::move(deed)](Trial& trial) { Play(trial, deed); },
          .max_steps = 200'000};
}

void ThrowInScenario(Trial& trial) {
  trial.Expect(true, "done", "");
  // tidy: allow(throw) the exception under test
  if (IsDeadly(trial)) throw std::runtime_error("no luck");
}

// Without a world that it could run in.
void SpinInScenario(Trial& trial) {
  trial.Expect(true, "done", "");
  if (IsDeadly(trial)) Spin();
}

}  // namespace

Catalog DeadlyCatalog() {
  Catalog catalog;
  catalog.program = "deadly";
  catalog.presets = Presets();
  catalog.scenarios = {
      // tidy: allow(throw) the exception under test
      Of("throws", [](Env&) { throw std::runtime_error("no luck"); }),
      {.name = "throws-in-scenario",
       .about = "throws at every fifth seed",
       .run = ThrowInScenario},
      Of("aborts", [](Env&) { std::abort(); }),
      Of("checks", [](Env&) { REPRISE_CHECK(1 > 2, "no luck"); }),
      Of("segfault", [](Env&) { WriteNowhere(); }),
      Of("divides", [](Env&) { Divide(); }),
      Of("traps", [](Env&) { __builtin_trap(); }),
      Of("overflows", [](Env&) { Recurse(0); }),
      Of("exits", [](Env&) { std::exit(0); }),
      Of("exits-at-once", [](Env&) { _exit(7); }),
      Of("killed", [](Env&) { kill(getpid(), SIGKILL); }),
      Of("spins", [](Env&) { Spin(); }),
      {.name = "spins-in-scenario",
       .about = "spins at every fifth seed",
       .run = SpinInScenario},
      Of("yields",
         [](Env& env) {
           for (;;) env.clock().SleepFor(Duration());
         }),
      Of("naps",
         [](Env& env) {
           for (;;) env.clock().SleepFor(Microseconds(1));
         }),
      Of("retries", Retry),
      Of("sleeps", [](Env&) { pause(); }),
      Of("devours", [](Env&) { Devour(); }),
      Of("forks",
         [](Env&) {
           if (fork() == 0) {
             setsid();
             pause();
           }
           std::abort();
         }),
      // Both go on.
      Of("forks-on", [](Env&) { [[maybe_unused]] const pid_t id = fork(); }),
      Of("closes", [](Env&) { CloseAll(); }),
      // tidy: allow(throw) as operator new does
      Of("hungry", [](Env&) { throw std::bad_alloc(); }),
  };
  return catalog;
}

Scenario Deadly(std::string_view name) {
  for (const Scenario& scenario : DeadlyCatalog().scenarios) {
    if (scenario.name == name) return scenario;
  }
  Fatal(absl::StrCat("nothing deadly is named ", ToAbsl(name)));
}

}  // namespace reprise
