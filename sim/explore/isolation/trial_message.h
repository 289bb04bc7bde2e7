// Results of trials as bytes, for the way from one process to the process that
// it was forked from. Nothing else can read them: they are made of the very
// layouts in memory.
//
//   MessageWriter writer;
//   writer.Write(recorded);
//   channel.Send(writer.bytes());
//   ...
//   MessageReader reader(*message);
//   RecordedTrial recorded = reader.ReadTrial();
//
// Requires that a reader reads what was written, in the same order.

#ifndef REPRISE_SIM_EXPLORE_ISOLATION_TRIAL_MESSAGE_H_
#define REPRISE_SIM_EXPLORE_ISOLATION_TRIAL_MESSAGE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "reprise/sim/core/check.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/edits.h"

namespace reprise {

class MessageWriter {
 public:
  template <typename T>
  void WritePlain(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof(value));
  }
  void Write(std::span<const uint64_t> counts);
  void Write(std::string_view text);
  void Write(const OptionValue& option);
  void Write(const Decision& decision);
  void Write(const UnfitEdit& unfit);
  void Write(const BegunOperation& operation);
  void Write(const Verdict& verdict);
  void Write(const DescribedNode& node);
  void Write(const RecordedTrial& trial);
  void Write(const Timeline& timeline);

  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

class MessageReader {
 public:
  explicit MessageReader(std::string_view bytes) : bytes_(bytes) {}

  template <typename T>
  T ReadPlain() {
    static_assert(std::is_trivially_copyable_v<T>);
    T value;
    std::memcpy(&value, Take(sizeof(value)).data(), sizeof(value));
    return value;
  }
  std::vector<uint64_t> ReadCounts();
  std::string ReadText();
  OptionValue ReadOption();
  Decision ReadDecision();
  UnfitEdit ReadUnfit();
  BegunOperation ReadOperation();
  Verdict ReadVerdict();
  DescribedNode ReadNode();
  RecordedTrial ReadTrial();
  Timeline ReadTimeline();

 private:
  std::string_view Take(size_t size);

  std::string_view bytes_;  // What has not been read.
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_ISOLATION_TRIAL_MESSAGE_H_
