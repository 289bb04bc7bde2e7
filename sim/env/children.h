// Children: the tasks in which functions run at the same time for one caller,
// and their results. For the functions of combine.h.
//
// Guarantees: what has not ended when the object goes is cancelled. Requires
// that `env` is of the calling task's node.
//
//   std::optional<int> result;  // Before the children, which use it.
//   Children children(env, "wait-all");
//   children.Start(function, result);
//   children.WaitForAll();
//   return Take(result);

#ifndef REPRISE_SIM_ENV_CHILDREN_H_
#define REPRISE_SIM_ENV_CHILDREN_H_

#include <concepts>
#include <cstddef>
#include <deque>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/wait_queue.h"
#include "reprise/sim/env/env.h"

namespace reprise::internal {

template <typename Result>
using ValueOf =
    std::conditional_t<std::is_void_v<Result>, std::monostate, Result>;
template <typename Function>
using ResultOf = ValueOf<std::invoke_result_t<Function&>>;

// What a function with a time limit returns.
template <typename Result>
struct LimitedResult {
  using type = absl::StatusOr<Result>;
};
template <>
struct LimitedResult<std::monostate> {
  using type = absl::Status;
};
template <>
struct LimitedResult<absl::Status> {
  using type = absl::Status;
};
template <typename Value>
struct LimitedResult<absl::StatusOr<Value>> {
  using type = absl::StatusOr<Value>;
};
template <typename Function>
using Limited = typename LimitedResult<ResultOf<Function>>::type;

inline bool IsOk(const absl::Status& status) { return status.ok(); }
template <typename Value>
bool IsOk(const absl::StatusOr<Value>& result) {
  return result.ok();
}

class Children {
 public:
  Children(Env& env, std::string_view name) : env_(env), name_(name) {}
  // Newest first, as in a crash.
  ~Children() {
    while (!tasks_.empty()) tasks_.pop_back();
  }
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;

  // Runs `function` as a task, which leaves its result in `result`. Both must
  // outlive the object.
  template <typename Function, typename Result>
  void Start(Function& function, std::optional<Result>& result) {
    StartTask([&function, &result] {
      if constexpr (std::is_void_v<std::invoke_result_t<Function&>>) {
        function();
        result.emplace();
      } else {
        result.emplace(function());
      }
    });
  }

  // The next in the order of ending. None at the deadline, or where the calling
  // task unwinds.
  std::optional<size_t> WaitForNext(
      VirtualTime deadline = VirtualTime::Infinite());
  void WaitForAll();
  size_t size() const { return tasks_.size(); }

 private:
  void StartTask(absl::AnyInvocable<void()> body);

  Env& env_;
  std::string_view name_;
  std::deque<size_t> ended_;  // In this order; not yet returned.
  WaitQueue changes_;
  std::vector<ScopedTask> tasks_;
};

// None: the calling task unwinds, or the child could not be started.
template <typename Result>
Result Take(std::optional<Result>& result) {
  if (result.has_value()) return *std::move(result);
  if constexpr (std::constructible_from<Result, absl::Status>) {
    return Result(absl::CancelledError("the task is ending"));
  } else {
    Fatal("a task that unwinds waits for the result of a function");
  }
}

template <typename Results>
auto FirstSuccess(Children& children, Results& results) {
  for (size_t i = 0; i < children.size(); ++i) {
    const std::optional<size_t> next = children.WaitForNext();
    if (!next) break;
    if (IsOk(*results[*next])) return Take(results[*next]);
  }
  return Take(results[0]);
}

}  // namespace reprise::internal

#endif  // REPRISE_SIM_ENV_CHILDREN_H_
