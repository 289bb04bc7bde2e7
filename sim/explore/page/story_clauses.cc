#include "reprise/sim/explore/page/story_clauses.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/page/story_facts.h"
#include "reprise/sim/explore/page/story_outages.h"
#include "reprise/sim/explore/page/story_states.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/explore/trial/violating_events.h"
#include "reprise/sim/trace/causal_cone.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_text.h"
#include "reprise/sim/trace/operation_content.h"
#include "reprise/text/printable.h"

namespace reprise {
namespace {

using K = EventKind;

// Whether somebody's own words are the event.
bool IsWords(EventKind kind) {
  return kind == K::kLogged || kind == K::kScenarioLogged || kind == K::kNote;
}

class ClauseWriter {
 public:
  ClauseWriter(std::span<const ListedEvent> events,
               std::span<const ListedEvent> asides, const Verdict& verdict,
               const TextOptions& text)
      : events_(events), asides_(asides), facts_(events), names_(text) {
    const std::vector<size_t> last = ViolatingEvents(verdict, events);
    is_before_ = CausalCone(events, last);
    if (!verdict.operations.empty() && !last.empty()) end_ = last.back() + 1;
    RankOperations(verdict);
  }

  StoryClauses Write() {
    states_.TellAbsent(events_, facts_.absent());
    for (size_t i = 0; i < end_; ++i) {
      // As they were after the event before this one.
      TellStates(events_[i].number);
      Tell(i);
    }
    TellStates(end_ == events_.size() ? UINT64_MAX : events_[end_].number);
    outages_.Finish();
    for (const auto& [key, repeated] : repeated_) CountOn(repeated, 2);
    for (const auto& [link, repeated] : stopped_) CountOn(repeated, 1);
    states_.Finish();
    return {.clauses = std::move(clauses_),
            .operations = std::move(operations_)};
  }

 private:
  struct Repeated {
    uint64_t count = 0;
    size_t clause = 0;  // The last one that is told.
  };
  using Link = std::pair<NodeId, NodeId>;
  // What is known of an operation while it is told.
  struct Told {
    bool has_failed = false;  // A call of it.
    NodeId failed_at = {};
    bool has_returned = false;
  };

  void RankOperations(const Verdict& verdict) {
    const bool is_stuck = IsStuck(verdict.property);
    std::set<std::string> keys;
    for (const uint64_t number : verdict.operations) {
      const std::optional<size_t> place = facts_.PlaceOf(number);
      if (place) keys.insert(facts_.operations()[*place].key);
    }
    keys.erase("");
    for (const OperationFacts& facts : facts_.operations()) {
      StoryOperation operation{.number = facts.number,
                               .is_touched = facts.is_touched};
      const bool contradicts =
          std::count(verdict.operations.begin(), verdict.operations.end(),
                     facts.number) > 0;
      if (contradicts || (is_stuck && !facts.has_returned)) {
        operation.rank = ClauseRank::kContradiction;
      } else if (facts.is_touched) {
        const bool is_close = facts.is_hurt && keys.contains(facts.key);
        operation.rank = is_close ? ClauseRank::kCause : ClauseRank::kFault;
      }
      operations_.push_back(operation);
    }
    told_.resize(operations_.size());
    says_unanswered_ = is_stuck || !verdict.operations.empty();
  }

  void Tell(size_t place) {
    const ListedEvent& listed = events_[place];
    const TraceEvent& event = listed.event;
    const EventText& row = EventTextOf(event.kind);
    const std::string what = row.describe(names_, event, listed.content);
    rank_ = is_before_[place] ? ClauseRank::kCause : ClauseRank::kFault;
    if (row.variations.shown != EventShown::kAlways) return;
    if (IsAboutOperation(row)) return TellOperation(listed, what);
    if (const CallFacts* call = facts_.CallOf(event)) {
      return TellCall(event, *call);
    }
    if (IsAboutMessage(row)) return TellMessage(event, row, what);
    if (!outages_.Tell(event, what, rank_)) TellOther(event, row, what);
  }

  // What nodes have become before event `number`. That is caused as the event
  // before it is.
  void TellStates(uint64_t number) {
    for (; next_aside_ < asides_.size(); ++next_aside_) {
      const ListedEvent& aside = asides_[next_aside_];
      if (aside.number >= number) return;
      states_.Tell(aside, rank_);
    }
  }

  void TellOperation(const ListedEvent& listed, const std::string& what) {
    const TraceEvent& event = listed.event;
    const std::optional<size_t> place = facts_.PlaceOf(event.id);
    if (!place) return;
    const ClauseRank rank = operations_[*place].rank;
    StoryClause clause{.time = event.time, .rank = rank, .operation = place};
    const std::string node = names_.NodeName(event.node);
    if (event.kind == K::kOperationCalled) {
      clause.kind = ClauseKind::kCalled;
      clause.text =
          absl::StrCat(node, " calls ", what, " as operation ", event.id);
      if (says_unanswered_ && rank == ClauseRank::kContradiction &&
          !facts_.operations()[*place].has_returned) {
        clause.text += ", which is never answered";
      }
    } else {
      told_[*place].has_returned = true;
      clause.kind = ClauseKind::kAnswered;
      clause.tail = absl::StrCat(" and is answered", AnswerOf(listed, what));
      clause.text = absl::StrCat(node, " is answered", AnswerOf(listed, what));
    }
    clauses_.push_back(std::move(clause));
  }

