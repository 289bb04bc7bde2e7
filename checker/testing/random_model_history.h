// Small random histories of a model that cover what a checker can meet:
// unanswered and failed operations, shared instants, a first state, answers
// that are wrong, effects that are lost.
//
//   Random random(seed);
//   auto history = RandomModelHistory<CounterSample>(random);

#ifndef REPRISE_CHECKER_TESTING_RANDOM_MODEL_HISTORY_H_
#define REPRISE_CHECKER_TESTING_RANDOM_MODEL_HISTORY_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/testing/random.h"

namespace reprise::checker {

namespace internal {

// Clients whose operations take effect at some instant between call and return.
template <typename Sample>
class ModelSimulation {
 public:
  using Model = typename Sample::Model;
  using State = typename Model::State;

  ModelSimulation(Random& random, size_t operations)
      : random_(random),
        operations_(operations),
        clients_(2 + random.Below(3)),
        is_bad_(random.Chance(3, 4)),
        joins_(random.Chance(1, 3)) {}

  ModelHistory<Model> Run() {
    Begin();
    // What waits for others may never be done.
    for (size_t i = 0; i < 20 * operations_ && returned_ < operations_; ++i) {
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
    if (random_.Chance(1, 4)) {
      for (int i = 0; i < 3; ++i) Apply(Sample::RandomInput(random_), state);
      history_.SetInitial(state);
    }
    states_ = {state};
  }

  // Whether it could be done.
  bool Apply(const typename Model::Input& input, State& state) {
    const auto output = Sample::RightOutput(input, state, random_);
    return output && Model::Step(input, &*output, state);
  }

  void Step(int number) {
    Client& client = clients_[static_cast<size_t>(number)];
    const auto& stage = client.stage;
    if (stage == Client::Stage::kIdle) {
      if (history_.size() == operations_) return;
      Join();
      client.id = history_.Invoke(number, Sample::RandomInput(random_));
      client.stage = Client::Stage::kCalled;
    } else if (stage == Client::Stage::kCalled) {
      if (random_.Chance(1, 12)) return End(client);  // It has no effect.
      Do(client);
    } else {
      if (random_.Chance(1, 12)) return End(client);
      Join();
      history_.Return(client.id, *client.output);
      End(client);
    }
  }

  void Do(Client& client) {
    if (random_.Chance(1, 16)) {
      Join();
      history_.Fail(client.id);
      return End(client);
    }
    State state = states_.back();
    const auto& input = history_[client.id].input;
    const State& seen = is_bad_ && random_.Chance(1, 3)
                            ? states_[random_.Below(states_.size())]
                            : state;
    client.output = Sample::RightOutput(input, seen, random_);
    if (!client.output) return;
    client.stage = Client::Stage::kDone;
    if (is_bad_ && random_.Chance(1, 8)) return;  // The effect is lost.
    // Objects of another key are taken for the same one, as a bug.
    if (Apply(input, state)) states_.push_back(std::move(state));
  }

  void End(Client& client) {
    client.stage = Client::Stage::kIdle;
    ++returned_;
  }

  void Join() {
    if (joins_ && !history_.empty() && random_.Chance(1, 5)) {
      history_.JoinInstant();
    }
  }

  Random& random_;
  const size_t operations_;
  std::vector<Client> clients_;
  const bool is_bad_;
  const bool joins_;
  size_t returned_ = 0;
  std::vector<State> states_;
  ModelHistory<Model> history_;
};

}  // namespace internal

template <typename Sample>
ModelHistory<typename Sample::Model> RandomModelHistory(Random& random) {
  const size_t operations = 2 + random.Below(7);
  return internal::ModelSimulation<Sample>(random, operations).Run();
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
