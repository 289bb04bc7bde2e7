#include "reprise/checker/recorder/recording_file.h"

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/value/call_history.h"

namespace reprise::checker {
namespace {

JsonCall LineOf(const Recording& recording, OperationId id, const Times& times,
                bool is_later = false) {
  return {.client = recording.ClientOf(id),
          .call = recording.CallOf(id),
          .output = recording.OutputOf(id),
          .ending = recording.EndingOf(id),
          .times = times,
          .id = {},
          .is_later = is_later,
          .writes_key = recording.IsOfStore()};
}

}  // namespace

RecordingFile::RecordingFile(const std::string& path,
                             std::function<int64_t()> now, Lines lines)
    : path_(path), now_(std::move(now)), lines_(lines) {
  errno = 0;
  file_.open(path, std::ios::binary);
  NoteFailure();
}

void RecordingFile::OnCalled(const OperationNote& note) {
  const int64_t call = now_();
  open_[{&note.recording, note.id}] = call;
  if (lines_ == Lines::kOperations) return;
  WriteLine(LineOf(note.recording, note.id, {.call = call},
                   /*is_later=*/true));
}

void RecordingFile::OnReturned(const OperationNote& note) {
  const auto open = open_.find({&note.recording, note.id});
  WriteLine(
      LineOf(note.recording, note.id, {.call = open->second, .ret = now_()}));
  open_.erase(open);
}

void RecordingFile::Detach(const Recording& recording) {
  auto open = open_.lower_bound({&recording, 0});
  while (open != open_.end() && open->first.first == &recording) {
    WriteLine(LineOf(recording, open->first.second, {.call = open->second}));
    open = open_.erase(open);
  }
}

absl::Status RecordingFile::Close() {
  errno = 0;
  file_.close();
  NoteFailure();
  return status_;
}

// Keeps the first reason why the file cannot be written.
void RecordingFile::NoteFailure() {
  if (!file_.fail() || !status_.ok()) return;
  status_ = absl::InvalidArgumentError(
      absl::StrCat(path_, ": cannot be written",
                   errno == 0 ? "" : absl::StrCat(": ", std::strerror(errno))));
}

void RecordingFile::WriteLine(const JsonCall& call) {
  std::string line;
  absl::Status status = AppendJsonCall(call, line);
  if (status_.ok() && !status.ok()) {
    status_ = absl::InvalidArgumentError(
        absl::StrCat(path_, ": ", std::string(status.message())));
  }
  errno = 0;
  file_ << line;
  if (lines_ == Lines::kCallsToo) file_.flush();
  NoteFailure();
}

}  // namespace reprise::checker
