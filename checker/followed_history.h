// FollowedHistory: a history of JSON lines that is judged while it is written,
// by any model of `check`.
//
// Guarantees: the verdict is that of a check of the same lines as a whole, with
// its explanation, as far as the budget and FollowLimits allow. An illegal
// answer is found once every operation that overlaps it has its answer and the
// lines have passed its return. Memory is bounded where parts of the state have
// quiet moments (model/followed_model.h).
//
// Lines can be judged on the way if they come in the order of time: the lines
// of calls ("return":"later") by the time of the call, those of their answers
// by that of the return, and those of whole operations by their call. That is
// known where the first line is that of a call, and else where the caller says
// so. Otherwise a line might still tell of an earlier call: then everything is
// kept and judged at the end.
//
//   FollowedHistory history(options);
//   while (Next(text, line) && !history.IsViolated()) {
//     absl::Status status = history.Add(text, line);
//   }
//   absl::Status status = history.Finish();
//   absl::StatusOr<Judgement> found = history.Judge(Budget());

#ifndef REPRISE_CHECKER_FOLLOWED_HISTORY_H_
#define REPRISE_CHECKER_FOLLOWED_HISTORY_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <queue>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/followed_line.h"
#include "reprise/checker/formats/announced_calls.h"
#include "reprise/checker/formats/id_set.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/judgement.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/model/followed_model.h"
#include "reprise/checker/model/following.h"
#include "reprise/checker/model/named_model.h"

namespace reprise::checker {

// Whether lines of whole operations come in the order of their calls.
enum class LineOrder : uint8_t { kAny, kByCall };

struct FollowOptions {
  ReaderOptions reading = {};
  // One with a check of its own; none: the key/value check.
  std::optional<NamedModel> model = {};
  LineOrder order = LineOrder::kAny;
  FollowLimits limits = {};
  ExpectKind expect = {};
};

class FollowedHistory {
 public:
  // `options` must outlive it.
  explicit FollowedHistory(const FollowOptions& options);

  // The message of an error begins with the line.
  absl::Status Add(std::string_view text, uint32_t line);
  // There is no further line.
  absl::Status Finish();

  // No order explains the lines, whatever may follow.
  bool IsViolated() const;
  // Whether lines are judged on the way. Known after the first one.
  bool IsFollowed() const { return followed_ != nullptr; }
  // Of Add() and Finish(): the verdict, which holds if it has been violated
  // nowhere.
  absl::StatusOr<Judgement> Judge(const Budget& budget) const;

  uint64_t operations() const { return operations_; }
  size_t kept_operations() const;
  size_t configurations() const;

 private:
  struct Return {
    int64_t time = 0;
    uint64_t number = 0;  // of its line among others of the same time
    FollowedModel::Place place = {};

    bool operator<(const Return& other) const {  // The earliest is on top.
      return std::pair(time, number) > std::pair(other.time, other.number);
    }
  };
  // Of a client's last operation that was answered.
  struct Client {
    int64_t last_ret = std::numeric_limits<int64_t>::min();
    uint32_t last_line = 0;
  };

  absl::Status Begin(bool is_later);
  absl::StatusOr<FollowedModel::Place> Call(const FollowedLine& read,
                                            std::string_view text,
                                            uint32_t line);
  absl::Status End(const FollowedLine& read, FollowedModel::Place place,
                   std::string_view text, uint32_t line);
  absl::Status Announced(const FollowedLine& read, std::string_view text,
                         uint32_t called_in, uint32_t line);
  absl::Status AdvanceTo(int64_t time, uint32_t line);
  void ReturnFirst();
  absl::StatusOr<Judgement> JudgePart(uint32_t part,
                                      const Budget& budget) const;
  absl::StatusOr<Judgement> JudgeFrom(uint32_t part, size_t start,
                                      const Budget& budget) const;

  const FollowOptions& options_;
  FollowedLines lines_;
  bool has_begun_ = false;
  uint64_t operations_ = 0;

  // Where lines are judged on the way.
  std::unique_ptr<FollowedModel> followed_;
  Following<KeyValueModel>* store_ = nullptr;  // `followed_`, if it is of one
  int64_t now_ = std::numeric_limits<int64_t>::min();
  IdSet ids_;
  AnnouncedCalls announced_;
  absl::flat_hash_map<int32_t, FollowedModel::Place> open_;  // announced
  absl::flat_hash_map<int32_t, Client> clients_;
  std::priority_queue<Return> returns_;
  uint32_t last_line_ = 0;

  // Where they are not.
  std::vector<FollowedModel::Line> kept_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FOLLOWED_HISTORY_H_
