// FollowedPart: one part of the state of a model, followed as FollowedModel has
// it (followed_model.h).

#ifndef REPRISE_CHECKER_MODEL_FOLLOWED_PART_H_
#define REPRISE_CHECKER_MODEL_FOLLOWED_PART_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reprise/checker/model/followed_model.h"
#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/model/model_states.h"
#include "reprise/checker/model/online_order.h"
#include "reprise/checker/value/call_history.h"

namespace reprise::checker {

// Invariants: an operation has the same number here, in the history and in the
// order. The queue holds the events that the order has not been told: it begins
// with the call of an operation whose answer is not known yet, or is empty.
template <typename Model>
class FollowedPart {
 public:
  using Line = FollowedModel::Line;

  // What the kept operations may begin with: a state, and which of the lost
  // ones have taken effect in it.
  struct Start {
    typename Model::State state;
    std::vector<uint32_t> taken = {};
  };

  FollowedPart(typename Model::State initial, const FollowLimits& limits)
      : limits_(limits), starts_({{std::move(initial)}}) {
    Begin({});
  }

  uint32_t Call(int32_t client, typename Model::Input input, Line line) {
    const auto number = static_cast<uint32_t>(kept_.size());
    history_->Invoke(client, std::move(input));
    kept_.push_back({.line = std::move(line), .after = Before(client)});
    unreturned_.push_back(number);
    queue_.push_back({number, /*is_return=*/false});
    return number;
  }

  void Answer(uint32_t number, typename Model::Output output,
              std::string text) {
    history_->Return(number, std::move(output));
    End(number, Ending::kAnswered, std::move(text));
  }
  void Fail(uint32_t number, std::string text) {
    history_->Fail(number);
    End(number, Ending::kFailed, std::move(text));
  }
  void Lose(uint32_t number, std::string text) {
    std::erase(unreturned_, number);
    End(number, Ending::kUnknown, std::move(text));
  }
  void Return(uint32_t number) {
    std::erase(unreturned_, number);
    queue_.push_back({number, /*is_return=*/true});
    Advance();
  }

  // At most so many operations are kept from now on, beside those that are
  // never answered, if it can be known now what they left.
  void Shorten(size_t kept) {
    const bool is_large = states_->MemoryBytes() > limits_.bytes;
    if (is_violated_ || order_->HasGivenUp() || !unreturned_.empty() ||
        !queue_.empty() || (kept_.size() <= kept + 2 * carried_ && !is_large)) {
      return;
    }
    const std::vector<OnlineOrder::Start> possible = order_->Possible();
    if (possible.size() > 1 && kept_.size() < kSeveral * kept && !is_large) {
      return;
    }
    Collapse(possible);
  }

  const typename Model::Input& input(uint32_t number) const {
    return (*history_)[number].input;
  }
  bool IsViolated() const { return is_violated_; }
  bool HasGivenUp() const { return order_->HasGivenUp(); }
  bool HasCollapsed() const { return has_collapsed_; }
  size_t size() const { return kept_.size(); }
  size_t configurations() const { return order_->configurations(); }
  const std::vector<Start>& starts() const { return starts_; }

  std::vector<Line> Lines(const Start& start) const {
    std::vector<Line> lines;
    for (uint32_t number = 0; number < kept_.size(); ++number) {
      const bool is_taken =
          std::binary_search(start.taken.begin(), start.taken.end(), number);
      if (!is_taken) lines.push_back(kept_[number].line);
    }
    return lines;
  }

 private:
  static constexpr size_t kSeveral = 8;

  struct Kept {
    Line line;
    // An operation of its client that had to be over at its call.
    std::optional<uint32_t> after = {};
    std::optional<Ending> ending = {};  // none: it is not known yet
  };
  struct Event {
    uint32_t number;
    bool is_return;
  };

  // The client's operation that has not returned, although the client calls the
  // next one: it returns at the same instant.
  std::optional<uint32_t> Before(int32_t client) const {
    std::optional<uint32_t> last;
    for (const uint32_t number : unreturned_) {
      const bool is_answered = kept_[number].ending == Ending::kAnswered;
      if (is_answered && (*history_)[number].client == client) last = number;
    }
    return last;
  }

