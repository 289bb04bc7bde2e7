// The two ways in which values of Raft are written as bytes, on the network and
// on disks. A newer server can write both, so that servers can be replaced one
// by one.
//
//   version 1   numbers are words of eight bytes (kv/storage/encoding.h)
//   version 2   numbers are varints: seven bits a byte, the least first, in as
//               few bytes as do
//
// What a value consists of is stated once, by a function Fields that both
// Writer and Reader pass through:
//
//   template <typename Archive, Either<Position> T>
//   void Fields(Archive& archive, T& position) {
//     archive.Number(position.index);
//     archive.Number(position.term);
//   }
//
// Guarantees: what a Reader accepts is what a Writer would have written.

#ifndef REPRISE_KV_RAFT_ARCHIVE_H_
#define REPRISE_KV_RAFT_ARCHIVE_H_

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/types.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::kv::raft {

// Of messages and files.
using Version = uint8_t;
inline constexpr Version kFirstVersion = 1;
inline constexpr Version kLastVersion = 2;

// A T to be read, or a const one to be written.
template <typename Given, typename T>
concept Either = std::same_as<std::remove_const_t<Given>, T>;

// Appends to `bytes`.
class Writer {
 public:
  Writer(Bytes& bytes, Version version) : bytes_(bytes), version_(version) {}

  Version version() const { return version_; }
  void Byte(uint8_t byte) { bytes_.push_back(static_cast<char>(byte)); }
  void Flag(bool flag) { Byte(flag ? 1 : 0); }
  void Number(uint64_t number) {
    if (version_ == 1) {
      AppendWord(bytes_, number);
      return;
    }
    for (; number >= 0x80; number >>= 7) {
      Byte(static_cast<uint8_t>(number) | 0x80);
    }
    Byte(static_cast<uint8_t>(number));
  }
  void Node(NodeId node) { Number(node.value()); }
  // A number greater by one than the node's, or 0.
  void OptionalNode(std::optional<NodeId> node) {
    Number(node.has_value() ? node->value() + 1ULL : 0);
  }
  void Kind(EntryKind kind) { Byte(static_cast<uint8_t>(kind)); }
  void Text(std::string_view text) {
    Number(text.size());
    bytes_.append(text);
  }
  void Members(const Membership& membership) {
    Text(EncodeMembership(membership));
  }
  template <typename T>
  void List(const std::vector<T>& list) {
    List(std::span<const T>(list));
  }
  template <typename T>
  void List(std::span<const T> list) {
    Number(list.size());
    for (const T& value : list) Fields(*this, value);
  }

 private:
  Bytes& bytes_;
  Version version_;
};

// Takes values off the front of `bytes`. After something malformed, what it
// reads means nothing.
class Reader {
 public:
  Reader(std::string_view bytes, Version version)
      : rest_(bytes), version_(version) {}

  Version version() const { return version_; }
  bool IsOk() const { return is_ok_; }
  // Whether all was read, and nothing was malformed.
  bool IsDone() const { return is_ok_ && rest_.empty(); }
  // What was read is malformed.
  void Fail() {
    is_ok_ = false;
    rest_ = {};
  }

  void Byte(uint8_t& byte) {
    if (rest_.empty()) return Fail();
    byte = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
  }
  void Flag(bool& flag) {
    uint8_t byte = 0;
    Byte(byte);
    if (byte > 1) Fail();
    flag = byte == 1;
  }
  void Number(uint64_t& number) {
    if (version_ == 1) {
      if (rest_.size() < kWordBytes) return Fail();
      number = LoadWord(rest_.data());
      rest_.remove_prefix(kWordBytes);
      return;
    }
    number = Varint();
  }
  void Node(NodeId& node) {
    uint64_t number = 0;
    Number(number);
    if (number > UINT32_MAX) Fail();
    node = NodeId(static_cast<uint32_t>(number));
  }
  void OptionalNode(std::optional<NodeId>& node) {
    uint64_t number = 0;
    Number(number);
    if (number > uint64_t{UINT32_MAX} + 1) Fail();
    node.reset();
    if (number > 0) node = NodeId(static_cast<uint32_t>(number - 1));
  }
  void Kind(EntryKind& kind) {
    uint8_t byte = 0;
    Byte(byte);
    if (byte > static_cast<uint8_t>(EntryKind::kMembership)) Fail();
    kind = static_cast<EntryKind>(byte);
  }
  void Text(Bytes& text) {
    uint64_t length = 0;
    Number(length);
    if (length > rest_.size()) return Fail();
    text.assign(rest_.substr(0, length));
    rest_.remove_prefix(length);
  }
  void Members(Membership& membership) {
    Bytes text;
    Text(text);
    if (!is_ok_) return;
    absl::StatusOr<Membership> members = DecodeMembership(text);
    if (!members.ok()) return Fail();
    membership = *std::move(members);
  }
  // Each value takes at least a byte, so that no number of them can be made up.
  template <typename T>
  void List(std::vector<T>& list) {
    uint64_t count = 0;
    Number(count);
    if (count > rest_.size()) return Fail();
    list.reserve(count);
    for (uint64_t i = 0; i < count && is_ok_; ++i) {
      Fields(*this, list.emplace_back());
    }
  }

 private:
  uint64_t Varint() {
    uint64_t number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      uint8_t byte = 0;
      Byte(byte);
      if (!is_ok_) return 0;
      const uint64_t bits = byte & 0x7f;
      // No bit may fall off, and the last byte is not in vain.
      if (shift == 63 && bits > 1) break;
      number |= bits << shift;
      if (byte < 0x80) {
        if (byte == 0 && shift > 0) break;
        return number;
      }
    }
    Fail();
    return 0;
  }

  std::string_view rest_;
  Version version_;
  bool is_ok_ = true;
};

template <typename Archive, Either<Position> T>
void Fields(Archive& archive, T& position) {
  archive.Number(position.index);
  archive.Number(position.term);
}

template <typename Archive, Either<Ballot> T>
void Fields(Archive& archive, T& ballot) {
  archive.Number(ballot.term);
  archive.OptionalNode(ballot.vote);
  archive.Number(ballot.life);
  archive.Flag(ballot.is_amnesiac);
}

template <typename Archive, Either<Entry> T>
void Fields(Archive& archive, T& entry) {
  archive.Number(entry.term);
  archive.Kind(entry.kind);
  archive.Text(entry.data);
}

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_ARCHIVE_H_
