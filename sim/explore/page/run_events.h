// RunEvents: the events of one run as a reader meets them: in words, each with
// the event that it answers.
//
// Guarantees: an arrival has the sending that it belongs to, also among
// duplicates that overtake each other; a return has its call. Events that only
// bring names are left out, and those of tasks, unless they are asked for.
//
//   const RunEvents run(list.events(), {});
//   for (const RunEvent& each : run.events()) Print(run.WordsOf(each).verb);

#ifndef REPRISE_SIM_EXPLORE_PAGE_RUN_EVENTS_H_
#define REPRISE_SIM_EXPLORE_PAGE_RUN_EVENTS_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_links.h"
#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/trace/event_text.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {

// What events of a kind have in common.
struct RunWords {
  std::string kind;  // As KindName.
  std::string verb;
  std::string fault;

  friend auto operator<=>(const RunWords&, const RunWords&) = default;
};

struct RunEvent {
  const ListedEvent* listed;
  size_t words;      // Its place in RunEvents::words().
  std::string text;  // What it is about, with its remark.
  // The place of the event that this one ends.
  std::optional<size_t> begin = {};
};

class RunEvents {
 public:
  // `listed` must outlive this.
  RunEvents(std::span<const ListedEvent> listed, const TextOptions& text);

  const std::vector<RunEvent>& events() const { return events_; }
  const std::vector<RunWords>& words() const { return words_; }
  const RunWords& WordsOf(const RunEvent& event) const {
    return words_[event.words];
  }
  const TraceNames& names() const { return names_; }
  // All that take part, in the order of their numbers.
  const std::vector<NodeId>& nodes() const { return nodes_; }
  // Whether the node calls operations.
  bool IsClient(NodeId node) const;

 private:
  void Add(const ListedEvent& listed, const EventText& row);
  void Meet(NodeId node);
  size_t PlaceOfWords(const TraceEvent& event, const EventText& row);

  TraceNames names_;
  std::vector<RunEvent> events_;
  std::vector<RunWords> words_;
  std::map<RunWords, size_t> places_of_words_;
  EventLinks links_;
  std::vector<NodeId> nodes_;
  std::vector<NodeId> clients_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_RUN_EVENTS_H_
