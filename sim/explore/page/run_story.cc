#include "reprise/sim/explore/page/run_story.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/page/story_clause.h"
#include "reprise/sim/explore/page/story_clauses.h"
#include "reprise/text/numbers.h"

namespace reprise {
namespace {

// A sentence goes on up to there.
constexpr size_t kSentenceMost = 150;

// Clauses of which all are told or none.
struct Group {
  ClauseRank rank = ClauseRank::kOrdinary;
  std::vector<size_t> clauses = {};  // Their places, ascending.
};

// Sentences from clauses.
class Sentences {
 public:
  explicit Sentences(const StoryClauses& story) : story_(story) {}

  std::vector<std::string> Of(const std::vector<bool>& is_told) {
    lines_.clear();
    last_ = nullptr;
    for (size_t i = 0; i < is_told.size(); ++i) {
      if (is_told[i]) Append(story_.clauses[i]);
    }
    for (std::string& line : lines_) line += '.';
    return std::move(lines_);
  }

 private:
  void Append(const StoryClause& clause) {
    if (!GoesOn(clause)) {
      Begin(clause);
    } else {
      const bool has_tail =
          !clause.tail.empty() && ((clause.kind == ClauseKind::kAnswered &&
                                    last_->kind == ClauseKind::kCalled) ||
                                   (clause.kind == ClauseKind::kAskedAgain &&
                                    last_->kind == ClauseKind::kGaveUp));
      lines_.back() += has_tail ? clause.tail : "; " + clause.text;
    }
    const bool has_time = clause.kind == ClauseKind::kAnswered ||
                          clause.kind == ClauseKind::kReceived;
    if (has_time && StoryTime(clause.time) != StoryTime(begin_)) {
      absl::StrAppend(&lines_.back(), " at ", StoryTime(clause.time));
    }
    last_ = &clause;
  }

  bool GoesOn(const StoryClause& clause) const {
    if (last_ == nullptr || last_->operation != clause.operation) return false;
    if (clause.kind == ClauseKind::kAskedAgain) return true;
    if (lines_.back().size() > kSentenceMost) return false;
    if (clause.operation) return true;
    return last_->time == clause.time && last_->kind == ClauseKind::kFault &&
           clause.kind == ClauseKind::kFault;
  }

  void Begin(const StoryClause& clause) {
    std::string line = StoryTime(clause.time);
    if (clause.operation && clause.kind != ClauseKind::kCalled) {
      absl::StrAppend(&line, ", operation ",
                      story_.operations[*clause.operation].number);
    }
    absl::StrAppend(&line, ": ", clause.text);
    lines_.push_back(std::move(line));
    begin_ = clause.time;
  }

  const StoryClauses& story_;
  std::vector<std::string> lines_;
  const StoryClause* last_ = nullptr;
  VirtualTime begin_ = {};  // Of the last line.
};

class Chooser {
 public:
  Chooser(const StoryClauses& story, size_t lines_max)
      : story_(story),
        lines_max_(lines_max),
        is_told_(story.clauses.size(), false),
        sentences_(story) {
    Gather();
  }

  // As many of the closest ones as there is room for, the latest first; of what
  // is further away all or nothing.
  std::vector<std::string> Choose() {
    std::vector<std::string> lines;
    for (const ClauseRank rank :
         {ClauseRank::kContradiction, ClauseRank::kCause}) {
      size_t refused = 0;
      for (size_t i = groups_.size(); i-- > 0 && refused < kRefusalsMost;) {
        if (groups_[i].rank != rank) continue;
        if (!Take({&groups_[i]})) ++refused;
      }
    }
    for (const ClauseRank rank : {ClauseRank::kFault, ClauseRank::kOrdinary}) {
      std::vector<const Group*> all;
      for (const Group& group : groups_) {
        if (group.rank == rank) all.push_back(&group);
      }
      if (all.size() <= 5 * lines_max_) Take(all);
    }
    lines = sentences_.Of(is_told_);
    const std::string left_out = LeftOut();
    if (!left_out.empty()) lines.push_back(left_out);
    return lines;
  }

 private:
  static constexpr size_t kRefusalsMost = 30;

  // What belongs to an operation hangs together; of those that contradict each
  // other, what befell them may be left out.
  void Gather() {
    std::map<std::pair<size_t, bool>, size_t> of_operation;
    for (size_t i = 0; i < story_.clauses.size(); ++i) {
      const StoryClause& clause = story_.clauses[i];
      if (!clause.operation) {
        groups_.push_back({clause.rank, {i}});
        continue;
      }
      const ClauseRank rank = story_.operations[*clause.operation].rank;
      const bool is_fate = rank == ClauseRank::kContradiction &&
                           clause.rank != ClauseRank::kContradiction;
      const auto [place, is_new] = of_operation.try_emplace(
          {*clause.operation, is_fate}, groups_.size());
      if (is_new) groups_.push_back({is_fate ? clause.rank : rank, {}});
      groups_[place->second].clauses.push_back(i);
    }
  }