  // " \"x\""; of a Put nothing.
  std::string AnswerOf(const ListedEvent& listed, const std::string& what) {
    const TraceEvent& event = listed.event;
    if (event.value == kFailedOperation) return " that it failed";
    if (event.value == kNamedOperation) return ": " + what;
    const OperationFacts& facts =
        facts_.operations()[*facts_.PlaceOf(event.id)];
    if (event.bytes == 0 && facts.writes) return "";
    return " " + Quote(listed.content, names_.options().value_length_max);
  }

  void TellCall(const TraceEvent& event, const CallFacts& call) {
    Told& told = told_[call.operation];
    const std::string node = names_.NodeName(event.node);
    const std::string peer = names_.NodeName(event.peer);
    if (event.kind == K::kRequestSent || event.kind == K::kRequestLost ||
        event.kind == K::kRequestUnreachable) {
      if (told.has_failed) TellRepetition(event, call.operation);
    }
    switch (event.kind) {
      case K::kRequestSent:
        if (facts_.IsLate(event)) {
          AddFault(event, call, "the request takes " + StorySpan(event.value));
        }
        break;
      case K::kRequestLost:
        AddFault(event, call,
                 absl::StrCat("the request to ", peer, " is lost"));
        break;
      case K::kRequestUnreachable:
        AddFault(event, call, peer + " cannot be reached");
        break;
      case K::kRequestDuplicated:
        AddFault(event, call, "the network doubles the request");
        break;
      case K::kRequestDelivered:
        TellReception(event, call);
        break;
      case K::kRequestRefused:
        AddFault(event, call, node + " does not serve it");
        break;
      case K::kReplySent:
        if (facts_.IsLate(event)) {
          AddFault(event, call,
                   absl::StrCat("the reply of ", node, " takes ",
                                StorySpan(event.value)));
        }
        break;
      case K::kReplyLost:
        AddFault(event, call, absl::StrCat("the reply of ", node, " is lost"));
        break;
      case K::kReplyDuplicated:
        AddFault(event, call, "the network doubles the reply");
        break;
      case K::kReplyIgnored:
        if (told.has_failed) {
          AddFault(event, call,
                   absl::StrCat("the reply of ", peer, " comes too late"));
        }
        break;
      case K::kCallFailed:
        TellFailure(event, call);
        break;
      default:
        break;
    }
  }

  void TellRepetition(const TraceEvent& event, size_t operation) {
    const std::string whom = event.peer == told_[operation].failed_at
                                 ? "asks again"
                                 : "asks " + names_.NodeName(event.peer);
    AddOf(operation,
          {.time = event.time,
           .kind = ClauseKind::kAskedAgain,
           .text = absl::StrCat(names_.NodeName(event.node), " ", whom),
           .tail = " and " + whom});
    told_[operation].has_failed = false;
  }

  void TellReception(const TraceEvent& event, const CallFacts& call) {
    if (!facts_.operations()[call.operation].was_received_oddly &&
        operations_[call.operation].rank != ClauseRank::kContradiction) {
      return;
    }
    const uint64_t times = ++receptions_[{call.operation, event.node}];
    const char* ordinal = times == 1   ? ""
                          : times == 2 ? " a second time"
                          : times == 3 ? " a third time"
                                       : " again";
    const bool is_over = told_[call.operation].has_returned;
    AddOf(call.operation,
          {.time = event.time,
           .kind = ClauseKind::kReceived,
           .text = absl::StrCat(is_over ? "after its answer, " : "",
                                names_.NodeName(event.node), " receives it",
                                ordinal)});
  }

  void TellFailure(const TraceEvent& event, const CallFacts& call) {
    const auto code = static_cast<absl::StatusCode>(event.value);
    const std::string node = names_.NodeName(event.node);
    told_[call.operation].has_failed = true;
    told_[call.operation].failed_at = event.peer;
    AddOf(call.operation,
          {.time = event.time,
           .kind = ClauseKind::kGaveUp,
           .text = code == absl::StatusCode::kDeadlineExceeded
                       ? absl::StrCat(node, " gives up after ",
                                      StorySpan(call.sent, event.time))
                       : absl::StrCat(node, " is told ", FaultOf(event))});
  }

  // What was told so often happened more often.
  void CountOn(const Repeated& repeated, uint64_t told) {
    if (repeated.count <= told) return;
    absl::StrAppend(&clauses_[repeated.clause].text, " (and ",
                    repeated.count - told, " times more)");
  }

