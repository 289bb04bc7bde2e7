// Merger: brings what was found in chunks of seeds into the order of seeds,
// whichever chunk is done first.
//
// Guarantees: the result, what it tells of and the seed at which it has enough
// are those of one process that takes one seed after the other.
//
//   Merger merger(options);
//   merger.HandIn(chunk, std::move(stretch));
//   merger.EndChunk(chunk);

#ifndef REPRISE_SIM_EXPLORE_SWEEP_MERGER_H_
#define REPRISE_SIM_EXPLORE_SWEEP_MERGER_H_

#include <cstdint>
#include <map>
#include <vector>

#include "reprise/sim/explore/sweep/seed_work.h"
#include "reprise/sim/explore/sweep/sweep.h"

namespace reprise {

class Merger {
 public:
  // `options` must outlive this.
  explicit Merger(const SweepOptions& options) : options_(options) {}

  // The next stretch of a chunk. Stretches of one chunk come in order.
  void HandIn(uint64_t chunk, Stretch stretch);
  // Nothing of the chunk is to come.
  void EndChunk(uint64_t chunk);
  // Whether as many violations are merged as the sweep asks for.
  bool HasEnough() const;
  // What was found, the chunks behind a gap included.
  SweepResult Take();

 private:
  struct Chunk {
    std::vector<Stretch> stretches = {};
    bool is_whole = false;
  };

  void MergeWhatIsNext();
  void Merge(Stretch stretch);
  void AddFailure(RecordedTrial failure);

  const SweepOptions& options_;
  uint64_t next_ = 0;  // Every chunk below is part of `result_`.
  std::map<uint64_t, Chunk> chunks_;
  SweepResult result_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SWEEP_MERGER_H_
