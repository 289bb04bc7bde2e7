// FollowedModel: a history of any model that is judged while it comes, one part
// of the state at a time, in little memory. following.h makes one of a model.
//
// Guarantees: a part is found to be violated exactly if no order explains what
// has been told of it, unless it gave up; then it is to be judged as a whole.
// Each return is judged once all answers are known of what overlaps it. What
// lies before a quiet moment of a part, when none of its operations is open,
// collapses into the states that it may have left, once there is enough of it;
// operations that are never answered stay open, for they may take effect later.
//
// Requires: calls and returns are told in the order of time; of one instant the
// calls first. A client does one operation at a time, but may go on after one
// that is never answered.
//
//   std::unique_ptr<FollowedModel> followed = ...;
//   absl::StatusOr<FollowedModel::Place> put = followed->Call(0, call, 1);
//   absl::Status status = followed->Answer(*put, EdnValue::Nil(), line);
//   followed->Return(*put);
//   if (followed->violated_part()) ...

#ifndef REPRISE_CHECKER_MODEL_FOLLOWED_MODEL_H_
#define REPRISE_CHECKER_MODEL_FOLLOWED_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

struct FollowLimits {
  // So many operations of a part are kept for an explanation, if its state is
  // known behind them, and eight times as many, if it may be one of several.
  size_t kept = 1000;
  // Of all parts together; where there are many, each keeps less.
  size_t kept_in_all = 200'000;
  size_t configurations = 20'000;           // of a part, until it gives up
  size_t bytes = size_t{64} * 1024 * 1024;  // of the states of a part
};

class FollowedModel {
 public:
  // An operation that was called: in which part, and its number there.
  struct Place {
    uint32_t part = 0;
    uint32_t number = 0;
  };
  // What an operation was read from.
  struct Line {
    uint32_t number = 0;
    std::string text = {};
  };

  virtual ~FollowedModel() = default;

  // InvalidArgument: "found ..., expected ...".
  virtual absl::StatusOr<Place> Call(int32_t client, const checker::Call& call,
                                     Line line) = 0;
  // What came of it, before its return is told. `text` takes the place of its
  // line's.
  virtual absl::Status Answer(Place place, const EdnValue& output,
                              std::string text) = 0;
  virtual void Fail(Place place, std::string text) = 0;
  // It will never be answered, and so never return.
  virtual void Lose(Place place, std::string text) = 0;
  virtual void Return(Place place) = 0;

  virtual std::optional<uint32_t> violated_part() const = 0;
  // Parts that have to be judged as a whole.
  virtual std::vector<uint32_t> given_up_parts() const = 0;
  virtual size_t parts() const = 0;
  // What is kept now: operations, and configurations of their orders.
  virtual size_t kept_operations() const = 0;
  virtual size_t configurations() const = 0;

  // A part is judged from each of its starts: it holds if it does from one.
  virtual size_t starts(uint32_t part) const = 0;
  // The operations that are kept of it, in the order of their calls.
  virtual std::vector<Line> Lines(uint32_t part, size_t start) const = 0;
  // Judges what was read from those lines.
  virtual absl::StatusOr<ModelVerdict> Judge(uint32_t part, size_t start,
                                             const CallHistory& calls,
                                             const Budget& budget) const = 0;
  // Whether operations of it were given up for the states that they left.
  virtual bool HasCollapsed(uint32_t part) const = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_FOLLOWED_MODEL_H_
