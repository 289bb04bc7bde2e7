#include "checker/observed.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"

namespace reprise::checker {
namespace {

constexpr uint64_t kBase = 0x9e3779b97f4a7c15u;  // odd: arithmetic modulo 2^64

uint64_t Next(uint64_t hash, char byte) {
  return hash * kBase + static_cast<unsigned char>(byte) + 1;
}

uint64_t HashOf(std::string_view text) {
  uint64_t hash = 0;
  for (char byte : text) hash = Next(hash, byte);
  return hash;
}

// The lengths of pending values. Where there are many different ones, values
// are looked for by a prefix whose length is a power of two.
class Lengths {
 public:
  explicit Lengths(const KeyOperations& key) {
    for (const Operation& operation : key.operations) {
      if (operation.IsPending()) Insert(operation.argument_length);
    }
    if (all_.size() <= kExact) return;
    is_rounded_ = true;
    std::vector<size_t> exact;
    exact.swap(all_);
    for (size_t length : exact) Insert(std::bit_floor(length));
  }

  const std::vector<size_t>& all() const { return all_; }

  std::string_view LookedFor(const Operation& operation) const {
    const std::string_view value = operation.Argument();
    return is_rounded_ ? value.substr(0, std::bit_floor(value.size())) : value;
  }

 private:
  static constexpr size_t kExact = 8;

  void Insert(size_t length) {
    if (std::find(all_.begin(), all_.end(), length) == all_.end()) {
      all_.push_back(length);
    }
  }

  std::vector<size_t> all_;
  bool is_rounded_ = false;
};

// Which of the wanted hashes belong to a piece of an observed text.
struct Sightings {
  absl::flat_hash_set<uint64_t> wanted;
  absl::flat_hash_set<uint64_t> first;  // at the beginning of a text
  absl::flat_hash_set<uint64_t> anywhere;

  void LookThrough(std::string_view text, size_t length) {
    if (length == 0 || length > text.size()) return;
    uint64_t leaving = 1;
    for (size_t i = 0; i < length; ++i) leaving *= kBase;
    uint64_t hash = HashOf(text.substr(0, length));
    if (wanted.contains(hash)) first.insert(hash);
    for (size_t end = length;; ++end) {
      if (wanted.contains(hash)) anywhere.insert(hash);
      if (end == text.size()) return;
      const auto left = static_cast<unsigned char>(text[end - length]);
      hash = Next(hash, text[end]) - leaving * (left + uint64_t{1});
    }
  }
};

Sightings LookThroughOutputs(const History& history, const KeyOperations& key,
                             const Lengths& lengths) {
  Sightings sightings;
  for (const Operation& operation : key.operations) {
    if (operation.IsPending()) {
      sightings.wanted.insert(HashOf(lengths.LookedFor(operation)));
    }
  }
  absl::flat_hash_set<ChainId> chains;
  for (const Operation& operation : key.operations) {
    if (!operation.HasOutput() || !chains.insert(operation.chain).second) {
      continue;
    }
    for (size_t length : lengths.all()) {
      sightings.LookThrough(history.Chain(operation.chain), length);
    }
  }
  return sightings;
}

}  // namespace

bool MayObserve(const History& history, const Operation& reader,
                const Operation& write) {
  const bool is_cas = reader.kind == OperationKind::kCas;
  if (is_cas && reader.answer == Answer::kFailed) return true;
  if (!is_cas && !reader.HasOutput()) return false;
  const std::string_view seen =
      is_cas ? reader.Expected() : history.Output(reader);
  const std::string_view value = write.Argument();
  return write.kind == OperationKind::kAppend ? seen.find(value) != seen.npos
                                              : seen.starts_with(value);
}

void DropUnobserved(const History& history, KeyOperations* key) {
  for (const Operation& operation : key->operations) {
    if (operation.kind == OperationKind::kCas) return;
  }
  const Lengths lengths(*key);
  const Sightings sightings = LookThroughOutputs(history, *key, lengths);
  size_t kept = 0;
  for (size_t item = 0; item < key->size(); ++item) {
    const Operation& operation = key->operations[item];
    if (operation.IsPending() && operation.argument_length > 0) {
      const uint64_t hash = HashOf(lengths.LookedFor(operation));
      const bool is_put = operation.kind == OperationKind::kPut;
      const auto& seen = is_put ? sightings.first : sightings.anywhere;
      if (!seen.contains(hash)) continue;
    }
    key->operations[kept] = operation;
    key->ids[kept] = key->ids[item];
    ++kept;
  }
  key->operations.resize(kept);
  key->ids.resize(kept);
}

}  // namespace reprise::checker
