#include "tests/own_model/tickets.h"

#include <map>
#include <string>

#include "reprise/checker/model/named.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {

// The machine. Whoever asks again gets the ticket that it has got, unless the
// bug is there.
void HandOutTickets(Env& env, bool forgets_repeats) {
  int64_t last = 0;
  std::map<Bytes, int64_t> given;
  env.network().Serve("take", [&](NodeId, Bytes request) {
    const auto [ticket, is_new] = given.try_emplace(request, last + 1);
    if (is_new || forgets_repeats) ticket->second = ++last;
    return std::to_string(ticket->second);
  });
  env.network().Serve("look",
                      [&](NodeId, Bytes) { return std::to_string(last); });
  env.tasks().WaitUntilStopped();
}

// A client takes and looks in turn, and records what it is told.
void UseTickets(Env& env, NodeId machine, int client,
                Recorder<TicketModel>& recorder) {
  const checker::Caller me = {.client = client, .place = env.id().value()};
  for (int i = 0; i < 10; ++i) {
    const bool takes = i % 2 == 0;
    const checker::OperationId id = recorder.Invoke(
        me, takes ? TicketModel::Input::kTake : TicketModel::Input::kLook);
    const Bytes request = std::string(env.name()) + std::to_string(i);
    absl::StatusOr<Bytes> reply;
    do {
      reply = env.network().Call(machine, takes ? "take" : "look", request,
                                 {.deadline = Milliseconds(100)});
    } while (!reply.ok());
    recorder.Return(id, std::stoll(*reply));
  }
}

void Tickets(Trial& trial) {
  World& world = trial.NewWorld(fault::Harsh());
  Recorder<TicketModel> recorder(trial);
  recorder.StopWhenIllegal();
  const bool has_bug = trial.bug() == "forgets-repeats";
  Node& machine = world.AddNode("machine");
  machine.OnBoot([&](Env& env) { HandOutTickets(env, has_bug); });
  for (int client = 0; client < 3; ++client) {
    world.AddNode(NodeName("client", client)).Spawn([&, client](Env& env) {
      UseTickets(env, machine.id(), client, recorder);
    });
  }
  trial.Run();
  trial.Expect(Linearizable(recorder));
}

Catalog TicketCatalog() {
  return {.scenarios = {{.name = "tickets",
                         .about = "three clients take tickets and look",
                         .run = Tickets,
                         .sweep_seeds = 1000}},
          .bugs = {{.name = "forgets-repeats",
                    .about = "a repeated request takes another ticket",
                    .scenario = "tickets",
                    .property = "linearizability"}},
          .presets = Presets(),
          .models = {checker::Named<TicketModel>("tickets", "take and look")},
          .program = "tickets"};
}

}  // namespace reprise
