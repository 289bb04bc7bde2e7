#include "reprise/checker/testing/lease_history.h"

#include <string>
#include <utility>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/models/element.h"
#include "reprise/checker/testing/random.h"

namespace reprise::checker {
namespace {

using Input = FencedLeaseModel::Input;
using Output = FencedLeaseModel::Output;

class LeaseSimulation {
 public:
  explicit LeaseSimulation(const LeaseHistoryOptions& options)
      : options_(options),
        random_(options.seed),
        clients_(static_cast<size_t>(options.clients)) {}

  ModelHistory<FencedLeaseModel> Run() {
    while (history_.size() < options_.operations) {
      Step(static_cast<int>(random_.Below(clients_.size())));
    }
    return std::move(history_);
  }

 private:
  struct Client {
    bool is_open = false;
    bool is_done = false;
    OperationId id = 0;
    Output output = {};
    int64_t token = 0;  // that it believes to hold; 0: none
  };

  bool Percent(int share) {
    return random_.Chance(static_cast<uint64_t>(share), 100);
  }

  void Step(int number) {
    Client& client = clients_[static_cast<size_t>(number)];
    if (!client.is_open) {
      client.id = history_.Invoke(number, NextInput(client, number));
      client.is_open = true;
      client.is_done = false;
    } else if (!client.is_done) {
      if (Percent(options_.unanswered)) {
        // It took effect in half of the cases.
        if (Percent(50)) Do(history_[client.id].input, number);
        client.is_open = false;
        client.token = 0;
        return;
      }
      client.output = Do(history_[client.id].input, number);
      client.is_done = true;
    } else {
      history_.Return(client.id, client.output);
      client.is_open = false;
      Learn(client);
    }
  }

  Input NextInput(const Client& client, int number) {
    Input input;
    if (client.token == 0) {
      input.argument = Element::String("client " + std::to_string(number));
      return input;
    }
    input.token = client.token;
    const uint64_t kind = random_.Below(8);
    input.function = kind == 0   ? LeaseFunction::kRelease
                     : kind == 1 ? LeaseFunction::kRenew
                                 : LeaseFunction::kUse;
    return input;
  }

  void Learn(Client& client) {
    const Input& input = history_[client.id].input;
    if (input.function == LeaseFunction::kAcquire) {
      if (!client.output.is_refused) client.token = client.output.token;
    } else if (client.output.is_refused ||
               input.function == LeaseFunction::kRelease) {
      client.token = 0;
    }
  }

  bool Has(LeaseBug bug) const {
    return options_.bug == bug && history_.size() >= options_.operations / 2;
  }

  Output Do(const Input& input, int number) {
    if (holder_ >= 0 && Percent(options_.expiry)) holder_ = -1;
    if (input.function == LeaseFunction::kAcquire) return Acquire(number);
    const bool is_current = holder_ >= 0 && input.token == last_;
    if (input.function == LeaseFunction::kRelease) {
      if (is_current) holder_ = -1;
      return {.is_refused = !is_current};
    }
    if (!is_current && input.token < last_ && Has(LeaseBug::kTakesOld)) {
      return {};
    }
    return {.is_refused = !is_current};
  }

  Output Acquire(int number) {
    if (holder_ >= 0) return {.is_refused = true};
    holder_ = number;
    if (last_ == 0 || !Has(LeaseBug::kGrantsTwice)) ++last_;
    return {.is_refused = false, .token = last_};
  }

  const LeaseHistoryOptions options_;
  Random random_;
  std::vector<Client> clients_;
  int holder_ = -1;   // -1: nobody
  int64_t last_ = 0;  // token
  ModelHistory<FencedLeaseModel> history_;
};

}  // namespace

ModelHistory<FencedLeaseModel> SimulateLease(
    const LeaseHistoryOptions& options) {
  return LeaseSimulation(options).Run();
}

}  // namespace reprise::checker