  void End(uint32_t number, Ending ending, std::string text) {
    kept_[number].ending = ending;
    kept_[number].line.text = std::move(text);
    Advance();
  }

  // Tells the order what it can be told.
  void Advance() {
    while (!queue_.empty() && !is_violated_) {
      const Event event = queue_.front();
      const Kept& kept = kept_[event.number];
      if (!kept.ending) return;
      queue_.pop_front();
      if (!event.is_return) {
        Invoke(event.number, kept);
      } else if (kept.ending == Ending::kAnswered) {
        is_violated_ = !order_->Return(event.number);
      }
    }
  }

  void Invoke(uint32_t number, const Kept& kept) {
    const auto& called = (*history_)[number];
    const auto* output = called.output ? &*called.output : nullptr;
    const bool is_read_only = IsReadOnlyIn<Model>(called.input, output);
    if (kept.ending == Ending::kAnswered) {
      order_->InvokeAnswered({number, is_read_only, kept.after});
    } else if (kept.ending == Ending::kUnknown && !is_read_only) {
      order_->InvokeLost(number, kept.after);
    }
  }

  // Leaves the states that there may be, and the lost operations that some of
  // them have not seen.
  void Collapse(const std::vector<OnlineOrder::Start>& possible) {
    std::vector<uint32_t> lost;
    for (uint32_t number = 0; number < kept_.size(); ++number) {
      if (MayTakeEffect(number, possible)) lost.push_back(number);
    }
    starts_.clear();
    for (const OnlineOrder::Start& each : possible) {
      Start start = {states_->StateOf(each.state)};
      for (uint32_t place = 0; place < lost.size(); ++place) {
        if (std::binary_search(each.taken.begin(), each.taken.end(),
                               lost[place])) {
          start.taken.push_back(place);
        }
      }
      starts_.push_back(std::move(start));
    }
    has_collapsed_ = true;
    Begin(lost);
  }

  bool MayTakeEffect(uint32_t number,
                     const std::vector<OnlineOrder::Start>& possible) const {
    return kept_[number].ending == Ending::kUnknown &&
           !IsReadOnlyIn<Model>(input(number), nullptr) &&
           !std::all_of(possible.begin(), possible.end(),
                        [&](const OnlineOrder::Start& start) {
                          return std::binary_search(start.taken.begin(),
                                                    start.taken.end(), number);
                        });
  }

  // Begins anew from `starts_`, with the lost operations of these numbers.
  void Begin(const std::vector<uint32_t>& lost) {
    auto history = std::make_unique<ModelHistory<Model>>();
    std::vector<Kept> kept;
    std::vector<uint32_t> numbers;
    for (const uint32_t number : lost) {
      numbers.push_back(static_cast<uint32_t>(kept.size()));
      history->Invoke((*history_)[number].client, input(number));
      kept.push_back(std::move(kept_[number]));
      kept.back().after.reset();
    }
    history_ = std::move(history);
    kept_ = std::move(kept);
    carried_ = kept_.size();
    history_->SetInitial(starts_.front().state);
    states_ = std::make_unique<ModelStates<Model>>(*history_);
    std::vector<OnlineOrder::Start> begun;
    for (const Start& start : starts_) {
      begun.push_back({states_->Add(start.state), start.taken});
    }
    order_ = std::make_unique<OnlineOrder>(*states_, limits_.configurations,
                                           begun, numbers);
  }

  const FollowLimits limits_;
  std::vector<Start> starts_;
  std::unique_ptr<ModelHistory<Model>> history_;
  std::unique_ptr<ModelStates<Model>> states_;
  std::unique_ptr<OnlineOrder> order_;
  std::vector<Kept> kept_;
  size_t carried_ = 0;                // that were there at the beginning
  std::vector<uint32_t> unreturned_;  // called, and neither returned nor lost
  std::deque<Event> queue_;
  bool is_violated_ = false;
  bool has_collapsed_ = false;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_FOLLOWED_PART_H_
