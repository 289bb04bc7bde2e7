#include "reprise/sim/trace/trace_filter.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/trace/event_text.h"
#include "reprise/sim/trace/parse_time.h"
#include "reprise/text/printable.h"

namespace reprise {
namespace {

constexpr std::string_view kForms =
    "node:NAME, method:NAME, kind:NAME, time:FROM-TO or cone";

// Of what a user gave, so much is repeated.
constexpr size_t kRepeatedMax = 60;

// Whether `name` is the one that `wanted` says, or begins with it before "*".
bool Matches(std::string_view wanted, std::string_view name) {
  if (!wanted.ends_with('*')) return wanted == name;
  wanted.remove_suffix(1);
  return name.starts_with(wanted);
}

// "BIT ROT" as users write it: "bit-rot".
std::string WordOf(std::string_view fault) {
  std::string word =
      absl::StrReplaceAll(ToAbsl(fault), {{" ", "-"}, {"_", "-"}});
  absl::AsciiStrToLower(&word);
  return word;
}

// What kinds can be called. `fault`: the word of the event's fault, or "".
bool IsCalled(std::string_view wanted, const EventText& row,
              std::string_view fault) {
  if (Matches(wanted, row.name)) return true;
  if (IsAboutMessage(row) && Matches(wanted, "message")) return true;
  if (IsAboutOperation(row) && Matches(wanted, "operation")) return true;
  if (fault.empty()) return false;
  return Matches(wanted, "fault") || Matches(wanted, WordOf(fault));
}

// Those that events of the row have by their value: a status, a severity.
void AddFailures(const EventText& row, std::set<std::string>& words) {
  if (row.variations.failure == nullptr) return;
  constexpr uint64_t kStatuses = 16;
  for (uint64_t value = 1; value <= kStatuses; ++value) {
    const std::string fault = FaultOf({.kind = row.kind, .value = value});
    if (!fault.empty()) words.insert(WordOf(fault));
  }
}

// All that kinds can be called.
std::set<std::string> KindWords() {
  std::set<std::string> words = {"message", "operation", "fault"};
  for (size_t i = 0; i < static_cast<size_t>(EventKind::kCount); ++i) {
    const EventText& row = EventTextOf(static_cast<EventKind>(i));
    if (row.variations.shown == EventShown::kNever) continue;
    words.emplace(row.name);
    for (const EventWords& each : {row.words, row.variations.other}) {
      if (!each.fault.empty()) words.insert(WordOf(each.fault));
    }
    AddFailures(row, words);
  }
  return words;
}

absl::Status CheckKind(std::string_view kind) {
  const std::set<std::string> words = KindWords();
  const bool is_known =
      std::any_of(words.begin(), words.end(),
                  [&](const std::string& word) { return Matches(kind, word); });
  if (is_known) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("no kind of event is called ", Quote(kind, kRepeatedMax),
                   "; there are: ", absl::StrJoin(words, ", "), "."));
}

}  // namespace

absl::StatusOr<TraceFilter> TraceFilter::Parse(std::string_view text) {
  TraceFilter filter;
  for (const absl::string_view condition : absl::StrSplit(ToAbsl(text), ',')) {
    absl::Status status =
        filter.Add(ToStd(absl::StripAsciiWhitespace(condition)));
    if (!status.ok()) return status;
  }
  return filter;
}

absl::Status TraceFilter::Add(std::string_view condition) {
  if (condition == "cone") {
    is_of_cone_ = true;
    return absl::OkStatus();
  }
  const size_t colon = std::min(condition.find(':'), condition.size());
  const std::string_view sort = condition.substr(0, colon);
  const std::string value(
      condition.substr(std::min(colon + 1, condition.size())));
  if (!value.empty()) {
    if (sort == "time") return AddSpan(value);
    if (sort == "kind") {
      kinds_.push_back(value);
      return CheckKind(value);
    }
    if (sort == "node" || sort == "method") {
      (sort == "node" ? nodes_ : methods_).wanted.push_back(value);
      return absl::OkStatus();
    }
  }
  return absl::InvalidArgumentError(absl::StrCat(Quote(condition, kRepeatedMax),
                                                 " filters no trace; expected ",
                                                 ToAbsl(kForms), "."));
}

absl::Status TraceFilter::AddSpan(std::string_view text) {
  const size_t dash = text.find('-');
  if (dash != std::string_view::npos) {
    const std::string_view from = text.substr(0, dash);
    const std::string_view to = text.substr(dash + 1);
    const auto begin = from.empty() ? VirtualTime() : ParseTime(from);
    const auto end = to.empty() ? VirtualTime::Infinite() : ParseTime(to);
    if (begin && end && *begin <= *end && text.size() > 1) {
      spans_.push_back({*begin, *end});
      return absl::OkStatus();
    }
  }
  return absl::InvalidArgumentError(absl::StrCat(
      Quote(text, kRepeatedMax),
      " is no span of time; expected FROM-TO, FROM- or -TO with s, ms, us or "
      "ns, such as 1.2s-1.5s."));
}

bool TraceFilter::Passes(const TraceEvent& event, std::string_view content) {
  if (event.kind == EventKind::kNodeNamed) nodes_.Learn(event.id, content);
  if (event.kind == EventKind::kMethodNamed) methods_.Learn(event.id, content);
  return PassesTime(event) && PassesNode(event) && PassesKind(event) &&
         (methods_.wanted.empty() || (IsAboutMessage(EventTextOf(event.kind)) &&
                                      methods_.Has(event.method)));
}

bool TraceFilter::PassesNode(const TraceEvent& event) const {
  if (nodes_.wanted.empty()) return true;
  switch (EventTextOf(event.kind).parties) {
    case EventParties::kNobody:
      return false;
    case EventParties::kNode:
      return nodes_.Has(event.node.value());
    case EventParties::kNodeToPeer:
    case EventParties::kNodeFromPeer:
      return nodes_.Has(event.node.value()) || nodes_.Has(event.peer.value());
  }
  return false;  // The compiler cannot see that the cases are complete.
}

bool TraceFilter::PassesKind(const TraceEvent& event) const {
  if (kinds_.empty()) return true;
  const EventText& row = EventTextOf(event.kind);
  const std::string fault = FaultOf(event);
  return std::any_of(
      kinds_.begin(), kinds_.end(),
      [&](const std::string& kind) { return IsCalled(kind, row, fault); });
}

bool TraceFilter::PassesTime(const TraceEvent& event) const {
  return spans_.empty() ||
         std::any_of(spans_.begin(), spans_.end(), [&](const Span& span) {
           return span.from <= event.time && event.time <= span.to;
         });
}

void TraceFilter::Names::Learn(uint64_t number, std::string_view name) {
  known.emplace(name);
  if (is_wanted.size() <= number) is_wanted.resize(number + 1);
  is_wanted[number] =
      std::any_of(wanted.begin(), wanted.end(),
                  [&](const std::string& each) { return Matches(each, name); });
}

absl::Status TraceFilter::Names::Check(std::string_view sort) const {
  for (const std::string& each : wanted) {
    const bool is_there = std::any_of(
        known.begin(), known.end(),
        [&](const std::string& name) { return Matches(each, name); });
    if (is_there) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        "no ", ToAbsl(sort), " of this run is called ",
        Quote(each, kRepeatedMax), "; there are: ",
        known.empty() ? "none" : Printable(absl::StrJoin(known, ", ")), "."));
  }
  return absl::OkStatus();
}

absl::Status TraceFilter::CheckNames() const {
  const absl::Status status = nodes_.Check("node");
  return status.ok() ? methods_.Check("method") : status;
}

}  // namespace reprise
