#include "reprise/sim/explore/sweep/merger.h"

#include <cstdint>
#include <utility>

#include "reprise/sim/core/mark_list.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {

void Merger::HandIn(uint64_t chunk, Stretch stretch) {
  chunks_[chunk].stretches.push_back(std::move(stretch));
  MergeWhatIsNext();
  if (options_.on_progress) options_.on_progress(result_.totals);
}

void Merger::EndChunk(uint64_t chunk) {
  chunks_[chunk].is_whole = true;
  MergeWhatIsNext();
  if (options_.on_progress) options_.on_progress(result_.totals);
}

bool Merger::HasEnough() const {
  return options_.max_failures > 0 &&
         result_.violated.size() >= options_.max_failures;
}

SweepResult Merger::Take() {
  for (auto& [number, chunk] : chunks_) {
    for (Stretch& stretch : chunk.stretches) Merge(std::move(stretch));
  }
  chunks_.clear();
  return std::move(result_);
}

void Merger::MergeWhatIsNext() {
  while (!chunks_.empty() && chunks_.begin()->first == next_) {
    Chunk& chunk = chunks_.begin()->second;
    for (Stretch& stretch : std::exchange(chunk.stretches, {})) {
      Merge(std::move(stretch));
    }
    if (!chunk.is_whole) return;
    chunks_.erase(chunks_.begin());
    ++next_;
  }
}

void Merger::Merge(Stretch stretch) {
  if (HasEnough()) return;
  result_.totals.Add(stretch.totals);
  AddMarks(stretch.marks, result_.marks);
  if (stretch.failure) AddFailure(*std::move(stretch.failure));
}

void Merger::AddFailure(RecordedTrial failure) {
  if (failure.result.verdict.kind == VerdictKind::kUndecided) {
    result_.undecided.push_back(std::move(failure.result));
    return;
  }
  if (result_.violated.size() >= options_.schedules_max) {
    failure.schedule.clear();
  }
  if (options_.on_failure) options_.on_failure(failure);
  result_.violated.push_back(std::move(failure.result));
}

}  // namespace reprise
