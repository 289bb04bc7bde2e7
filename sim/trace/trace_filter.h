// TraceFilter: which events a trace prints.
//
// A filter is a list of conditions, "node:server-0,kind:crash,time:1.2s-1.5s".
// An event passes if it meets one condition of each name that is given:
//   node:NAME    it is the node's doing, or what it does reaches the node
//   method:NAME  it is about a message of the method
//   kind:NAME    its kind ("file-synced"), the word of its fault ("crash"), or
//                message, operation, fault
//   time:FROM-TO either end may be left out; "1.2s", "300ms", "5us", "7ns"
//   cone         it happened before the violation; what prints the trace must
//                see to that (causal_cone.h)
// A name may end in "*".
//
// Guarantees: what no event can meet is an error that names what there is: of
// kinds and times at once, of nodes and methods after the run.
//
//   absl::StatusOr<TraceFilter> filter = TraceFilter::Parse("kind:crash");
//   if (filter->Passes(event, content)) Print(event);
//   absl::Status known = filter->CheckNames();

#ifndef REPRISE_SIM_TRACE_TRACE_FILTER_H_
#define REPRISE_SIM_TRACE_TRACE_FILTER_H_

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"

namespace reprise {

class TraceFilter {
 public:
  // Lets everything pass.
  TraceFilter() = default;
  static absl::StatusOr<TraceFilter> Parse(std::string_view text);

  // To be asked of every event, in order: some bring names.
  bool Passes(const TraceEvent& event, std::string_view content);
  // Whether only what happened before the violation is to be printed.
  bool IsOfCone() const { return is_of_cone_; }
  // Whether kinds were named, so that those are shown that are hidden else.
  bool NamesKinds() const { return !kinds_.empty(); }

  // InvalidArgument for a node or a method that no event has named.
  absl::Status CheckNames() const;

 private:
  // Names of one sort that were asked for, and those that there are.
  struct Names {
    std::vector<std::string> wanted = {};
    std::set<std::string> known = {};
    std::vector<bool> is_wanted = {};  // By number.

    void Learn(uint64_t number, std::string_view name);
    bool Has(uint64_t number) const {
      return number < is_wanted.size() && is_wanted[number];
    }
    absl::Status Check(std::string_view sort) const;
  };
  struct Span {
    VirtualTime from = {};
    VirtualTime to = VirtualTime::Infinite();
  };

  absl::Status Add(std::string_view condition);
  absl::Status AddSpan(std::string_view text);
  bool PassesNode(const TraceEvent& event) const;
  bool PassesKind(const TraceEvent& event) const;
  bool PassesTime(const TraceEvent& event) const;

  Names nodes_;
  Names methods_;
  std::vector<std::string> kinds_;
  std::vector<Span> spans_;
  bool is_of_cone_ = false;
};

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_TRACE_FILTER_H_
