// ClientOperations: what one client of a workload is to do, in its order, and
// what edits leave of it.
//
// Guarantees: an operation that is left out moves no draw of another one
// (Trial::Workload) and no decision about its packets: all are named by the
// client and the operation's index. While the body of the loop runs, the task,
// the tasks that it spawns and whoever handles its messages work for the
// operation.
//
// Requires that a task iterates, once. The trial must outlive it.
//
//   for (int64_t i : trial.Operations(client, 20)) {
//     RandomStream draws = trial.Workload(client, i);
//     ...
//   }

#ifndef REPRISE_SIM_EXPLORE_TRIAL_CLIENT_OPERATIONS_H_
#define REPRISE_SIM_EXPLORE_TRIAL_CLIENT_OPERATIONS_H_

#include <cstdint>
#include <limits>
#include <optional>

#include "reprise/sim/core/served_operation.h"
#include "reprise/sim/explore/trial/begun_operation.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/world.h"

namespace reprise {

class ClientOperations {
 public:
  // For a loop that ends otherwise, such as by the time.
  static constexpr int64_t kNoEnd = std::numeric_limits<int64_t>::max();

  // The operations of `count` indices from `first` on. `log` is told of each
  // that begins, unless it is null.
  ClientOperations(World& world, OperationLog* log, int client, int64_t count,
                   int64_t first);
  ~ClientOperations();
  ClientOperations(const ClientOperations&) = delete;
  ClientOperations& operator=(const ClientOperations&) = delete;

  // The index of the next operation, when it is time for it; absent: there is
  // none.
  std::optional<int64_t> Next();

  // For a range-based loop.
  class Iterator {
   public:
    explicit Iterator(ClientOperations* operations)
        : operations_(operations), index_(Next()) {}
    int64_t operator*() const { return *index_; }
    void operator++() { index_ = Next(); }
    // Whether it is not at the end.
    bool operator!=(const Iterator&) const { return index_.has_value(); }

   private:
    std::optional<int64_t> Next() const {
      return operations_ != nullptr ? operations_->Next() : std::nullopt;
    }

    ClientOperations* const operations_;  // Null: the end.
    std::optional<int64_t> index_;
  };
  Iterator begin() { return Iterator(this); }
  Iterator end() { return Iterator(nullptr); }

 private:
  // The edits of the client; open where there are any.
  struct Streams {
    DecisionStream left_out;
    DecisionStream start;
  };

  World& world_;
  OperationLog* const log_;
  const int client_;
  const int64_t first_;
  int64_t next_;
  int64_t end_;
  std::optional<Streams> edits_;
  ServedOperation served_before_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_CLIENT_OPERATIONS_H_
