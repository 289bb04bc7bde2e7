#include "reprise/sim/explore/page/event_lines.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/checker/report/json_text.h"
#include "reprise/sim/explore/page/run_events.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_text.h"

namespace reprise {
namespace {

void AddText(std::string_view name, std::string_view text, std::string& line) {
  absl::StrAppend(&line, ",\"", std::string(name), "\":");
  checker::AppendJsonText(text, line);
}

void AddNumber(std::string_view name, uint64_t number, std::string& line) {
  if (number != 0) {
    absl::StrAppend(&line, ",\"", std::string(name), "\":", number);
  }
}

std::string LineOf(const RunEvents& run, const RunEvent& each) {
  const TraceEvent& event = each.listed->event;
  const RunWords& words = run.WordsOf(each);
  const EventParties parties = EventTextOf(event.kind).parties;
  std::string line = absl::StrCat("{\"event\":", each.listed->number,
                                  ",\"time_ns\":", event.time.nanoseconds());
  AddText("kind", words.kind, line);
  if (parties != EventParties::kNobody) {
    AddText("node", run.names().NodeName(event.node), line);
  }
  if (parties == EventParties::kNodeToPeer ||
      parties == EventParties::kNodeFromPeer) {
    AddText("peer", run.names().NodeName(event.peer), line);
  }
  AddText("verb", words.verb, line);
  AddText("text", each.text, line);
  if (!words.fault.empty()) AddText("fault", words.fault, line);
  AddNumber("id", event.id, line);
  AddNumber("value", event.value, line);
  AddNumber("bytes", event.bytes, line);
  if (each.begin) {
    AddNumber("ends", run.events()[*each.begin].listed->number, line);
  }
  if (each.listed->is_shown) line += ",\"is_shown\":true";
  return line + "}\n";
}

}  // namespace

void WriteEventLines(std::ostream& out, std::span<const ListedEvent> events,
                     TextOptions text) {
  text.show_tasks = true;
  const RunEvents run(events, text);
  for (const RunEvent& each : run.events()) out << LineOf(run, each);
}

}  // namespace reprise
