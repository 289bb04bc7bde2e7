#include "reprise/checker/followed_history.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/line_error.h"
#include "reprise/checker/formats/operation_lines.h"
#include "reprise/checker/formats/timed_recorder.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/text/printable.h"

namespace reprise::checker {
namespace {

FollowedLines::Operations OperationsOf(const FollowOptions& options) {
  return options.model ? FollowedLines::Operations::kOfModel
                       : FollowedLines::Operations::kKeyValue;
}

// Of a violation that a budget did not suffice to explain.
Judgement Unexplained(uint32_t last_line) {
  Judgement found;
  found.verdict.outcome = Outcome::kViolated;
  found.explanation.emplace();
  found.explanation->is_minimal = false;
  found.explanation->sentence = absl::StrCat(
      "no order explains the answers up to line ", last_line,
      "; the budget did not suffice to find which contradict each other");
  found.verdict.contradiction.sentence = found.explanation->sentence;
  return found;
}

}  // namespace

FollowedHistory::FollowedHistory(const FollowOptions& options)
    : options_(options),
      lines_(options.reading, OperationsOf(options), options.expect) {}

absl::Status FollowedHistory::Add(std::string_view text, uint32_t line) {
  const absl::StatusOr<FollowedLine> read = lines_.Read(text, line);
  if (!read.ok()) return read.status();
  absl::Status status =
      has_begun_ ? absl::OkStatus() : Begin(read->operation.is_later);
  if (!status.ok()) return status;
  last_line_ = line;
  const absl::StatusOr<uint32_t> called_in =
      read->operation.is_later || announced_.empty()
          ? 0
          : announced_.Answer(read->announced, line);
  if (!called_in.ok()) return called_in.status();
  if (*called_in == 0) {
    ++operations_;
    status = ExpectNewId(read->operation.id, ids_, line);
    if (status.ok() && read->operation.is_later) {
      status = announced_.Announce(read->announced, text, line);
    }
    if (!status.ok()) return status;
  }
  if (!IsFollowed()) {
    kept_.push_back({line, std::string(text)});
    return absl::OkStatus();
  }
  if (*called_in > 0) return Announced(*read, text, *called_in, line);
  const absl::StatusOr<FollowedModel::Place> place = Call(*read, text, line);
  if (!place.ok()) return place.status();
  if (!read->operation.is_later) return End(*read, *place, text, line);
  open_[read->operation.client] = *place;
  return absl::OkStatus();
}

absl::Status FollowedHistory::Begin(bool is_later) {
  has_begun_ = true;
  absl::Status status = lines_.TakeOptions();
  if (!status.ok()) return status;
  if (!is_later && options_.order == LineOrder::kAny) return absl::OkStatus();
  if (!options_.model) {
    auto store = std::make_unique<Following<KeyValueModel>>(
        options_.reading.initial.value_or(""), options_.limits);
    store_ = store.get();
    followed_ = std::move(store);
    return absl::OkStatus();
  }
  absl::StatusOr<std::unique_ptr<FollowedModel>> followed =
      options_.model->follow(lines_.initial(), options_.limits);
  if (!followed.ok()) return followed.status();
  followed_ = *std::move(followed);
  return absl::OkStatus();
}

// An operation is called.
absl::StatusOr<FollowedModel::Place> FollowedHistory::Call(
    const FollowedLine& read, std::string_view text, uint32_t line) {
  const JsonCall& operation = read.operation;
  absl::Status status = AdvanceTo(operation.times.call, line);
  if (!status.ok()) return status;
  const Client& client = clients_[operation.client];
  if (client.last_ret > operation.times.call) {
    return OverlapError(line, operation.client, operation.times.call,
                        client.last_line, client.last_ret);
  }
  absl::StatusOr<FollowedModel::Place> place = followed_->Call(
      operation.client, operation.call, {line, std::string(text)});
  if (!place.ok()) return LineError(line, place.status());
  return place;
}

// The answer of an operation that was announced.
absl::Status FollowedHistory::Announced(const FollowedLine& read,
                                        std::string_view text,
                                        uint32_t called_in, uint32_t line) {
  const auto open = open_.find(read.operation.client);
  const FollowedModel::Place place = open->second;
  open_.erase(open);
  if (read.operation.ending != Ending::kUnknown) {
    absl::Status status = AdvanceTo(read.operation.times.ret, line);
    if (!status.ok()) return status;
  }
  return End(read, place, text, called_in);
}

// It is known what came of an operation, that was called in `line`.
absl::Status FollowedHistory::End(const FollowedLine& read,
                                  FollowedModel::Place place,
                                  std::string_view text, uint32_t line) {
  const JsonCall& operation = read.operation;
  const bool is_answered = operation.ending == Ending::kAnswered;
  if (operation.ending != Ending::kUnknown) {
    clients_[operation.client] = {operation.times.ret, line};
  }
  if (operation.ending == Ending::kUnknown || read.is_lost) {
    followed_->Lose(place, std::string(text));
    return absl::OkStatus();
  }
  if (is_answered) {
    absl::Status status =
        followed_->Answer(place, operation.output, std::string(text));
    if (!status.ok()) return LineError(line, status);
  } else {
    followed_->Fail(place, std::string(text));
  }
  returns_.push({operation.times.ret, last_line_, place});
  return absl::OkStatus();
}

// Whatever comes now happens at `time`. What returned before is told.
absl::Status FollowedHistory::AdvanceTo(int64_t time, uint32_t line) {
  if (time < now_) {
    return LineError(
        line,
        absl::StrCat("found an event at ", time, " behind one at ", now_,
                     ", expected lines in the order of time: of calls where "
                     "the line is that of a call or of a whole operation, of "
                     "returns where its call has a line"));
  }
  now_ = time;
  while (!returns_.empty() && returns_.top().time < time) ReturnFirst();
  return absl::OkStatus();
}

void FollowedHistory::ReturnFirst() {
  const FollowedModel::Place place = returns_.top().place;
  returns_.pop();
  if (!IsViolated()) followed_->Return(place);
}

absl::Status FollowedHistory::Finish() {
  if (!IsFollowed()) return absl::OkStatus();
  for (const AnnouncedCalls::Open& open : announced_.Rest()) {
    followed_->Lose(open_.at(open.call.client), open.text);
  }
  while (!returns_.empty()) ReturnFirst();
  return absl::OkStatus();
}

bool FollowedHistory::IsViolated() const {
  return IsFollowed() && followed_->violated_part().has_value();
}

size_t FollowedHistory::kept_operations() const {
  return IsFollowed() ? followed_->kept_operations() : kept_.size();
}

size_t FollowedHistory::configurations() const {
  return IsFollowed() ? followed_->configurations() : 0;
}

absl::StatusOr<Judgement> FollowedHistory::Judge(const Budget& budget) const {
  if (!IsFollowed()) {
    if (!options_.model) {
      return JudgeKeyValueLines(kept_, options_.reading, budget);
    }
    return JudgeCallLines(kept_, options_.reading,
                          [&](const CallHistory& calls) {
                            return options_.model->check(calls, budget);
                          });
  }
  if (const std::optional<uint32_t> part = followed_->violated_part()) {
    absl::StatusOr<Judgement> found = JudgePart(*part, budget);
    if (!found.ok()) return found;
    REPRISE_REQUIRE(found->verdict.outcome != Outcome::kHolds,
                    "the checker takes back what it said online");
    if (found->verdict.outcome == Outcome::kViolated) return found;
    return Unexplained(last_line_);
  }
  Judgement whole;
  whole.verdict.statistics.keys = followed_->parts();
  for (const uint32_t part : followed_->given_up_parts()) {
    absl::StatusOr<Judgement> found = JudgePart(part, budget);
    if (!found.ok() || found->verdict.outcome == Outcome::kViolated) {
      return found;
    }
    if (whole.verdict.outcome == Outcome::kHolds) whole = *std::move(found);
  }
  return whole;
}

// A part holds if it does from one of its starts. Of those that contradict its
// operations, the one that comes furthest tells why.
absl::StatusOr<Judgement> FollowedHistory::JudgePart(
    uint32_t part, const Budget& budget) const {
  std::optional<Judgement> worst;
  for (size_t start = 0; start < followed_->starts(part); ++start) {
    absl::StatusOr<Judgement> found = JudgeFrom(part, start, budget);
    if (!found.ok() || found->verdict.outcome == Outcome::kHolds) return found;
    const bool is_worse = !worst ||
                          found->verdict.outcome == Outcome::kUndecided ||
                          (worst->verdict.outcome == Outcome::kViolated &&
                           found->illegal_time > worst->illegal_time);
    if (is_worse) worst = *std::move(found);
  }
  return *std::move(worst);
}

absl::StatusOr<Judgement> FollowedHistory::JudgeFrom(
    uint32_t part, size_t start, const Budget& budget) const {
  const std::vector<FollowedModel::Line> lines = followed_->Lines(part, start);
  ReaderOptions reading = options_.reading;
  absl::StatusOr<Judgement> found;
  if (store_ != nullptr) {
    reading.initial = store_->StateOf(part, start);
    found = JudgeKeyValueLines(lines, reading, budget);
  } else {
    found = JudgeCallLines(lines, reading, [&](const CallHistory& calls) {
      return followed_->Judge(part, start, calls, budget);
    });
  }
  if (found.ok() && found->explanation && followed_->HasCollapsed(part)) {
    absl::StrAppend(&found->explanation->timeline, "(of what came before line ",
                    lines.front().number,
                    " only what it left is known any more",
                    store_ == nullptr
                        ? ""
                        : ": the value \"" + Printable(*reading.initial) + "\"",
                    ")\n");
  }
  return found;
}

}  // namespace reprise::checker
