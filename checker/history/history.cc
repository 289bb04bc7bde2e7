#include "reprise/checker/history/history.h"

#include <algorithm>

#include "reprise/checker/history/hash.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/history/short_bytes.h"

namespace reprise::checker {

namespace {

// Where in a table the search for a key begins.
size_t SlotOf(uint64_t word) { return MultiplyFold(word, 0x9e3779b97f4a7c15u); }

}  // namespace

inline KeyId History::InternKey(std::string_view name) {
  const bool is_short = name.size() <= kWord;
  const uint64_t word = is_short ? WordOf(name) : HashBytes(name);
  const size_t mask = key_table_.size() - 1;
  for (size_t slot = SlotOf(word) & mask; key_table_[slot] != 0;
       slot = (slot + 1) & mask) {
    const Key& key = keys_[key_table_[slot] - 1];
    if (key.word == word && key.name.size() == name.size() &&
        (is_short || SameBytes(key.name, name))) {
      return key_table_[slot] - 1;
    }
  }
  return AddKey(name, word);
}

OperationId History::Invoke(int client, OperationKind kind,
                            std::string_view key, std::string_view value) {
  REPRISE_REQUIRE(value.size() < kNever, "a value is longer than 4 GiB");
  REPRISE_REQUIRE(operations_.size() < kNever / 2, "too many operations");
  REPRISE_REQUIRE(kind != OperationKind::kGet || value.empty(),
                  "a Get writes no value");
  const KeyId key_id = InternKey(key);
  const char* const argument = bytes_.Copy(value).data();
  operations_.Append({.call = next_event_++,
                      .key = key_id,
                      .client = client,
                      .argument = argument,
                      .argument_length = static_cast<uint32_t>(value.size()),
                      .kind = kind});
  return static_cast<OperationId>(operations_.size() - 1);
}

OperationId History::InvokeCas(int client, std::string_view key,
                               std::string_view expected,
                               std::string_view value) {
  REPRISE_REQUIRE(expected.size() < kNever, "a value is longer than 4 GiB");
  const OperationId id = Invoke(client, OperationKind::kCas, key, "");
  char* both = bytes_.Allocate(value.size() + expected.size());
  CopyBytes(both, value);
  CopyBytes(both + value.size(), expected);
  Operation& operation = operations_[id];
  operation.argument = both;
  operation.argument_length = static_cast<uint32_t>(value.size());
  operation.expected_length = static_cast<uint32_t>(expected.size());
  return id;
}

void History::Return(OperationId id, std::string_view output) {
  REPRISE_REQUIRE(output.size() < kNever, "a value is longer than 4 GiB");
  Operation& operation = Respond(id, Answer::kReported);
  REPRISE_REQUIRE(operation.kind == OperationKind::kGet ||
                      operation.kind == OperationKind::kAppend,
                  "only a Get or an Append reports a value");
  operation.chain = Observe(keys_[operation.key], output, operation.Argument());
  operation.output_length = static_cast<uint32_t>(output.size());
}

void History::ReturnUnobserved(OperationId id) {
  const Operation& operation = Respond(id, Answer::kDone);
  REPRISE_REQUIRE(operation.kind != OperationKind::kGet,
                  "a Get returns a value");
}

void History::ReturnFailed(OperationId id) {
  const Operation& operation = Respond(id, Answer::kFailed);
  REPRISE_REQUIRE(operation.kind == OperationKind::kCas, "only a Cas can fail");
}

void History::JoinInstant() {
  REPRISE_REQUIRE(next_event_ > 0, "there is no event to join");
  --next_event_;
  has_joined_instants_ = true;
}

void History::Clear() {
  operations_.Clear();
  keys_.clear();
  key_table_.assign(std::max(key_table_.size(), kFirstKeys), 0);
  chains_.clear();
  chains_.push_back({nullptr, 0, 0});
  bytes_.Clear();
  initial_value_.clear();
  next_event_ = 0;
  has_joined_instants_ = false;
}

size_t History::MemoryBytes() const {
  return sizeof(*this) + operations_.capacity() * sizeof(Operation) +
         keys_.capacity() * sizeof(Key) +
         key_table_.capacity() * sizeof(uint32_t) +
         chains_.capacity() * sizeof(ObservedChain) + bytes_.capacity();
}

Operation& History::Respond(OperationId id, Answer answer) {
  REPRISE_REQUIRE(id < operations_.size(), "a response without an invocation");
  Operation& operation = operations_[id];
  REPRISE_REQUIRE(operation.IsPending(), "an operation returned twice");
  operation.answer = answer;
  operation.ret = next_event_++;
  return operation;
}

KeyId History::AddKey(std::string_view name, uint64_t word) {
  keys_.push_back({bytes_.Copy(name), word, {}});
  const auto key = static_cast<KeyId>(keys_.size() - 1);
  if (keys_.size() * 2 > key_table_.size()) {
    key_table_.assign(key_table_.size() * 2, 0);
    for (KeyId each = 0; each <= key; ++each) PlaceKey(each);
  } else {
    PlaceKey(key);
  }
  return key;
}

void History::PlaceKey(KeyId key) {
  const size_t mask = key_table_.size() - 1;
  size_t slot = SlotOf(keys_[key].word) & mask;
  while (key_table_[slot] != 0) slot = (slot + 1) & mask;
  key_table_[slot] = key + 1;
}

// The chain that begins with `old` and `added`: a recent one, lengthened if
// need be, or a new one.
ChainId History::Observe(Key& key, std::string_view old,
                         std::string_view added) {
  const size_t size = old.size() + added.size();
  if (size == 0) return 0;
  size_t place = 0;
  while (place < kRecent && !Matches(key.recent[place], old, added)) ++place;
  if (place > 0) MoveToFront(key, place);
  const ChainId chain = key.recent[0];
  if (size > chains_[chain].size) Extend(chain, old, added);
  return chain;
}

// Makes the chain at `place` the most recent one of the key; or else, behind
// the last place, a new one.
void History::MoveToFront(Key& key, size_t place) {
  ChainId chain = 0;
  if (place < kRecent) {
    chain = key.recent[place];
  } else {
    --place;
    chain = static_cast<ChainId>(chains_.size());
    chains_.push_back({nullptr, 0, 0});
  }
  for (; place > 0; --place) key.recent[place] = key.recent[place - 1];
  key.recent[0] = chain;
}

// Whether `chain` and old + added agree as far as both go.
bool History::Matches(ChainId chain, std::string_view old,
                      std::string_view added) const {
  const ObservedChain& known = chains_[chain];
  if (known.size == 0) return false;
  const size_t common = std::min<size_t>(known.size, old.size());
  if (!SameBytes(known.bytes, old.data(), common)) return false;
  if (known.size <= old.size()) return true;
  return SameBytes(known.bytes + old.size(), added.data(),
                   std::min<size_t>(known.size - old.size(), added.size()));
}

// Requires that `chain` agrees with old + added and is shorter.
void History::Extend(ChainId chain, std::string_view old,
                     std::string_view added) {
  ObservedChain& known = chains_[chain];
  const size_t size = old.size() + added.size();
  REPRISE_REQUIRE(size < kNever, "a value is longer than 4 GiB");
  if (size > known.capacity) {
    const size_t capacity =
        known.size == 0 ? size : std::min<size_t>(2 * size, kNever);
    char* bytes = bytes_.Allocate(capacity);
    CopyBytes(bytes, {known.bytes, known.size});
    known.bytes = bytes;
    known.capacity = static_cast<uint32_t>(capacity);
  }
  if (old.size() > known.size) {
    CopyBytes(known.bytes + known.size, old.substr(known.size));
    known.size = static_cast<uint32_t>(old.size());
  }
  CopyBytes(known.bytes + known.size, added.substr(known.size - old.size()));
  known.size = static_cast<uint32_t>(size);
}

}  // namespace reprise::checker
