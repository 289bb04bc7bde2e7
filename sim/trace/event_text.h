// EventText: what a trace says of each kind of event. One table with a row for
// each kind, in the order of EventKind.
//
//   const EventText& row = EventTextOf(event.kind);
//   const EventWords& words = row.WordsOf(event);
//   Print(words.verb, row.describe(names, event, content), words.fault);

#ifndef REPRISE_SIM_TRACE_EVENT_TEXT_H_
#define REPRISE_SIM_TRACE_EVENT_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {

// What the node does, at most kVerbColumns wide; and, of what is a fault, the
// word in capitals that ends the line.
struct EventWords {
  std::string_view verb = {};
  std::string_view fault = {};
};
inline constexpr size_t kVerbColumns = 9;

// Who takes part in an event.
enum class EventParties : uint8_t {
  kNobody,  // It is the world's, or the scenario's.
  kNode,
  kNodeToPeer,
  kNodeFromPeer,
};

// Whether a trace prints events of the kind.
enum class EventShown : uint8_t {
  kAlways,
  kWithTasks,  // If TextOptions::show_tasks says so.
  kNever,      // They bring names, or are asides.
};

// What some kinds have and most have not.
struct EventVariations {
  // What stands at the end of the line, behind the word of a fault.
  std::string (*remark)(const TraceEvent& event) = nullptr;
  // The word of a fault, where it depends on the event.
  std::string (*failure)(const TraceEvent& event) = nullptr;
  // Which events have other words than the rest.
  bool (*is_other)(const TraceEvent& event) = nullptr;
  EventWords other = {};
  EventShown shown = EventShown::kAlways;
};

struct EventText {
  EventKind kind;
  std::string_view name;  // In files and messages: "request-sent".
  EventParties parties;
  EventWords words;
  // What the event is about. Remembers the names that it brings.
  std::string (*describe)(TraceNames& names, const TraceEvent& event,
                          std::string_view content);
  EventVariations variations = {};

  const EventWords& WordsOf(const TraceEvent& event) const {
    const bool is_other =
        variations.is_other != nullptr && variations.is_other(event);
    return is_other ? variations.other : words;
  }
};

// What a trace calls bad about `event`: the word of its row, or that of its
// failure; "" where nothing is.
std::string FaultOf(const TraceEvent& event);

// Whether the row's events are about a message, and so have a method; and
// whether they are about a client's operation.
bool IsAboutMessage(const EventText& row);
bool IsAboutOperation(const EventText& row);

// Whether a node takes part in the event; and whether a trace prints events of
// its kind, at least with those of tasks.
bool HasNode(const TraceEvent& event);
bool IsPrinted(const TraceEvent& event);

// Requires kind < EventKind::kCount.
const EventText& EventTextOf(EventKind kind);

// The name of a kind: "request-sent"; of what is no kind, "unknown".
std::string_view KindName(EventKind kind);

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_EVENT_TEXT_H_