  // Whether it is one more message that does not get through on a link, where
  // the one before did not, either.
  bool IsStoppedAgain(const TraceEvent& event) {
    if (event.kind != K::kMessageUnreachable && event.kind != K::kMessageLost) {
      return false;
    }
    Repeated& repeated = stopped_[{event.node, event.peer}];
    if (++repeated.count > 1) return true;
    repeated.clause = clauses_.size();
    return false;
  }
  void ReachAgain(const Link& link) {
    const auto found = stopped_.find(link);
    if (found == stopped_.end()) return;
    CountOn(found->second, 1);
    stopped_.erase(found);
  }

  // Of nodes among each other.
  void TellMessage(const TraceEvent& event, const EventText& row,
                   const std::string& what) {
    if (event.kind == K::kMessageSent) ReachAgain({event.node, event.peer});
    std::string fault = absl::AsciiStrToLower(FaultOf(event));
    if (facts_.IsLate(event)) fault = "takes " + StorySpan(event.value);
    if (fault.empty() || event.kind == K::kReplyIgnored) return;
    if (facts_.absent().contains(event.peer)) return;
    if (IsStoppedAgain(event)) return;
    const bool is_sender = row.parties == EventParties::kNodeToPeer;
    const NodeId from = is_sender ? event.node : event.peer;
    const NodeId to = is_sender ? event.peer : event.node;
    if (!facts_.IsLate(event)) fault = "is " + fault;
    if (event.kind == K::kCallFailed) fault = "fails: " + FaultOf(event);
    Add({.time = event.time,
         .text = absl::StrCat(what, " of ", names_.NodeName(from), " to ",
                              names_.NodeName(to), " ", fault)});
  }

  void TellOther(const TraceEvent& event, const EventText& row,
                 const std::string& what) {
    const std::string fault = FaultOf(event);
    if (event.kind == K::kFileUnsynced) return;  // A risk alone.
    // Whether a file is there has to be tried.
    const auto missing = static_cast<uint64_t>(absl::StatusCode::kNotFound);
    if (event.kind == K::kDiskFailed && event.value == missing) return;
    if (fault.empty() && event.kind != K::kNote) return;
    const std::string who =
        HasNode(event) ? names_.NodeName(event.node) : "the scenario";
    const std::string verb(row.WordsOf(event).verb);
    std::string text =
        absl::StrCat(who, " ", verb, IsWords(event.kind) ? ": " : " ", what);
    if (event.kind == K::kDiskFailed) {
      text = absl::StrCat("the disk of ", who, " fails on ", what);
    } else if (event.kind == K::kClockJumped) {
      text = absl::StrCat("the clock of ", who, " jumps by ",
                          StorySpan(event.value));
    } else if (event.kind == K::kConnectionReset) {
      text = absl::StrCat("the connection of ", who, " to ",
                          names_.NodeName(event.peer), " breaks");
    }
    if (row.variations.failure != nullptr && !IsWords(event.kind)) {
      absl::StrAppend(&text, ": ", fault);
    }
    StoryClause clause{.time = event.time, .text = std::move(text)};
    if (IsWords(event.kind)) clause.kind = ClauseKind::kWords;
    Add(std::move(clause));
    if (event.kind == K::kNote) clauses_.back().rank = ClauseRank::kOrdinary;
  }

  // Of nobody's operation.
  void Add(StoryClause clause) {
    clause.rank = rank_;
    clauses_.push_back(std::move(clause));
  }

  // What befalls an operation again and again is told twice.
  void AddOf(size_t operation, StoryClause clause) {
    clause.operation = operation;
    clause.rank = std::max(operations_[operation].rank, ClauseRank::kCause);
    Repeated& repeated = repeated_[{operation, clause.text}];
    if (++repeated.count > 2) return;
    repeated.clause = clauses_.size();
    clauses_.push_back(std::move(clause));
  }
  void AddFault(const TraceEvent& event, const CallFacts& call,
                std::string text) {
    AddOf(call.operation, {.time = event.time, .text = std::move(text)});
  }

  const std::span<const ListedEvent> events_;
  const std::span<const ListedEvent> asides_;
  size_t next_aside_ = 0;  // To be told.
  const StoryFacts facts_;
  TraceNames names_;
  std::vector<bool> is_before_;
  size_t end_ = events_.size();  // What comes from there on is not told.
  bool says_unanswered_ = false;
  ClauseRank rank_ = ClauseRank::kFault;  // Of what is told now.
  std::vector<StoryOperation> operations_;
  std::vector<Told> told_;
  std::map<std::pair<size_t, NodeId>, uint64_t> receptions_;
  std::map<std::pair<size_t, std::string>, Repeated> repeated_;
  std::map<Link, Repeated> stopped_;  // Where messages do not get through now.
  std::vector<StoryClause> clauses_;
  StoryOutages outages_{names_, clauses_};
  StoryStates states_{names_, clauses_};
};

}  // namespace

StoryClauses CollectClauses(std::span<const ListedEvent> events,
                            std::span<const ListedEvent> asides,
                            const Verdict& verdict, const TextOptions& text) {
  return ClauseWriter(events, asides, verdict, text).Write();
}

}  // namespace reprise
