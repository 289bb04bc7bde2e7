#include "reprise/sim/explore/trial/trial_watch.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/text/printable.h"

namespace reprise {
namespace {

constexpr size_t kLinesOfNode = 10;
constexpr size_t kLinesMost = 20;
constexpr size_t kColumnsMost = 200;
constexpr size_t kColumnsTail = 60;

bool IsPartOfName(char c) {
  return c == '-' || c == '_' || ('0' <= c && c <= '9') ||
         ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
}

// Whether `name` stands in `text`, and not as a part of a longer name.
bool HasName(std::string_view text, std::string_view name) {
  if (name.empty()) return false;
  for (size_t at = text.find(name); at != text.npos;
       at = text.find(name, at + 1)) {
    const size_t end = at + name.size();
    const bool begins = at == 0 || !IsPartOfName(text[at - 1]);
    // "a->b" names both.
    const bool ends = end == text.size() || !IsPartOfName(text[end]) ||
                      text.substr(end, 2) == "->";
    if (begins && ends) return true;
  }
  return false;
}

bool IsServed(EventKind kind) {
  return kind == EventKind::kRequestDelivered ||
         kind == EventKind::kMessageDelivered;
}

std::string LineOf(const TraceEvent& event, std::string_view name,
                   std::string_view content) {
  const auto level = static_cast<LogLevel>(event.value);
  return absl::StrCat(
      FormatTime(event.time), "  ", name.empty() ? "scenario" : ToAbsl(name),
      "  ",
      level == LogLevel::kInfo
          ? ""
          : absl::StrCat(ToAbsl(LogLevelName(level)), ": "),
      FitColumns(Printable(content), kColumnsMost, kColumnsTail));
}

}  // namespace

TrialWatch::TrialWatch(TraceSink* next, const std::optional<StopPoint>& until,
                       std::function<void(const TraceEvent& event)> stop)
    : next_(next), until_(until), stop_(std::move(stop)) {}

void TrialWatch::OnEvent(const TraceEvent& event, std::string_view content) {
  if (has_stopped_) return;
  ++events_;
  if (event.kind == EventKind::kNodeNamed) names_[event.id] = content;
  if (IsServed(event.kind)) {
    const uint64_t node = event.node.value();
    if (is_server_.size() <= node) is_server_.resize(node + 1);
    is_server_[node] = true;
  }
  if (next_ != nullptr) next_->OnEvent(event, content);
  if (!IsReached(event)) return;
  has_stopped_ = true;
  stop_(event);
}

bool TrialWatch::IsReached(const TraceEvent& event) const {
  if (!until_) return false;
  return (until_->events && events_ >= *until_->events) ||
         (until_->time && event.time >= *until_->time);
}

void TrialWatch::OnShown(const TraceEvent& event, std::string_view content) {
  if (has_stopped_) return;
  if (!IsAside(event.kind)) KeepLine(event, content);
  if (next_ != nullptr) next_->OnShown(event, content);
}

void TrialWatch::KeepLine(const TraceEvent& event, std::string_view content) {
  const bool is_node = event.kind == EventKind::kLogged;
  const uint64_t node = is_node ? event.node.value() : kScenario;
  std::deque<Line>& last = last_[node];
  last.push_back({lines_++, LineOf(event, NameOf(node), content)});
  if (last.size() > kLinesOfNode) last.pop_front();
}

std::string TrialWatch::NameOf(uint64_t node) const {
  const auto found = names_.find(node);
  return found != names_.end() ? found->second : "";
}

std::vector<std::string> TrialWatch::Servers() const {
  std::vector<std::string> servers;
  for (size_t node = 0; node < is_server_.size(); ++node) {
    if (is_server_[node]) servers.push_back(NameOf(node));
  }
  return servers;
}

bool TrialWatch::NamesALogger(std::string_view evidence) const {
  return std::any_of(last_.begin(), last_.end(), [&](const auto& entry) {
    return HasName(evidence, NameOf(entry.first));
  });
}

std::string TrialWatch::LastLines(std::string_view evidence) const {
  const bool takes_all = !NamesALogger(evidence);
  std::map<uint64_t, std::string_view> lines;
  for (const auto& [node, last] : last_) {
    if (!takes_all && node != kScenario && !HasName(evidence, NameOf(node))) {
      continue;
    }
    for (const Line& line : last) lines.emplace(line.number, line.text);
  }
  while (lines.size() > kLinesMost) lines.erase(lines.begin());
  std::string text;
  for (const auto& [number, line] : lines) {
    absl::StrAppend(&text, ToAbsl(line), "\n");
  }
  return text;
}

}  // namespace reprise
