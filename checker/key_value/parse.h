// Finds for each output of a segment the write that began its epoch and the
// number of Appends behind it.
//
// Requires a segment with Path::kZones: its values parse in one way at most.
// Time: bytes of the observed texts, and a binary search for each output.
//
//   Parse parse(history);
//   switch (parse.Run(key, values, segment)) ...
//   parse.member(item).cluster

#ifndef REPRISE_CHECKER_KEY_VALUE_PARSE_H_
#define REPRISE_CHECKER_KEY_VALUE_PARSE_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/conflict.h"
#include "reprise/checker/key_value/key_operations.h"
#include "reprise/checker/key_value/segments.h"
#include "reprise/checker/key_value/value_index.h"

namespace reprise::checker {

class Parse {
 public:
  static constexpr uint32_t kNone = ~uint32_t{0};
  static constexpr uint32_t kInitialCluster = 0;
  // Room to begin with, which is enough for most segments.
  static constexpr size_t kFew = 64;

  enum class Result : uint8_t {
    kParsed,
    kConflict,
    kAmbiguous,  // Appends of one value that are not all in one output
    kStopped,    // the monitor said so
  };

  // Where an item belongs. Levels: 2 * position for a write (0: the Put), one
  // more for a Get at that position.
  struct Member {
    uint32_t cluster = kNone;  // kNone: an Append that nobody observed
    uint32_t level = 0;
  };

  struct Cluster {
    uint32_t put = kNone;      // kNone: the value before the segment
    uint32_t text = kNone;     // the longest that was observed
    uint32_t positions = 0;    // Appends in it
    uint32_t longest = kNone;  // an item whose output shows all of them
  };

  explicit Parse(const History& history, const CheckMonitor* monitor = nullptr)
      : history_(history), monitor_(monitor) {
    clusters_.reserve(kFew);
    texts_.reserve(kFew);
    tokens_.reserve(kFew);
  }

  Result Run(const KeyOperations& key, const ValueIndex& values,
             const Segment& segment);

  // Requires an item of the segment.
  const Member& member(uint32_t item) const {
    return members_[item - segment_->begin];
  }
  const std::vector<Cluster>& clusters() const { return clusters_; }
  const Conflict& conflict() const { return conflict_; }

 private:
  // A chain as far as this segment observed it, cut into values.
  struct Text {
    ChainId chain;
    uint32_t size;       // of the longest output on it
    uint32_t longest;    // that item
    uint32_t start = 0;  // behind the Put's value or the base
    uint32_t cluster = kNone;
    uint32_t tokens_begin = 0;  // in tokens_; the first ends at `start`
    uint32_t tokens_end = 0;
    uint32_t last_found = 0;  // position of the last output looked up

    uint32_t positions() const { return tokens_end - tokens_begin - 1; }
  };
  struct Token {
    uint32_t end;    // offset in the chain
    uint32_t entry;  // of the value index; kNone for what is at `start`
  };
  struct Slot {
    uint32_t generation = 0;
    uint32_t text = 0;
  };

  void Start(const KeyOperations& key, const ValueIndex& values,
             const Segment& segment);
  Result RunWholeValues();
  Result RunTexts();
  uint32_t TextOf(uint32_t item, uint32_t size);
  bool BeginsWithBase(ChainId chain, std::string_view text) const;
  bool Tokenise(Text& text);
  bool BeginEpoch(Text& text, std::string_view bytes);
  ValueIndex::Token NextToken(std::string_view text);
  uint32_t PutOf(ValueIndex::Token token) const;
  bool ChooseLongest();
  bool Continues(const Text& shorter, const Text& longer) const;
  Result PlaceAppends(uint32_t cluster);
  uint32_t FirstOutside(uint32_t cluster, uint32_t item) const;
  uint32_t NextRepeat(uint32_t cluster, uint32_t entry);
  bool AreAllPlaced(const Text& text) const;
  bool PlaceReader(uint32_t item);
  uint32_t PositionIn(const Text& text, uint32_t size) const;
  uint32_t SearchPosition(const Text& text, uint32_t size) const;
  uint32_t ReaderBeyond(const Text& text, uint32_t offset) const;
  bool Fail(ConflictKind kind, std::initializer_list<uint32_t> items);
  Member& MemberAt(uint32_t item) { return members_[item - segment_->begin]; }

  static constexpr uint32_t kItemsBetweenLooks = 1 << 16;

  bool IsTimeToStop(size_t number) const {
    return number % kItemsBetweenLooks == 0 && IsStopped(monitor_);
  }

  const History& history_;
  const CheckMonitor* const monitor_;
  const KeyOperations* key_ = nullptr;
  const ValueIndex* values_ = nullptr;
  const Segment* segment_ = nullptr;

  std::vector<Member> members_;
  std::vector<uint32_t> readers_;  // items with an output
  std::vector<Cluster> clusters_;
  std::vector<Text> texts_;
  std::vector<Token> tokens_;
  std::vector<Slot> text_of_chain_;
  // By entry of the value index, where values repeat: the write of it that was
  // placed last.
  std::vector<uint32_t> last_placed_;
  // Entries of the value index that the next token may be, as things go.
  uint32_t likely_ = 0;
  uint32_t likely_later_ = 0;
  uint32_t generation_ = 0;
  bool is_stopped_ = false;
  Conflict conflict_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_PARSE_H_
