#include "reprise/checker/testing/random_history.h"

#include <string>
#include <utility>
#include <vector>

namespace reprise::checker {
namespace {

// Runs clients against a correct store and records what they see.
class Simulation {
 public:
  Simulation(Random& random, const RandomHistoryOptions& options)
      : random_(random),
        options_(options),
        values_(options.keys, options.initial),
        seen_(options.keys, {options.initial}),
        next_client_(options.clients) {
    for (int client = 0; client < options.clients; ++client) {
      clients_.push_back({client, false, {}});
    }
    history_.SetInitialValue(options.initial);
    if (Percent(options.wrong)) {
      wrong_return_ = static_cast<int>(random_.Below(options.operations));
    }
  }

  History Run() && {
    while (IsBusy()) {
      if (Percent(options_.pauses)) Pause();
      Client& client = clients_[random_.Below(clients_.size())];
      if (!lost_.empty() && random_.Chance(1, 4)) {
        TakeEffect(lost_.back());
        lost_.pop_back();
      } else if (!client.is_calling) {
        if (invoked_ < options_.operations) Invoke(client);
      } else if (!client.call.has_taken_effect) {
        TakeEffect(client.call);
      } else {
        Return(client);
      }
    }
    return std::move(history_);
  }

 private:
  struct Call {
    OperationId id = 0;
    int key = 0;
    OperationKind kind = OperationKind::kGet;
    std::string value;
    std::string expected;
    std::string found;
    bool has_taken_effect = false;
    bool has_failed = false;
  };
  struct Client {
    int name;
    bool is_calling;
    Call call;
  };

  bool Percent(int share) { return random_.Chance(share, 100); }

  bool IsBusy() const {
    bool is_busy = invoked_ < options_.operations;
    for (const Client& client : clients_) is_busy |= client.is_calling;
    return is_busy;
  }

  void Pause() {
    for (Client& client : clients_) {
      if (!client.is_calling) continue;
      if (!client.call.has_taken_effect) TakeEffect(client.call);
      Return(client);
    }
  }

  void JoinSometimes() {
    if (history_.events() > 0 && Percent(options_.joined)) {
      history_.JoinInstant();
    }
  }

  void Invoke(Client& client) {
    ++invoked_;
    client.is_calling = true;
    Call& call = client.call;
    call = Call();
    call.key = static_cast<int>(random_.Below(options_.keys));
    const std::string key = std::to_string(call.key);
    call.value = Value();
    call.expected = SeenValue(call.key);
    const int kind = static_cast<int>(random_.Below(100));
    JoinSometimes();
    if (kind < options_.cas) {
      call.kind = OperationKind::kCas;
      call.id = history_.InvokeCas(client.name, key, call.expected, call.value);
      return;
    }
    if (kind < options_.cas + options_.puts) {
      call.kind = OperationKind::kPut;
    } else if (kind < options_.cas + options_.puts + options_.appends) {
      call.kind = OperationKind::kAppend;
    } else {
      call.value.clear();
    }
    call.id = history_.Invoke(client.name, call.kind, key, call.value);
  }

  void TakeEffect(Call& call) {
    std::string& value = values_[call.key];
    call.has_taken_effect = true;
    call.found = value;
    call.has_failed =
        call.kind == OperationKind::kCas && value != call.expected;
    if (call.kind == OperationKind::kPut) value = call.value;
    if (call.kind == OperationKind::kAppend) value += call.value;
    if (call.kind == OperationKind::kCas && !call.has_failed) {
      value = call.value;
    }
    seen_[call.key].push_back(value);
  }

  void Return(Client& client) {
    Call& call = client.call;
    client.is_calling = false;
    if (Percent(options_.pending)) {
      if (random_.Chance(1, 2)) lost_.push_back(call);
      client.name = next_client_++;
      return;
    }
    if (returned_++ == wrong_return_) Spoil(call);
    JoinSometimes();
    if (call.kind == OperationKind::kGet ||
        (call.kind == OperationKind::kAppend && Percent(options_.reports))) {
      history_.Return(call.id, call.found);
    } else if (call.has_failed) {
      history_.ReturnFailed(call.id);
    } else {
      history_.ReturnUnobserved(call.id);
    }
  }

  void Spoil(Call& call) {
    call.has_failed = call.kind == OperationKind::kCas && !call.has_failed;
    switch (random_.Below(4)) {
      case 0:
        call.found += Value();
        break;
      case 1:
        call.found = call.found.substr(0, random_.Below(6));
        break;
      default:
        call.found = SeenValue(call.key);
    }
  }

  std::string Value() {
    const uint64_t fresh = next_value_++;
    switch (options_.values) {
      case RandomValues::kDistinct:
        break;
      case RandomValues::kRepeated:
        if (random_.Chance(1, 10)) return "";
        return std::to_string(random_.Chance(1, 3) ? random_.Below(3) : fresh) +
               ";";
      case RandomValues::kConfusable: {
        const std::string start(random_.Below(4), 'a');
        return start + (random_.Chance(1, 2) ? "b" : "");
      }
    }
    return std::to_string(fresh) + ";";
  }

  std::string SeenValue(int key) {
    return seen_[key][random_.Below(seen_[key].size())];
  }

  Random& random_;
  const RandomHistoryOptions options_;
  History history_;
  std::vector<Client> clients_;
  std::vector<Call> lost_;  // never answered, and still to take effect
  std::vector<std::string> values_;
  std::vector<std::vector<std::string>> seen_;
  int next_client_;
  int invoked_ = 0;
  int returned_ = 0;
  int wrong_return_ = -1;
  uint64_t next_value_ = 0;
};

}  // namespace

History RandomHistory(Random& random) {
  RandomHistoryOptions options;
  options.operations = 2 + static_cast<int>(random.Below(7));
  options.clients = 1 + static_cast<int>(random.Below(4));
  options.keys = random.Chance(1, 5) ? 2 : 1;
  options.values = static_cast<RandomValues>(random.Below(3));
  options.appends = random.Chance(1, 4) ? 0 : 35;
  options.puts = random.Chance(1, 4) ? 5 : 25;
  options.cas = random.Chance(1, 8) ? 30 : 0;
  options.reports = static_cast<int>(random.Below(3)) * 50;
  options.joined = random.Chance(1, 3) ? 40 : 0;
  options.pauses = static_cast<int>(random.Below(3)) * 15;
  if (random.Chance(1, 4)) {
    options.initial = options.values == RandomValues::kConfusable ? "a" : "0;";
  }
  return RandomHistory(random, options);
}

History RandomHistory(Random& random, const RandomHistoryOptions& options) {
  return Simulation(random, options).Run();
}

}  // namespace reprise::checker
