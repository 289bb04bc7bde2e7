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
// Guarantees: what it says to be illegal is illegal. Where every answer is
// known when its operation is invoked (InvokeAnswered(), InvokeLost()), what it
// does not say to be illegal is legal, unless it has given up. Else it may be
// late, so that the whole is to be judged at the end: where an operation may do
// one thing or another (a lock is granted or refused), an answer that says that
// it changed nothing is taken to be right if it was in any configuration. It
// gives up, and says nothing any more, where configurations, or the states that
// there were since the call of one operation, become too many, and where an
// answer leads to another state than the operation does without one, which
// model.h rules out.
//
// Operations are numbered as the state space knows them; its answers must be
// known when Return() is called.
//
//   OnlineOrder order(space);
//   order.Invoke(0);
//   if (!order.Return(0)) ...  // illegal

#ifndef REPRISE_CHECKER_MODEL_ONLINE_ORDER_H_
#define REPRISE_CHECKER_MODEL_ONLINE_ORDER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "reprise/checker/model/order_configurations.h"
#include "reprise/checker/model/state_space.h"

namespace reprise::checker {

class OnlineOrder {
 public:
  static constexpr size_t kMost = 2000;  // configurations, and states seen

  // What an order may begin with: a state, and those of the lost operations
  // that have taken effect in it, ascending.
  struct Start {
    StateId state = 0;
    std::vector<uint32_t> taken = {};
  };

  // `space` must outlive it.
  explicit OnlineOrder(StateSpace& space, size_t most = kMost);
  // Begins with one of `starts`, while the operations `lost` are open.
  OnlineOrder(StateSpace& space, size_t most, std::span<const Start> starts,
              std::span<const uint32_t> lost);

  // An operation whose answer will be known when it returns.
  void Invoke(uint32_t operation);

  // One whose answer the state space knows already.
  struct Answered {
    uint32_t operation = 0;
    // Whether it leaves every state as it is.
    bool is_read_only = false;
    // One that it cannot precede, although that one has not returned.
    std::optional<uint32_t> after = {};
  };
  void InvokeAnswered(const Answered& answered);
  // One that will never be answered. It stays open for ever.
  void InvokeLost(uint32_t operation, std::optional<uint32_t> after = {});

  // False from the first response on that no order explains.
  bool Return(uint32_t operation);
  // The operation did not happen.
  bool Fail(uint32_t operation);

  bool HasGivenUp() const { return has_given_up_; }
  size_t configurations() const { return configurations_.size(); }

  // What another order may go on from. Requires that it is legal, has not given
  // up, and that none but lost operations are open.
  std::vector<Start> Possible() const;

 private:
  enum class Answer : uint8_t { kLater, kKnown, kNever };

  // An operation that has not returned, and, if its answer comes later, the
  // states that there were since its call.
  struct Open {
    uint32_t operation;
    Answer answer = Answer::kLater;
    bool is_read_only = false;
    std::optional<uint32_t> after = {};
    std::set<StateId> seen = {};
  };

  const Open& OpenOf(uint32_t operation) const;
  bool IsOpen(uint32_t operation) const;
  void LeadOn(uint32_t operation, Configurations& next);
  bool Confirm(const Open& open, const Configuration& from,
               Configurations& next);
  std::optional<Configuration> Take(const Open& open,
                                    const Configuration& from);
  bool CanTake(const Open& open, const Configuration& from) const;
  void Settle(Configuration& configuration);
  void SettleAll(Configurations& configurations);
  bool ChangedNothing(uint32_t operation);
  void AddWithout(uint32_t operation, Configurations& next) const;
  void See(StateId state);
  bool Keep(Configurations next);
  void GiveUp();
  void Close(uint32_t operation);

  StateSpace& space_;
  const size_t most_;
  std::vector<Open> open_;
  Configurations configurations_;
  bool is_legal_ = true;
  bool has_given_up_ = false;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_ONLINE_ORDER_H_
