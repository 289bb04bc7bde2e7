// One key, judged while its operations happen: zones (zones.h) kept up to date
// at each response.
//
// Clusters and zones are those of zones.h, of what has returned so far. Two
// clusters A and B contradict each other if and only if A's first return is
// before B's last call and B's first return before A's last call. A response
// moves the last call of one cluster forward, so that only clusters which
// returned first in between have to be looked at: constant time, amortised.
//
// Where values do not identify their writes, the key gives up until no
// operation on it is open and its value is known. HasGivenUp() stays true from
// then on, and the history has to be judged as a whole.

#ifndef REPRISE_CHECKER_KEY_VALUE_ONLINE_KEY_H_
#define REPRISE_CHECKER_KEY_VALUE_ONLINE_KEY_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/key_value/segments.h"
#include "reprise/checker/key_value/value_index.h"

namespace reprise::checker {

// How far each observed chain has been cut into values, and in which piece of
// its key. All keys of a history share this object: a chain belongs to one key,
// and no two pieces have the same number.
struct OnlineTexts {
  static constexpr uint32_t kNone = ~uint32_t{0};

  struct Text {
    uint32_t piece = 0;
    uint32_t cluster = kNone;
    uint32_t position = 0;
    uint32_t size = 0;
  };

  std::vector<Text> of_chain;
  uint32_t pieces = 0;
};

class OnlineKey {
 public:
  // Forgets everything and keeps the memory. `initial` is the value of the key
  // before its first write. Requires that both live on.
  void Clear(OnlineTexts& texts, std::string_view initial);

  // After the history recorded the call of `id`, an operation of this key.
  void Invoke(const History& history, OperationId id);
  // After it recorded the return. False if no order explains the responses any
  // more.
  bool Return(const History& history, OperationId id);

  bool HasGivenUp() const { return has_given_up_; }

 private:
  using Text = OnlineTexts::Text;

  static constexpr uint32_t kNone = OnlineTexts::kNone;
  static constexpr uint32_t kInitialCluster = 0;
  // A piece with at least so many operations ends at the next known value. This
  // bounds what is remembered; behind the end, values may repeat.
  static constexpr uint32_t kLongPiece = 8;

  struct Token {
    uint32_t end;    // offset behind the Append's value
    uint32_t write;  // in writes_
  };
  // The highest level that had returned at some time.
  struct Step {
    EventIndex at;
    uint32_t level;
  };
  // A cluster of zones.h, or an Append that nobody has observed so far.
  struct Cluster {
    EventIndex first_return;
    EventIndex last_call;
    uint32_t scanned;  // returns_ before it were compared with last_call
    uint32_t start;    // offset behind the Put's value or the base
    bool is_alive;
    std::vector<Token> tokens;
    std::vector<Step> steps;  // rising in both
  };
  // A write of the piece; its item in the value index is its place here.
  struct Write {
    OperationId id;
    uint32_t cluster = kNone;  // an Append's only once it returned
    uint32_t position = 0;     // of an observed Append: 1, 2, 3 ...
  };
  struct FirstReturn {
    EventIndex at;
    uint32_t cluster;
  };
  // What was open when an operation was called.
  struct OpenCall {
    OperationId id;
    uint32_t writes_before;  // called on this key
    bool is_clear;           // no write was open
  };

  void GiveUp();
  void StartPiece(const KnownValue& base);
  void InvokeWrite(const History& history, OperationId id, bool can_cut);
  bool TakeUp(const Operation& operation, OperationId id);
  uint32_t NewCluster(EventIndex call, uint32_t start);
  OpenCall Close(OperationId id);
  void NoteKnownValue(const History& history, const OpenCall& call);

  void ReturnWrite(const Operation& operation, OperationId id);
  bool ReturnReader(const History& history, const Operation& operation,
                    OperationId id);
  Text& TextOf(ChainId chain, size_t chains);
  bool Cut(const History& history, ChainId chain, uint32_t size);
  ValueIndex::Token NextToken(const std::vector<Token>& tokens,
                              uint32_t position, std::string_view text) const;
  bool Begin(const History& history, std::string_view bytes, ChainId chain,
             Text& text);
  bool PlaceAppend(const History& history, uint32_t cluster, uint32_t end,
                   uint32_t write);
  static uint32_t PositionOf(const Cluster& cluster, uint32_t size);
  uint32_t WriteOf(OperationId id) const;

  bool AddMember(uint32_t cluster, uint32_t level, EventIndex call);
  void AddReturn(uint32_t cluster, uint32_t level, EventIndex at);
  bool AdvanceLastCall(uint32_t cluster, EventIndex call);
  bool MoveFirstReturnBack(uint32_t cluster, EventIndex at);
  bool IsCurrent(const FirstReturn& first_return) const;
  bool Contradict(uint32_t a, uint32_t b) const;

  bool has_given_up_ = false;
  bool is_paused_ = false;  // until the next known value

  // Known values.
  std::vector<OpenCall> open_;
  uint32_t open_writes_ = 0;
  uint32_t writes_called_ = 0;
  bool is_known_ = true;
  KnownValue known_;

  // The piece.
  KnownValue base_;
  uint32_t piece_ = 0;
  uint32_t piece_size_ = 0;
  bool is_alone_ = false;  // the piece is one Put that has to stay alone
  ValueIndex values_;
  std::vector<Write> writes_;
  std::vector<Cluster> clusters_;
  uint32_t cluster_count_ = 0;  // those behind keep their memory
  OnlineTexts* texts_ = nullptr;
  Text empty_text_;                   // of chain 0, which all keys have
  std::vector<FirstReturn> returns_;  // by time; some are out of date
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_ONLINE_KEY_H_
