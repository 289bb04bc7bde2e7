// Finds states and unanswered operations that a search need not tell apart.
//
// Two states are alike if each operation of the search is possible in both or
// in neither, and leads to equal states, or to alike ones: whatever the rest of
// an order is, it fits both. Unanswered operations are taken for alike until a
// state is met in which they lead to states that are not; then those that
// differ there are told apart, and the search has to begin anew. A search that
// comes to its end before that has compared them in every state that it met.
//
// So a lease's model may keep the name of its holder: where nobody asks for it,
// it does not matter which of 30 unanswered acquires took effect, only how
// many.
//
//   Alike alike(items, space);
//   do result = Search(alike.items(), alike); while (alike.TakeSplit());

#ifndef REPRISE_CHECKER_MODEL_ALIKE_H_
#define REPRISE_CHECKER_MODEL_ALIKE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "reprise/checker/model/order_item.h"
#include "reprise/checker/model/state_space.h"

namespace reprise::checker {

class Alike final : public StateSpace {
 public:
  // Both must outlive it.
  Alike(std::span<const OrderItem> items, StateSpace& space);

  // With `same_unanswered` as it is now.
  std::span<const OrderItem> items() const { return items_; }

  StateId Initial() override { return space_.Initial(); }
  // One of the states that are alike.
  StateId Step(StateId state, uint32_t operation,
               Knowledge knowledge) override {
    return Chosen(space_.Step(state, operation, knowledge));
  }
  size_t MemoryBytes() const override { return space_.MemoryBytes(); }

  // Compares the operations in a state that the search has met. False if some
  // are told apart from now on.
  bool Visit(StateId state);

  // Whether that happened since it was asked.
  bool TakeSplit() { return std::exchange(has_split_, false); }

 private:
  using Pair = std::pair<StateId, StateId>;

  StateId Chosen(StateId state) const {
    const auto found = chosen_.find(state);
    return found == chosen_.end() ? state : found->second;
  }
  // Whether they are, as far as a few further pairs tell.
  bool AreAlike(StateId a, StateId b);
  bool Expand(const Pair& pair, std::set<Pair>& pairs);
  bool SplitGroup(size_t group, StateId state);
  void Renumber();

  std::vector<OrderItem> items_;
  StateSpace& space_;
  std::vector<OrderItem> kinds_;  // one of each kind of operation
  // Kinds of unanswered operations that are taken for alike, by place in
  // kinds_.
  std::vector<std::vector<size_t>> groups_;
  std::map<uint32_t, size_t> kind_of_;  // by the number that was given
  std::vector<uint32_t> same_;          // by place: the number that was given
  std::map<StateId, StateId> chosen_;
  std::map<Pair, bool> known_;
  std::set<StateId> visited_;
  bool has_split_ = false;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_ALIKE_H_
