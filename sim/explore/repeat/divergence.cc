#include "reprise/sim/explore/repeat/divergence.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/call_stack.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/trace/event_text.h"

namespace reprise {
namespace {

// Events between two exchanges, and events that are told of before the one that
// differs.
constexpr size_t kBatch = 256;
constexpr size_t kTold = 6;
constexpr size_t kFramesTold = 8;

TextOptions WithTasks(TextOptions options) {
  options.show_tasks = true;
  return options;
}

std::string BytesOf(const std::vector<uint64_t>& digests) {
  std::string bytes(digests.size() * sizeof(uint64_t), '\0');
  std::memcpy(bytes.data(), digests.data(), bytes.size());
  return bytes;
}

std::vector<uint64_t> Digests(const std::string& bytes) {
  std::vector<uint64_t> digests(bytes.size() / sizeof(uint64_t));
  std::memcpy(digests.data(), bytes.data(), digests.size() * sizeof(uint64_t));
  return digests;
}

// The functions that record an event say nothing about the leak.
bool RecordsEvents(const std::string& frame) {
  return frame.find("Divergence::") != std::string::npos ||
         frame.starts_with("reprise::Trace::");
}

// The code of a scenario that runs outside tasks is called from there.
bool RunsTrials(const std::string& frame) {
  return frame.starts_with("reprise::RunTrial(");
}

}  // namespace

Divergence::Divergence(ProcessChannel& peer, const TextOptions& text)
    : peer_(peer),
      text_(WithTasks(text), [this](std::string_view line) { line_ = line; }) {}

void Divergence::OnEvent(const TraceEvent& event, std::string_view content) {
  if (is_over_) return;
  const FrameworkMemoryScope scope;
  digest_.Add(event);
  digests_.push_back(digest_.Value());
  if (moments_.size() == kBatch + kTold) moments_.pop_front();
  moments_.push_back(MomentOf(event, content));
  if (digests_.size() == kBatch) Exchange();
}

// The last exchange is of less than a batch, so that the peer sees it is the
// last.
void Divergence::End() {
  if (!is_over_) Exchange();
  is_over_ = true;
}

Divergence::Moment Divergence::MomentOf(const TraceEvent& event,
                                        std::string_view content) {
  Moment moment;
  line_.clear();
  text_.OnEvent(event, content);
  moment.line = !line_.empty()
                    ? line_
                    : absl::StrCat("  ", ToAbsl(KindName(event.kind)), " ",
                                   ToAbsl(content));
  char where[256];
  DescribeContext(where, sizeof(where));
  moment.where = where;
  moment.depth = CaptureCallStack(moment.frames, kFramesMax, /*skip=*/1);
  return moment;
}

void Divergence::Exchange() {
  const std::optional<std::string> reply =
      peer_.Send(BytesOf(digests_)) ? peer_.Receive() : std::nullopt;
  is_over_ = true;
  if (!reply) return;
  const std::vector<uint64_t> theirs = Digests(*reply);
  const size_t same = std::mismatch(digests_.begin(), digests_.end(),
                                    theirs.begin(), theirs.end())
                          .first -
                      digests_.begin();
  if (same < std::max(digests_.size(), theirs.size())) return Find(same);
  is_over_ = false;
  events_ += digests_.size();
  digests_.clear();
}

// The event at `index` of this batch differs, or only the peer has it.
void Divergence::Find(size_t index) {
  event_ = events_ + index + 1;
  const size_t at = moments_.size() - digests_.size() + index;
  for (size_t i = at - std::min(at, kTold); i < at; ++i) {
    absl::StrAppend(&before_, moments_[i].line, "\n");
  }
  if (at == moments_.size()) {
    here_ = "  the trial was over\n";
    return;
  }
  const Moment& moment = moments_[at];
  here_ = absl::StrCat(moment.line, "\n", moment.where);
  std::vector<std::string> frames =
      ReadableFrames(moment.frames, moment.depth, kFramesMax);
  frames.erase(std::find_if(frames.begin(), frames.end(), RunsTrials),
               frames.end());
  std::erase_if(frames, RecordsEvents);
  if (frames.size() > kFramesTold) frames.resize(kFramesTold);
  for (const std::string& frame : frames) {
    absl::StrAppend(&here_, "    ", frame, "\n");
  }
}

}  // namespace reprise
