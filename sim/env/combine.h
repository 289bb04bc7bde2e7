// Functions that run at the same time, and what to wait for: all of them, the
// first that succeeds, the first that ends, or a time limit.
//
//   WaitAll      all results, in the order of the functions
//   WaitAny      the first success; the first function's error if none succeeds
//   Race         the first result, whatever it is, and whose it is
//   WithTimeout  the result of one function, or DeadlineExceeded
//
// A function is whatever can be called without arguments: a wait, a remote
// call, code of one's own that uses both. Each runs as a task of its own; those
// that lose are cancelled (TaskHandle::Cancel) before the result is returned,
// and give back what they held. Where the calling task is cancelled or crashes,
// they go as well.
//
// Results: a function that returns nothing has the result std::monostate. For
// WaitAny, all functions return absl::Status, or all the same absl::StatusOr.
// A limit of WithTimeout is by the clock that the task sees. In a destructor of
// a task that unwinds nothing can be waited for: the result is Cancelled where
// it can be a status, and else a failed check.
//
// Requires that `env` is of the calling task's node. The functions may refer to
// the caller's variables. An exception that leaves a function fails the trial.
//
//   auto [a, b] = WaitAll(env, [&] { return Read(1); }, [&] { return Read(2);
//   }); absl::StatusOr<Bytes> reply = WaitAny(env, calls);  // A std::vector of
//   them. absl::Status status = WithTimeout(env, Seconds(1), [&] {
//   mutex.Lock(); }); if (Race(env, wait_for_leader, wait_for_timer).index() ==
//   1) Campaign();

#ifndef REPRISE_SIM_ENV_COMBINE_H_
#define REPRISE_SIM_ENV_COMBINE_H_

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/children.h"
#include "reprise/sim/env/env.h"

namespace reprise {

// Who came first in a Race of a vector, and with what.
template <typename Result>
struct Winner {
  size_t index = 0;
  Result value;
};

template <typename... Functions>
std::tuple<internal::ResultOf<Functions>...> WaitAll(Env& env,
                                                     Functions&&... functions) {
  std::tuple<std::optional<internal::ResultOf<Functions>>...> results;
  internal::Children children(env, "wait-all");
  const auto start = [&](auto&... result) {
    (children.Start(functions, result), ...);
  };
  std::apply(start, results);
  children.WaitForAll();
  const auto take = [](auto&... result) {
    return std::tuple<internal::ResultOf<Functions>...>{
        internal::Take(result)...};
  };
  return std::apply(take, results);
}

template <typename Function>
std::vector<internal::ResultOf<Function>> WaitAll(
    Env& env, std::vector<Function> functions) {
  std::vector<std::optional<internal::ResultOf<Function>>> results(
      functions.size());
  internal::Children children(env, "wait-all");
  for (size_t i = 0; i < functions.size(); ++i) {
    children.Start(functions[i], results[i]);
  }
  children.WaitForAll();
  std::vector<internal::ResultOf<Function>> values;
  values.reserve(results.size());
  for (auto& result : results) values.push_back(internal::Take(result));
  return values;
}

template <typename First, typename... Others>
internal::ResultOf<First> WaitAny(Env& env, First&& first, Others&&... others) {
  using Result = internal::ResultOf<First>;
  static_assert((std::same_as<Result, internal::ResultOf<Others>> && ...),
                "the functions of WaitAny return one type");
  std::array<std::optional<Result>, 1 + sizeof...(Others)> results;
  internal::Children children(env, "wait-any");
  children.Start(first, results[0]);
  (children.Start(others, results[children.size()]), ...);
  return internal::FirstSuccess(children, results);
}

// Requires that there is a function.
template <typename Function>
internal::ResultOf<Function> WaitAny(Env& env,
                                     std::vector<Function> functions) {
  REPRISE_CHECK(!functions.empty(), "WaitAny of no functions");
  std::vector<std::optional<internal::ResultOf<Function>>> results(
      functions.size());
  internal::Children children(env, "wait-any");
  for (size_t i = 0; i < functions.size(); ++i) {
    children.Start(functions[i], results[i]);
  }
  return internal::FirstSuccess(children, results);
}

// index() of the result says which function it is of.
template <typename... Functions>
std::variant<internal::ResultOf<Functions>...> Race(Env& env,
                                                    Functions&&... functions) {
  using Result = std::variant<internal::ResultOf<Functions>...>;
  std::tuple<std::optional<internal::ResultOf<Functions>>...> results;
  internal::Children children(env, "race");
  const auto start = [&](auto&... result) {
    (children.Start(functions, result), ...);
  };
  std::apply(start, results);
  const size_t winner = children.WaitForNext().value_or(0);
  std::optional<Result> first;
  const auto take = [&]<size_t... kIndex>(std::index_sequence<kIndex...>) {
    ((kIndex == winner
          ? void(first.emplace(std::in_place_index<kIndex>,
                               internal::Take(std::get<kIndex>(results))))
          : void()),
     ...);
  };
  take(std::index_sequence_for<Functions...>());
  return *std::move(first);
}

// Requires that there is a function.
template <typename Function>
Winner<internal::ResultOf<Function>> Race(Env& env,
                                          std::vector<Function> functions) {
  REPRISE_CHECK(!functions.empty(), "Race of no functions");
  std::vector<std::optional<internal::ResultOf<Function>>> results(
      functions.size());
  internal::Children children(env, "race");
  for (size_t i = 0; i < functions.size(); ++i) {
    children.Start(functions[i], results[i]);
  }
  const size_t winner = children.WaitForNext().value_or(0);
  return {winner, internal::Take(results[winner])};
}

template <typename Function>
internal::Limited<Function> WithTimeout(Env& env, Duration timeout,
                                        Function&& function) {
  const VirtualTime deadline = env.clock().Now() + timeout;
  std::optional<internal::ResultOf<Function>> result;
  internal::Children children(env, "with-timeout");
  children.Start(function, result);
  const bool has_ended = children.WaitForNext(deadline).has_value();
  if (!has_ended && env.clock().Now() >= deadline) {
    return absl::DeadlineExceededError("the time limit has passed");
  }
  if (!has_ended) return absl::CancelledError("the task is ending");
  if constexpr (std::is_same_v<internal::ResultOf<Function>, std::monostate>) {
    return absl::OkStatus();
  } else {
    return *std::move(result);
  }
}

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_COMBINE_H_
