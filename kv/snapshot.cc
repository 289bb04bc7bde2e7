#include "reprise/kv/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "reprise/kv/storage/encoding.h"

namespace reprise::kv {
namespace {

// By the ids of versions.
using NumberMap = std::map<uint64_t, uint64_t>;
using ReplacedMap = std::map<uint64_t, std::string_view>;

// More may be left of a version than is owed of it, by how its buffer grew, so
// what is owed decides.
ReplacedMap FindReplaced(const NumberMap& current,
                         const DuplicateTable& duplicates) {
  ReplacedMap replaced;
  duplicates.ForEach([&](uint64_t, uint64_t, const OldValue& old_value) {
    const uint64_t id = old_value.version_id();
    if (id == 0 || current.contains(id)) return;
    std::string_view& longest = replaced[id];
    const std::string_view owed = old_value.value();
    if (owed.size() > longest.size()) longest = owed;
  });
  return replaced;
}

void AppendClients(Bytes& bytes, const NumberMap& numbers,
                   const DuplicateTable& duplicates) {
  uint64_t count = 0;
  duplicates.ForEach([&](uint64_t, uint64_t, const OldValue&) { ++count; });
  AppendWord(bytes, count);
  duplicates.ForEach(
      [&](uint64_t client, uint64_t sequence, const OldValue& old_value) {
        const uint64_t id = old_value.version_id();
        AppendWord(bytes, client);
        AppendWord(bytes, sequence);
        AppendWord(bytes, id == 0 ? 0 : numbers.at(id));
        AppendWord(bytes, old_value.value().size());
      });
}

// The versions that a snapshot has numbered 1, 2, 3 ... Those that were
// replaced are retired at its end: they last as long as they owe something.
class Versions {
 public:
  Versions() = default;
  Versions(const Versions&) = delete;
  Versions& operator=(const Versions&) = delete;
  ~Versions() {
    for (size_t i = current_; i < all_.size(); ++i) all_[i]->Retire();
  }

  void AddCurrent(Version& version) {
    all_.push_back(&version);
    current_ = all_.size();
  }
  void AddReplaced(Version& version) { all_.push_back(&version); }

  // Nothing for a number or a length that there is not.
  std::optional<OldValue> OldValueOf(uint64_t number, uint64_t length) {
    if (number == 0 && length == 0) return OldValue();
    if (number == 0 || number > all_.size()) return std::nullopt;
    Version* version = all_[number - 1];
    if (length == 0 || length > version->bytes().size()) return std::nullopt;
    return OldValue(version, length);
  }

 private:
  std::vector<Version*> all_;
  size_t current_ = 0;
};

bool DecodeKeys(Decoder& decoder, Store& store, Versions& versions) {
  const uint64_t count = decoder.Word();
  std::optional<std::string_view> last;
  for (uint64_t i = 0; i < count; ++i) {
    const std::string_view key = decoder.String();
    const std::string_view value = decoder.String();
    if (!decoder.IsOk() || (last.has_value() && key <= *last)) return false;
    versions.AddCurrent(store.Restore(key, value));
    last = key;
  }
  return decoder.IsOk();
}

bool DecodeReplaced(Decoder& decoder, Store& store, Versions& versions) {
  const uint64_t count = decoder.Word();
  for (uint64_t i = 0; i < count; ++i) {
    const std::string_view bytes = decoder.String();
    if (!decoder.IsOk()) return false;
    versions.AddReplaced(store.RestoreReplaced(bytes));
  }
  return decoder.IsOk();
}

bool DecodeClients(Decoder& decoder, Versions& versions,
                   DuplicateTable& duplicates) {
  const uint64_t count = decoder.Word();
  std::optional<uint64_t> last;
  for (uint64_t i = 0; i < count; ++i) {
    const uint64_t client = decoder.Word();
    const uint64_t sequence = decoder.Word();
    const uint64_t number = decoder.Word();
    const uint64_t length = decoder.Word();
    if (!decoder.IsOk() || (last.has_value() && client <= *last)) return false;
    std::optional<OldValue> old_value = versions.OldValueOf(number, length);
    if (!old_value.has_value()) return false;
    duplicates.Restore(client, sequence, *std::move(old_value));
    last = client;
  }
  return decoder.IsOk();
}

}  // namespace

Bytes EncodeSnapshot(const Store& store, const DuplicateTable& duplicates) {
  Bytes bytes;
  NumberMap numbers;
  AppendWord(bytes, store.versions().size());
  for (const auto& [key, version] : store.versions()) {
    AppendString(bytes, key);
    AppendString(bytes, version->bytes());
    numbers.emplace(version->id(), numbers.size() + 1);
  }
  const ReplacedMap replaced = FindReplaced(numbers, duplicates);
  AppendWord(bytes, replaced.size());
  for (const auto& [id, longest_owed] : replaced) {
    AppendString(bytes, longest_owed);
    numbers.emplace(id, numbers.size() + 1);
  }
  AppendClients(bytes, numbers, duplicates);
  return bytes;
}

absl::Status DecodeSnapshot(std::string_view snapshot, Store& store,
                            DuplicateTable& duplicates) {
  Decoder decoder(snapshot);
  Versions versions;
  if (!DecodeKeys(decoder, store, versions)) {
    return absl::InvalidArgumentError("the snapshot's keys are malformed");
  }
  if (!DecodeReplaced(decoder, store, versions)) {
    return absl::InvalidArgumentError("the snapshot's versions are malformed");
  }
  if (!DecodeClients(decoder, versions, duplicates)) {
    return absl::InvalidArgumentError("the snapshot's clients are malformed");
  }
  if (!decoder.IsAtEnd()) {
    return absl::InvalidArgumentError("the snapshot is longer than it says");
  }
  return absl::OkStatus();
}

}  // namespace reprise::kv
