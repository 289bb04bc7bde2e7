// A History is what clients saw: their invocations and responses in the order
// in which they happened. It is all that the checker reads.
//
// Guarantees: recording costs a table look-up for the key and one comparison of
// an output with the values observed before on that key; memory grows with the
// operations, the written values and the distinct observed text: an output
// that equals or extends an earlier one shares its bytes. Operation ids are
// dense and follow the order of invocation. Clear() keeps the memory.
//
// Requires: each operation returns at most once, after its invocation. Event
// order decides precedence; no clock is read. Fewer than 2^31 operations, and
// values below 4 GiB.
//
//   History history;
//   OperationId put = history.Invoke(0, OperationKind::kPut, "k", "a");
//   OperationId get = history.Invoke(1, OperationKind::kGet, "k", "");
//   history.ReturnUnobserved(put);
//   history.Return(get, "a");
//   Verdict verdict = CheckKeyValue(history, Budget());

#ifndef REPRISE_CHECKER_HISTORY_HISTORY_H_
#define REPRISE_CHECKER_HISTORY_HISTORY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/checker/history/arena.h"
#include "reprise/checker/history/growing_array.h"

namespace reprise::checker {

using OperationId = uint32_t;
using KeyId = uint32_t;
using ChainId = uint32_t;

// The place of an event in the history's order.
using EventIndex = uint32_t;
inline constexpr EventIndex kNever = std::numeric_limits<EventIndex>::max();

// What a client asks for. A register's read and write are a key's Get and Put
// under other names.
enum class OperationKind : uint8_t {
  kGet,
  kPut,
  kAppend,
  kCas,  // compare-and-set: writes its value if the key has the expected one
  kRead = kGet,
  kWrite = kPut,
};

// What came back to the client.
enum class Answer : uint8_t {
  kPending,   // nothing yet: it may have taken effect, or may later, or never
  kReported,  // Get: its value; Append: the value before it
  kDone,      // Put, Append that reports nothing, Cas that succeeded
  kFailed,    // Cas that found something else than it expected
};

struct Operation {
  EventIndex call = kNever;
  EventIndex ret = kNever;  // kNever while pending
  KeyId key = 0;
  int32_t client = 0;
  const char* argument = nullptr;  // a Cas keeps what it expects behind it
  uint32_t argument_length = 0;
  uint32_t expected_length = 0;
  ChainId chain = 0;  // the output is a prefix of this chain
  uint32_t output_length = 0;
  OperationKind kind = OperationKind::kGet;
  Answer answer = Answer::kPending;

  bool IsPending() const { return answer == Answer::kPending; }
  bool HasOutput() const { return answer == Answer::kReported; }
  // Whether it can change its key. A failed Cas only reads.
  bool IsWrite() const {
    return kind != OperationKind::kGet && answer != Answer::kFailed;
  }
  // The value that it writes; "" for a Get.
  std::string_view Argument() const { return {argument, argument_length}; }
  std::string_view Expected() const {
    return {argument + argument_length, expected_length};
  }
};

class History {
 public:
  History() { Clear(); }

  // Records an invocation by `client` and returns its id. `value` is what a Put
  // or Append writes and "" for a Get.
  OperationId Invoke(int client, OperationKind kind, std::string_view key,
                     std::string_view value);
  OperationId InvokeCas(int client, std::string_view key,
                        std::string_view expected, std::string_view value);

  // Records the response with the value it carries: a Get's, or the one that an
  // Append found.
  void Return(OperationId id, std::string_view output);
  // Records the response of a Put, of an Append whose old value the client did
  // not see, or of a Cas that succeeded.
  void ReturnUnobserved(OperationId id);
  // Records the response of a Cas that found something else.
  void ReturnFailed(OperationId id);

  // Lets the next event share the instant of the last one. Neither is then
  // before the other, whether they are calls or returns; only the operations of
  // one client keep their order. For imported histories in which two times are
  // equal.
  void JoinInstant();

  // The value of every key before its first write: "" unless it is set.
  // Requires that the history is not judged yet.
  void SetInitialValue(std::string_view value) { initial_value_ = value; }
  std::string_view initial_value() const { return initial_value_; }

  // Makes room for so many operations, which saves copying.
  void Reserve(size_t operations) { operations_.Reserve(operations); }

  // Forgets everything and keeps the memory.
  void Clear();

  size_t size() const { return operations_.size(); }
  bool empty() const { return operations_.empty(); }
  const Operation& operator[](OperationId id) const { return operations_[id]; }
  std::span<const Operation> operations() const {
    return {operations_.data(), operations_.size()};
  }
  // The number of instants: of events, less those that share one with the
  // event before them.
  EventIndex events() const { return next_event_; }
  bool HasJoinedInstants() const { return has_joined_instants_; }

  size_t keys() const { return keys_.size(); }
  std::string_view KeyName(KeyId key) const { return keys_[key].name; }

  // The value that a Get or a reporting Append saw. Requires HasOutput(). Valid
  // until Clear().
  std::string_view Output(const Operation& operation) const {
    return {chains_[operation.chain].bytes, operation.output_length};
  }
  std::string_view Output(OperationId id) const {
    return Output(operations_[id]);
  }

  // A chain is an observed text. Every output is a prefix of one chain of its
  // key. Where an Append reported the old value, the Append's own value follows
  // it in the chain. Two chains of one key may begin alike, or even be equal.
  size_t chains() const { return chains_.size(); }
  std::string_view Chain(ChainId chain) const {
    return {chains_[chain].bytes, chains_[chain].size};
  }

  // Bytes that this object holds.
  size_t MemoryBytes() const;

 private:
  // An output is compared with this many of the chains last used on its key:
  // where a Put has just replaced a value, slow readers still return old ones.
  static constexpr size_t kRecent = 4;
  static constexpr size_t kFirstKeys = 64;  // slots; few keys hardly collide

  struct ObservedChain {
    char* bytes;
    uint32_t size;
    uint32_t capacity;
  };
  struct Key {
    std::string_view name;
    uint64_t word;  // of a short name its bytes, of others a hash
    std::array<ChainId, kRecent> recent;  // most recent first; 0 is "no chain"
  };

  KeyId InternKey(std::string_view name);
  [[gnu::noinline]] KeyId AddKey(std::string_view name, uint64_t word);
  void PlaceKey(KeyId key);
  Operation& Respond(OperationId id, Answer answer);
  ChainId Observe(Key& key, std::string_view old, std::string_view added);
  void MoveToFront(Key& key, size_t place);
  bool Matches(ChainId chain, std::string_view old,
               std::string_view added) const;
  void Extend(ChainId chain, std::string_view old, std::string_view added);

  GrowingArray<Operation> operations_;
  std::vector<Key> keys_;
  std::vector<uint32_t> key_table_;  // open addressing; KeyId + 1, or 0 if free
  std::vector<ObservedChain> chains_;  // [0] is the empty text
  Arena bytes_;
  std::string initial_value_;
  EventIndex next_event_ = 0;
  bool has_joined_instants_ = false;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_HISTORY_HISTORY_H_