  bool Take(const std::vector<const Group*>& groups) {
    std::vector<bool> before = is_told_;
    for (const Group* group : groups) {
      for (const size_t clause : group->clauses) is_told_[clause] = true;
    }
    // A line says what is left out.
    const size_t room = lines_max_ > 0 ? lines_max_ - 1 : 0;
    if (sentences_.Of(is_told_).size() <= room) return true;
    is_told_ = std::move(before);
    return false;
  }

  std::string LeftOut() const {
    uint64_t calm = 0;
    uint64_t touched = 0;
    uint64_t faults = 0;
    for (size_t i = 0; i < is_told_.size(); ++i) {
      const StoryClause& clause = story_.clauses[i];
      if (is_told_[i]) continue;
      if (clause.kind == ClauseKind::kCalled) {
        ++(story_.operations[*clause.operation].is_touched ? touched : calm);
      } else if (clause.kind == ClauseKind::kFault && !clause.operation) {
        ++faults;
      }
    }
    std::vector<std::string> parts;
    if (calm > 0) {
      parts.push_back(Count(calm, "more operation") + " went without a fault");
    }
    if (touched > 0) {
      parts.push_back(Count(touched, "more operation") + " met faults");
    }
    if (faults > 0) {
      parts.push_back(Count(faults, "other fault") + " struck");
    }
    if (parts.empty()) return "";
    return absl::StrCat("Not told: ", absl::StrJoin(parts, ", "), ".");
  }

  const StoryClauses& story_;
  const size_t lines_max_;
  std::vector<Group> groups_;
  std::vector<bool> is_told_;
  Sentences sentences_;
};

std::string FirstLine(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

// Whether a task waits only because others do.
bool WaitsForOthers(absl::string_view line) {
  return absl::StrContains(line, " waits for a reply ") ||
         absl::StrContains(line, " waits for wait group ") ||
         absl::StrContains(line, " waits for task ");
}

// Who waits for what, as the evidence of a system that got stuck has it below
// its sentence: each once, and those that others wait for, where there are any.
std::string WhoWaits(const std::string& message) {
  constexpr size_t kNamedMost = 4;
  std::vector<std::string> first;
  std::vector<std::string> others;
  for (const absl::string_view line : absl::StrSplit(message, '\n')) {
    if (!absl::StrContains(line, ": task ") ||
        !absl::StrContains(line, " waits for ") ||
        absl::StrContains(line, "waits for the end of its node")) {
      continue;
    }
    std::vector<std::string>& named = WaitsForOthers(line) ? others : first;
    std::string who(absl::StripAsciiWhitespace(line));
    if (std::find(named.begin(), named.end(), who) == named.end()) {
      named.push_back(std::move(who));
    }
  }
  std::vector<std::string>& named = first.empty() ? others : first;
  if (named.size() > kNamedMost) {
    named.resize(kNamedMost);
    named.emplace_back("...");
  }
  return named.empty() ? "" : absl::StrCat("; ", absl::StrJoin(named, "; "));
}

// What contradicts what.
std::string Conclusion(const Verdict& verdict) {
  std::string sentence = FirstLine(verdict.message);
  if (sentence.ends_with('.')) sentence.pop_back();
  const std::vector<uint64_t>& operations = verdict.operations;
  if (operations.empty()) {
    return absl::StrCat("This violates ", verdict.property, ": ", sentence,
                        WhoWaits(verdict.message));
  }
  if (operations.size() == 1) {
    return absl::StrCat("No order explains operation ", operations[0], ": ",
                        sentence);
  }
  return absl::StrCat(
      "Operations ",
      absl::StrJoin(operations.begin(), operations.end() - 1, ", "), " and ",
      operations.back(), " contradict each other: ", sentence);
}

}  // namespace

std::vector<std::string> TellStory(const StoryInput& input) {
  const StoryClauses story =
      CollectClauses(input.events, input.asides, input.verdict, input.text);
  const bool is_violated = input.verdict.kind == VerdictKind::kViolated;
  const size_t kept = is_violated && input.lines_max > 0 ? 1 : 0;
  std::vector<std::string> lines =
      Chooser(story, input.lines_max - kept).Choose();
  if (is_violated) lines.push_back(Conclusion(input.verdict));
  return lines;
}

}  // namespace reprise
