#include "reprise/sim/explore/page/perfetto_trace.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/checker/report/json_text.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/page/run_events.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_links.h"
#include "reprise/sim/trace/event_text.h"

namespace reprise {
namespace {

// The thread of a node that shows what is no task's; tasks count from 1 on.
constexpr uint64_t kNodeThread = 0;
// The process of what is nobody's; nodes come behind it.
constexpr uint64_t kWorld = 0;

std::string Quoted(std::string_view text) {
  std::string json;
  checker::AppendJsonText(text, json);
  return json;
}

// The format's unit is a microsecond.
std::string Microseconds(uint64_t nanoseconds) {
  return absl::StrFormat("%d.%03d", nanoseconds / 1'000, nanoseconds % 1'000);
}

class Export {
 public:
  explicit Export(const RunEvents& run) : run_(run) {
    AddNames();
    for (size_t i = 0; i < run.events().size(); ++i) Add(i);
    EndWhatIsOpen();
  }

  void Write(std::ostream& out) {
    std::stable_sort(lines_.begin(), lines_.end(),
                     [](const Line& a, const Line& b) { return a.at < b.at; });
    out << "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n";
    for (size_t i = 0; i < lines_.size(); ++i) {
      out << lines_[i].json << (i + 1 < lines_.size() ? ",\n" : "\n");
    }
    out << "]}\n";
  }

 private:
  struct Line {
    uint64_t at;
    std::string json;
  };
  struct Begun {
    uint64_t at;
    uint64_t process;
    std::string name;
  };

  static uint64_t TimeOf(const RunEvent& each) {
    return static_cast<uint64_t>(each.listed->event.time.nanoseconds());
  }
  static uint64_t ProcessOf(const RunEvent& each) {
    const TraceEvent& event = each.listed->event;
    return HasNode(event) ? uint64_t{event.node.value()} + 1 : kWorld;
  }

  // `rest`: further members, each behind a comma.
  void Emit(char phase, std::string_view name, uint64_t at, uint64_t process,
            uint64_t thread, const std::string& rest) {
    lines_.push_back(
        {at, absl::StrFormat("{\"ph\":\"%c\",\"name\":%s,\"ts\":%s,\"pid\":%d,"
                             "\"tid\":%d%s}",
                             phase, Quoted(name), Microseconds(at), process,
                             thread, rest)});
  }

  void NameProcess(uint64_t process, std::string_view name) {
    Emit('M', "process_name", 0, process, kNodeThread,
         absl::StrCat(",\"args\":{\"name\":", Quoted(name), "}"));
    Emit('M', "thread_name", 0, process, kNodeThread,
         ",\"args\":{\"name\":\"messages, operations, faults\"}");
  }

  void AddNames() {
    NameProcess(kWorld, "the world");
    for (const NodeId node : run_.nodes()) {
      NameProcess(uint64_t{node.value()} + 1, run_.names().NodeName(node));
    }
  }

  void Add(size_t place) {
    const RunEvent& each = run_.events()[place];
    const EventKind kind = each.listed->event.kind;
    last_ = std::max(last_, TimeOf(each));
    if (kind == EventKind::kTaskStarted) {
      BeginTask(each);
    } else if (kind == EventKind::kTaskEnded) {
      EndTask(each);
    } else if (kind == EventKind::kOperationCalled) {
      EmitOperation('b', each, place);
      open_operations_.emplace(place, &each);
    } else if (kind == EventKind::kOperationReturned && each.begin) {
      EmitOperation('e', run_.events()[*each.begin], *each.begin, &each);
      open_operations_.erase(*each.begin);
    } else if (RoleOf(kind) != EventRole::kOther) {
      AddMessage(each, place);
    } else {
      AddInstant(each);
    }
  }

  void AddMessage(const RunEvent& each, size_t place) {
    const RunWords& words = run_.WordsOf(each);
    std::string rest = absl::StrCat(",\"dur\":0.001,\"cat\":\"message\",",
                                    "\"args\":{\"kind\":", Quoted(words.kind),
                                    ",\"event\":", each.listed->number);
    if (!words.fault.empty()) {
      absl::StrAppend(&rest, ",\"fault\":", Quoted(words.fault));
    }
    const std::string name =
        absl::StrCat(words.verb.c_str(), " ", each.text,
                     words.fault.empty() ? "" : " ", words.fault);
    Emit('X', name, TimeOf(each), ProcessOf(each), kNodeThread, rest + "}");
    if (!each.begin) return;
    const RunEvent& begin = run_.events()[*each.begin];
    const std::string flow =
        absl::StrCat(",\"cat\":\"message\",\"id\":", place + 1);
    Emit('s', "message", TimeOf(begin), ProcessOf(begin), kNodeThread, flow);
    Emit('f', "message", TimeOf(each), ProcessOf(each), kNodeThread,
         flow + ",\"bp\":\"e\"");
  }

  // `end`: what returned, if anything did.
  void EmitOperation(char phase, const RunEvent& call, size_t place,
                     const RunEvent* end = nullptr) {
    const RunEvent& at = end != nullptr ? *end : call;
    Emit(phase, call.text, phase == 'e' && end == nullptr ? last_ : TimeOf(at),
         ProcessOf(call), kNodeThread,
         absl::StrCat(",\"cat\":\"operation\",\"id\":", place + 1,
                      ",\"args\":{\"text\":", Quoted(at.text), "}"));
  }

  void AddInstant(const RunEvent& each) {
    const RunWords& words = run_.WordsOf(each);
    const uint64_t process = ProcessOf(each);
    const std::string name =
        absl::StrCat(words.verb, each.text.empty() ? "" : " ", each.text,
                     words.fault.empty() ? "" : " ", words.fault);
    Emit('i', name, TimeOf(each), process, kNodeThread,
         absl::StrCat(",\"s\":\"", process == kWorld ? "g" : "p",
                      "\",\"cat\":", Quoted(words.kind)));
  }

  void BeginTask(const RunEvent& each) {
    open_tasks_[each.listed->event.id] = {TimeOf(each), ProcessOf(each),
                                          each.text};
  }

  void EndTask(const RunEvent& each) {
    const auto found = open_tasks_.find(each.listed->event.id);
    if (found == open_tasks_.end()) return;
    EmitTask(found->first, found->second, TimeOf(each));
    open_tasks_.erase(found);
  }

  void EmitTask(uint64_t task, const Begun& begun, uint64_t end) {
    Emit('M', "thread_name", 0, begun.process, task,
         absl::StrCat(",\"args\":{\"name\":", Quoted(begun.name), "}"));
    Emit('X', begun.name, begun.at, begun.process, task,
         absl::StrCat(",\"cat\":\"task\",\"dur\":",
                      Microseconds(end - begun.at)));
  }

  // What the end of the run has cut off.
  void EndWhatIsOpen() {
    for (const auto& [place, call] : open_operations_) {
      EmitOperation('e', *call, place);
    }
    for (const auto& [task, begun] : open_tasks_) EmitTask(task, begun, last_);
  }

  const RunEvents& run_;
  std::vector<Line> lines_;
  std::map<size_t, const RunEvent*> open_operations_;
  std::map<uint64_t, Begun> open_tasks_;
  uint64_t last_ = 0;
};

}  // namespace

void WritePerfettoTrace(std::ostream& out, std::span<const ListedEvent> events,
                        TextOptions text) {
  text.show_tasks = true;
  const RunEvents run(events, text);
  Export(run).Write(out);
}

}  // namespace reprise
