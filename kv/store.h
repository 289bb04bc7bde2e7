// Store: the keys and their values, and the old values still owed to clients.
//
// An Append owes its client the value from before, possibly long after others
// have changed the key. No copy is kept for that: appending only extends, so an
// old value is a prefix of the present one until a Put replaces the key; from
// then on the replaced bytes are kept as far as the longest prefix still owed.
//
// Guarantees: an append copies its own bytes and, amortised, a constant number
// of others; a value occupies at most 9/8 of its length; a Put gives back what
// it replaces, but for what is owed. Not for use from several threads.
//
//   Store store;
//   store.Put("k", "a");
//   OldValue old = store.Append("k", "b");
//   store.Put("k", "");
//   old.value();  // "a"

#ifndef REPRISE_KV_STORE_H_
#define REPRISE_KV_STORE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "absl/container/btree_set.h"

namespace reprise::kv {

// The bytes that a key has from one Put to the next.
//
// Invariant: it exists while it is current or owes something, and no longer;
// each length owed is at most bytes_.size().
class Version {
 public:
  // `id` is one that no other version of its store has, and not 0.
  Version(uint64_t id, std::string_view bytes) : id_(id), bytes_(bytes) {}
  Version(const Version&) = delete;
  Version& operator=(const Version&) = delete;

  uint64_t id() const { return id_; }
  std::string_view bytes() const { return bytes_; }
  bool IsOwing() const { return !owed_.empty(); }

  void Replace(std::string_view bytes);  // Requires !IsOwing().
  void Extend(std::string_view suffix);
  // Promises to keep the first `length` bytes until Repay(length).
  void Owe(size_t length) { owed_.insert(length); }
  // Both may end the version.
  void Repay(size_t length);
  void Retire();  // It is no longer current.

 private:
  ~Version() = default;
  void DropExcess();

  uint64_t id_;
  std::string bytes_;
  absl::btree_multiset<size_t> owed_;
  bool is_current_ = true;
};

// The value that a key had before an Append: kept until this object ends. It
// may outlive the store.
class OldValue {
 public:
  OldValue() = default;  // The empty value.
  OldValue(Version* version, size_t length);
  OldValue(OldValue&& other) noexcept;
  OldValue& operator=(OldValue&& other) noexcept;
  ~OldValue();

  std::string_view value() const;
  // The id of the version that keeps it; 0 for the empty value.
  uint64_t version_id() const;

 private:
  Version* version_ = nullptr;  // Null: empty.
  size_t length_ = 0;
};

class Store {
 public:
  Store() = default;
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // The value of `key`, valid until the next change; "" for a missing one.
  std::string_view Get(std::string_view key) const;
  void Put(std::string_view key, std::string_view value);
  OldValue Append(std::string_view key, std::string_view suffix);

  // The present version of each key, by key.
  const std::map<std::string, Version*, std::less<>>& versions() const {
    return values_;
  }
  // For reading a snapshot back. Restore makes the version of a key that the
  // store does not have. RestoreReplaced makes one that a Put has replaced: the
  // caller retires it once everything that it owes is registered with it.
  Version& Restore(std::string_view key, std::string_view value);
  Version& RestoreReplaced(std::string_view bytes);

 private:
  Version* NewVersion(std::string_view bytes);

  std::map<std::string, Version*, std::less<>> values_;
  uint64_t last_id_ = 0;
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_STORE_H_
