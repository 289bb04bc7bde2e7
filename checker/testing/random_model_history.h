// Random histories of a model that cover what a checker can meet: unanswered
// and failed operations, shared instants, a first state, answers that are
// wrong, effects that are lost.
//
//   Random random(seed);
//   auto small = RandomModelHistory<CounterSample>(random);
//   auto large = RandomModelHistory<CounterSample>(
//       {.operations = 1000, .clients = 10}, random);

#ifndef REPRISE_CHECKER_TESTING_RANDOM_MODEL_HISTORY_H_
#define REPRISE_CHECKER_TESTING_RANDOM_MODEL_HISTORY_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/testing/random.h"

namespace reprise::checker {

// Shares are of 1,000 operations.
struct ModelHistoryOptions {
  size_t operations = 8;
  size_t clients = 3;
  uint64_t unanswered = 0;
  uint64_t failed = 0;
  uint64_t wrong = 0;  // with the answer that an earlier state would have given
  uint64_t lost = 0;   // that were answered and had no effect
  uint64_t joined = 0;  // events that share the instant of the one before
  size_t initial = 0;   // operations that lead to the first state
};

namespace internal {

// Clients whose operations take effect at some instant between call and return.
template <typename Sample>
class ModelSimulation {
 public:
  using Model = typename Sample::Model;
  using State = typename Model::State;

  ModelSimulation(const ModelHistoryOptions& options, Random& random)
      : options_(options), random_(random), clients_(options.clients) {}

  ModelHistory<Model> Run() {
    Begin();
    // What waits for others may never be done.
    const size_t most = 20 * options_.operations;
    for (size_t i = 0; i < most && returned_ < options_.operations; ++i) {
      Step(static_cast<int>(random_.Below(clients_.size())));
    }
    return std::move(history_);
  }

 private:
  struct Client {
    enum class Stage : uint8_t { kIdle, kCalled, kDone };
    Stage stage = Stage::kIdle;
    OperationId id = 0;
    std::optional<typename Model::Output> output = {};
  };

  void Begin() {
    State state = Model::Init();
    for (size_t i = 0; i < options_.initial; ++i) {
      Apply(Sample::RandomInput(random_), state);
    }
    if (options_.initial > 0) history_.SetInitial(state);
  }

  bool Happens(uint64_t share) { return random_.Chance(share, 1000); }

  // Whether it could be done.
  bool Apply(const typename Model::Input& input, State& state) {
    const auto output = Sample::RightOutput(input, state, random_);
    return output && Model::Step(input, &*output, state);
  }

  void Step(int number) {
    Client& client = clients_[static_cast<size_t>(number)];
    const auto& stage = client.stage;
    if (stage == Client::Stage::kIdle) {
      if (history_.size() == options_.operations) return;
      Join();
      client.id = history_.Invoke(number, Sample::RandomInput(random_));
      client.stage = Client::Stage::kCalled;
    } else if (stage == Client::Stage::kCalled) {
      if (Happens(options_.unanswered / 2)) return End(client);  // Nor done.
      Do(client);
    } else {
      if (Happens(options_.unanswered / 2)) return End(client);
      Join();
      history_.Return(client.id, *client.output);
      End(client);
    }
  }

  void Do(Client& client) {
    if (Happens(options_.failed)) return Fail(client);
    const auto& input = history_[client.id].input;
    std::vector<State>& states = states_[PartitionOf<Model>(input)];
    if (states.empty()) states.push_back(history_.initial());
    const State& seen = Happens(options_.wrong)
                            ? states[random_.Below(states.size())]
                            : states.back();
    client.output = Sample::RightOutput(input, seen, random_);
    if (!client.output) {
      if (random_.Chance(1, 2)) Fail(client);  // Else it waits.
      return;
    }
    client.stage = Client::Stage::kDone;
    if (Happens(options_.lost)) return;
    State state = states.back();
    if (!Model::Step(input, &*client.output, state)) {
      state = states.back();
      if (!Apply(input, state)) return;
    }
    states.push_back(std::move(state));
    if (states.size() > kStates) states.erase(states.begin());
  }

  void Fail(Client& client) {
    Join();
    history_.Fail(client.id);
    End(client);
  }

  void End(Client& client) {
    client.stage = Client::Stage::kIdle;
    ++returned_;
  }

  void Join() {
    if (!history_.empty() && Happens(options_.joined)) history_.JoinInstant();
  }

  static constexpr size_t kStates = 20;  // that are remembered

  const ModelHistoryOptions options_;
  Random& random_;
  std::vector<Client> clients_;
  size_t returned_ = 0;
  std::map<std::string, std::vector<State>> states_;  // by partition
  ModelHistory<Model> history_;
};

}  // namespace internal

template <typename Sample>
ModelHistory<typename Sample::Model> RandomModelHistory(
    const ModelHistoryOptions& options, Random& random) {
  return internal::ModelSimulation<Sample>(options, random).Run();
}

// A small one, most of which have wrong answers.
template <typename Sample>
ModelHistory<typename Sample::Model> RandomModelHistory(Random& random) {
  const uint64_t bad = random.Chance(3, 4) ? 1 : 0;
  ModelHistoryOptions options;
  options.operations = 2 + random.Below(7);
  options.clients = 2 + random.Below(3);
  options.unanswered = 160;
  options.failed = 60;
  options.wrong = bad * 330;
  options.lost = bad * 125;
  options.joined = random.Chance(1, 3) ? 200 : 0;
  options.initial = random.Chance(1, 4) ? 3 : 0;
  return RandomModelHistory<Sample>(options, random);
}

// A line for each operation, for a test that fails.
template <typename Model>
std::string ModelHistoryText(const ModelHistory<Model>& history) {
  std::string text;
  for (const auto& each : history.operations()) {
    text += std::to_string(each.client);
    text += ": [";
    text += std::to_string(each.call);
    text += ", ";
    text += each.ret == kNever ? "never" : std::to_string(each.ret);
    text += each.has_failed ? "] failed " : "] ";
    text +=
        DescriptionOf<Model>(each.input, each.output ? &*each.output : nullptr);
    text += '\n';
  }
  return text;
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_RANDOM_MODEL_HISTORY_H_
