#include "reprise/checker/history/timed_history.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace reprise::checker {
namespace {

struct OpenOperation {
  int64_t ret;
  uint32_t place;
  OperationId id;
};

// Operations by time of return. A few are kept in order, which is fast; many
// in a heap. As what is in order is a heap, going over to one is free.
class OpenOperations {
 public:
  bool empty() const { return begin_ == end_; }
  const OpenOperation& First() const { return operations_[begin_]; }

  void Insert(const OpenOperation& operation) {
    if (end_ == operations_.size()) [[unlikely]]
      MakeRoom();
    if (is_heap_) [[unlikely]]
      return Push(operation);
    size_t place = end_++;
    for (; place > begin_ && ReturnsLater(operations_[place - 1], operation);
         --place) {
      operations_[place] = operations_[place - 1];
    }
    operations_[place] = operation;
  }

  void RemoveFirst() {
    if (is_heap_) [[unlikely]]
      return Pop();
    ++begin_;
  }

 private:
  static constexpr size_t kFew = 64;
  static constexpr size_t kRoom = 256;

  static bool ReturnsLater(const OpenOperation& a, const OpenOperation& b) {
    return a.ret > b.ret;
  }

  // Moves what is in order to the front; if it is much, it becomes a heap.
  void MakeRoom() {
    std::copy(operations_.begin() + begin_, operations_.end(),
              operations_.begin());
    end_ -= begin_;
    begin_ = 0;
    is_heap_ = end_ > kFew;
    if (is_heap_) operations_.resize(2 * operations_.size());
  }

  void Push(const OpenOperation& operation) {
    operations_[end_++] = operation;
    std::push_heap(operations_.begin(), operations_.begin() + end_,
                   ReturnsLater);
  }

  void Pop() {
    std::pop_heap(operations_.begin(), operations_.begin() + end_,
                  ReturnsLater);
    --end_;
  }

  std::vector<OpenOperation> operations_ =
      std::vector<OpenOperation>(kRoom);  // from begin_ to end_
  size_t begin_ = 0;
  size_t end_ = 0;
  bool is_heap_ = false;
};

class Merge {
 public:
  Merge(std::span<const TimedOperation> operations, History& history)
      : operations_(operations), history_(history) {
    source_.resize(operations.size());
    history.Reserve(operations.size());
    if (IsInOrder(operations)) return;
    calls_.resize(operations.size());
    std::iota(calls_.begin(), calls_.end(), 0);
    std::stable_sort(calls_.begin(), calls_.end(), [&](uint32_t a, uint32_t b) {
      return operations[a].call < operations[b].call;
    });
  }

  std::vector<uint32_t> Run() && {
    for (size_t next = 0; next < operations_.size();) {
      const uint32_t place = CalledAs(next);
      const int64_t call = operations_[place].call;
      while (!open_.empty() && open_.First().ret < call) ReturnFirst();
      if (!open_.empty() && open_.First().ret == call) {
        next = RecordInstant(call, next);
      } else {
        Invoke(place);
        ++next;
      }
    }
    while (!open_.empty()) ReturnFirst();
    return std::move(source_);
  }

 private:
  // An event of a client that has several at one instant.
  struct Step {
    OpenOperation operation;
    bool is_return;
  };

  static bool IsInOrder(std::span<const TimedOperation> operations) {
    for (size_t next = 1; next < operations.size(); ++next) {
      if (operations[next].call < operations[next - 1].call) return false;
    }
    return true;
  }

  uint32_t CalledAs(size_t number) const {
    return calls_.empty() ? static_cast<uint32_t>(number) : calls_[number];
  }

  void Invoke(uint32_t place) {
    const OperationId id = Record(place);
    if (operations_[place].answer != Answer::kPending) {
      open_.Insert({operations_[place].ret, place, id});
    }
  }

  void ReturnFirst() {
    RecordReturn(open_.First());
    open_.RemoveFirst();
  }

  OperationId Record(uint32_t place) {
    const TimedOperation& operation = operations_[place];
    const OperationId id =
        operation.kind == OperationKind::kCas
            ? history_.InvokeCas(operation.client, operation.key,
                                 operation.expected, operation.value)
            : history_.Invoke(operation.client, operation.kind, operation.key,
                              operation.value);
    source_[id] = place;
    return id;
  }

  void RecordReturn(const OpenOperation& open) {
    const TimedOperation& operation = operations_[open.place];
    switch (operation.answer) {
      case Answer::kReported:
        return history_.Return(open.id, operation.output);
      case Answer::kDone:
        return history_.ReturnUnobserved(open.id);
      case Answer::kFailed:
        return history_.ReturnFailed(open.id);
      case Answer::kPending:
        return;
    }
  }

  // Records everything that happens at `now`, where something returns: calls
  // first, returns last, and in between the clients that return and call again.
  size_t RecordInstant(int64_t now, size_t next) {
    std::vector<OpenOperation> returns;
    for (; !open_.empty() && open_.First().ret == now; open_.RemoveFirst()) {
      returns.push_back(open_.First());
    }
    std::vector<uint32_t> calls;
    for (; next < operations_.size(); ++next) {
      if (operations_[CalledAs(next)].call != now) break;
      calls.push_back(CalledAs(next));
    }
    absl::flat_hash_map<int32_t, int> events;  // of each client
    const auto touches = [&](uint32_t place) {
      return events[operations_[place].client] > 1;
    };
    for (const OpenOperation& open : returns) {
      ++events[operations_[open.place].client];
    }
    for (uint32_t place : calls) ++events[operations_[place].client];

    for (uint32_t place : calls) {
      if (!touches(place)) Invoke(place);
    }
    RecordTouching(now, returns, calls, touches);
    for (const OpenOperation& open : returns) {
      if (!touches(open.place)) RecordReturn(open);
    }
    return next;
  }

  // The events of clients that have several. Of one such client they come one
  // after the other; those of two clients share the instant, for no other order
  // keeps their operations concurrent.
  template <typename Touches>
  void RecordTouching(int64_t now, std::span<const OpenOperation> returns,
                      std::span<const uint32_t> calls, const Touches& touches) {
    absl::flat_hash_set<int32_t> clients;
    for (uint32_t place : calls) {
      if (touches(place)) clients.insert(operations_[place].client);
    }
    bool is_first = true;
    const auto join = [&] {
      if (!is_first && clients.size() > 1) history_.JoinInstant();
      is_first = false;
    };
    for (const OpenOperation& open : returns) {
      if (!touches(open.place)) continue;
      join();
      RecordReturn(open);
    }
    for (uint32_t place : calls) {
      if (!touches(place)) continue;
      join();
      const TimedOperation& operation = operations_[place];
      const OpenOperation open = {operation.ret, place, Record(place)};
      if (operation.answer == Answer::kPending) continue;
      if (operation.ret == now) {
        join();
        RecordReturn(open);
      } else {
        open_.Insert(open);
      }
    }
  }

  const std::span<const TimedOperation> operations_;
  History& history_;
  std::vector<uint32_t> calls_;  // places by time of call, if not sorted so
  std::vector<uint32_t> source_;
  OpenOperations open_;
};

}  // namespace

std::vector<uint32_t> AppendTimed(std::span<const TimedOperation> operations,
                                  History& history) {
  return Merge(operations, history).Run();
}

}  // namespace reprise::checker
