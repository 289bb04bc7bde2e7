// OnlineOrder: follows one object of any model while its history happens, and
// says at once when a response has made it illegal.
//
// Kept are all configurations that explain the responses so far: a state, with
// the operations that are open and have taken effect already ("just-in-time
// linearization": Lowe, "Testing for linearizability", 2017, section 5). At a
// response each of them is led on by whatever open operations it takes until
// the one that returned has taken effect with its answer. A history is illegal
// from the response on that leaves none.
//
// Guarantees: what it says to be illegal is illegal. It may be late, so that
// the whole is to be judged at the end: where an operation may do one thing or
// another (a lock is granted or refused), an answer that says that it changed
// nothing is taken to be right if it was in any configuration; and it gives up,
// and says nothing any more, where configurations, or the states that there
// were since the call of one operation, become too many, and where an answer
// leads to another state than the operation does without one, which model.h
// rules out.
//
// Operations are numbered as the state space knows them; its answers must be
// known when Return() is called.
//
//   OnlineOrder order(space);
//   order.Invoke(0);
//   if (!order.Return(0)) ...  // illegal

#ifndef REPRISE_CHECKER_MODEL_ONLINE_ORDER_H_
#define REPRISE_CHECKER_MODEL_ONLINE_ORDER_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

#include "reprise/checker/model/state_space.h"

namespace reprise::checker {

class OnlineOrder {
 public:
  // `space` must outlive it.
  explicit OnlineOrder(StateSpace& space);

  void Invoke(uint32_t operation);
  // False from the first response on that no order explains.
  bool Return(uint32_t operation);
  // The operation did not happen.
  bool Fail(uint32_t operation);

  bool HasGivenUp() const { return has_given_up_; }

 private:
  // An open operation that has taken effect: from one state to another.
  struct Effect {
    uint32_t operation;
    StateId before;
    StateId after;

    friend auto operator<=>(const Effect&, const Effect&) = default;
  };
  struct Configuration {
    StateId state;
    std::vector<Effect> effects;  // by operation

    friend auto operator<=>(const Configuration&,
                            const Configuration&) = default;
  };

  // An operation that has not returned, and the states that there were since
  // its call.
  struct Open {
    uint32_t operation;
    std::set<StateId> seen;
  };

  static constexpr size_t kMost = 2000;  // configurations, and states seen

  void LeadOn(uint32_t operation, std::set<Configuration>& next);
  bool ChangedNothing(uint32_t operation);
  void AddWithout(uint32_t operation, std::set<Configuration>& next) const;
  void See(StateId state);
  bool Keep(std::set<Configuration> next);
  void GiveUp();
  void Close(uint32_t operation);

  StateSpace& space_;
  std::vector<Open> open_;
  std::set<Configuration> configurations_;
  bool is_legal_ = true;
  bool has_given_up_ = false;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_ONLINE_ORDER_H_
