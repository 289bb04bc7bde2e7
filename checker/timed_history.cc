#include "checker/timed_history.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace reprise::checker {
namespace {

class Merge {
 public:
  Merge(std::span<const TimedOperation> operations, History* history)
      : operations_(operations),
        history_(*history),
        calls_(operations.size()),
        ids_(operations.size()) {
    std::iota(calls_.begin(), calls_.end(), 0);
    const auto by_call = [&](uint32_t a, uint32_t b) {
      return operations[a].call < operations[b].call;
    };
    if (!std::is_sorted(calls_.begin(), calls_.end(), by_call)) {
      std::stable_sort(calls_.begin(), calls_.end(), by_call);
    }
    source_.reserve(operations.size());
  }

  std::vector<uint32_t> Run() && {
    for (size_t next = 0; next < calls_.size();) {
      const int64_t call = operations_[calls_[next]].call;
      while (!open_.empty() && open_.top().first < call) ReturnFirst();
      if (!open_.empty() && open_.top().first == call) {
        next = RecordInstant(call, next);
      } else {
        Invoke(calls_[next++]);
      }
    }
    while (!open_.empty()) ReturnFirst();
    return std::move(source_);
  }

 private:
  // An event of a client that has several at one instant.
  struct Step {
    uint32_t place;
    bool is_return;
  };

  void Invoke(uint32_t place) {
    Record(place);
    if (operations_[place].answer != Answer::kPending) {
      open_.push({operations_[place].ret, place});
    }
  }

  void ReturnFirst() {
    const uint32_t place = open_.top().second;
    open_.pop();
    RecordReturn(place);
  }

  void Record(uint32_t place) {
    const TimedOperation& operation = operations_[place];
    ids_[place] = operation.kind == OperationKind::kCas
                      ? history_.InvokeCas(operation.client, operation.key,
                                           operation.expected, operation.value)
                      : history_.Invoke(operation.client, operation.kind,
                                        operation.key, operation.value);
    source_.push_back(place);
  }

  void RecordReturn(uint32_t place) {
    switch (operations_[place].answer) {
      case Answer::kReported:
        return history_.Return(ids_[place], operations_[place].output);
      case Answer::kDone:
        return history_.ReturnUnobserved(ids_[place]);
      case Answer::kFailed:
        return history_.ReturnFailed(ids_[place]);
      case Answer::kPending:
        return;
    }
  }

  // Records everything that happens at `now`, where something returns: calls
  // first, returns last, and in between the clients that return and call again.
  size_t RecordInstant(int64_t now, size_t next) {
    std::vector<uint32_t> returns;
    for (; !open_.empty() && open_.top().first == now; open_.pop()) {
      returns.push_back(open_.top().second);
    }
    std::vector<uint32_t> calls;
    for (; next < calls_.size() && operations_[calls_[next]].call == now;
         ++next) {
      calls.push_back(calls_[next]);
    }
    absl::flat_hash_map<int32_t, int> events;  // of each client
    for (uint32_t place : returns) ++events[operations_[place].client];
    for (uint32_t place : calls) ++events[operations_[place].client];
    const auto touches = [&](uint32_t place) {
      return events[operations_[place].client] > 1;
    };

    for (uint32_t place : calls) {
      if (!touches(place)) Invoke(place);
    }
    RecordTouching(now, returns, calls, touches);
    for (uint32_t place : returns) {
      if (!touches(place)) RecordReturn(place);
    }
    return next;
  }

  // The events of clients that have several. Of one such client they come one
  // after the other; those of two clients share the instant, for no other order
  // keeps their operations concurrent.
  template <typename Touches>
  void RecordTouching(int64_t now, std::span<const uint32_t> returns,
                      std::span<const uint32_t> calls, const Touches& touches) {
    std::vector<Step> steps;
    for (uint32_t place : returns) {
      if (touches(place)) steps.push_back({place, true});
    }
    for (uint32_t place : calls) {
      if (!touches(place)) continue;
      steps.push_back({place, false});
      const TimedOperation& operation = operations_[place];
      if (operation.answer == Answer::kPending) continue;
      if (operation.ret == now) {
        steps.push_back({place, true});
      } else {
        open_.push({operation.ret, place});
      }
    }
    bool is_one_client = true;
    for (const Step& step : steps) {
      is_one_client &=
          operations_[step.place].client == operations_[steps[0].place].client;
    }
    for (size_t step = 0; step < steps.size(); ++step) {
      if (step > 0 && !is_one_client) history_.JoinInstant();
      if (steps[step].is_return) {
        RecordReturn(steps[step].place);
      } else {
        Record(steps[step].place);
      }
    }
  }

  const std::span<const TimedOperation> operations_;
  History& history_;
  std::vector<uint32_t> calls_;  // places by time of call
  std::vector<OperationId> ids_;
  std::vector<uint32_t> source_;
  // Time of return and place of the operations that were called.
  std::priority_queue<std::pair<int64_t, uint32_t>,
                      std::vector<std::pair<int64_t, uint32_t>>, std::greater<>>
      open_;
};

}  // namespace

std::vector<uint32_t> AppendTimed(std::span<const TimedOperation> operations,
                                  History* history) {
  return Merge(operations, history).Run();
}

}  // namespace reprise::checker
