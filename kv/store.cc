#include "reprise/kv/store.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace reprise::kv {

// Buffers are exchanged by swap: assigning a short string keeps the old one's.
void Version::Replace(std::string_view bytes) {
  std::string(bytes).swap(bytes_);
}

void Version::Extend(std::string_view suffix) {
  const size_t length = bytes_.size() + suffix.size();
  if (length > bytes_.capacity()) {
    // By an eighth, not by the doubling of std::string: a value of ten
    // megabytes shall not occupy twenty. A new string, because reserve()
    // doubles too.
    std::string longer;
    longer.reserve(std::max(length, bytes_.size() + bytes_.size() / 8));
    longer.append(bytes_);
    longer.swap(bytes_);
  }
  bytes_.append(suffix);
}

void Version::Repay(size_t length) {
  owed_.erase(owed_.find(length));
  if (is_current_) return;
  if (owed_.empty()) {
    delete this;
  } else {
    DropExcess();
  }
}

void Version::Retire() {
  is_current_ = false;
  if (owed_.empty()) {
    delete this;
  } else {
    DropExcess();
  }
}

void Version::DropExcess() {
  const size_t needed = *owed_.rbegin();
  // Only when it halves, so that many small repayments do not copy every time.
  if (needed <= bytes_.capacity() / 2) {
    bytes_.substr(0, needed).swap(bytes_);
  }
}

OldValue::OldValue(Version* version, size_t length) : length_(length) {
  if (length == 0) return;
  version_ = version;
  version_->Owe(length);
}

OldValue::OldValue(OldValue&& other) noexcept
    : version_(std::exchange(other.version_, nullptr)),
      length_(std::exchange(other.length_, 0)) {}

OldValue& OldValue::operator=(OldValue&& other) noexcept {
  std::swap(version_, other.version_);
  std::swap(length_, other.length_);
  return *this;
}

OldValue::~OldValue() {
  if (version_ != nullptr) version_->Repay(length_);
}

std::string_view OldValue::value() const {
  if (version_ == nullptr) return {};
  return version_->bytes().substr(0, length_);
}

uint64_t OldValue::version_id() const {
  return version_ == nullptr ? 0 : version_->id();
}

Store::~Store() {
  for (const auto& [key, version] : values_) version->Retire();
}

std::string_view Store::Get(std::string_view key) const {
  const auto found = values_.find(key);
  return found == values_.end() ? std::string_view() : found->second->bytes();
}

void Store::Put(std::string_view key, std::string_view value) {
  const auto found = values_.find(key);
  if (found == values_.end()) {
    values_.emplace(key, NewVersion(value));
  } else if (found->second->IsOwing()) {
    std::exchange(found->second, NewVersion(value))->Retire();
  } else {
    found->second->Replace(value);
  }
}

OldValue Store::Append(std::string_view key, std::string_view suffix) {
  const auto found = values_.find(key);
  if (found == values_.end()) {
    values_.emplace(key, NewVersion(suffix));
    return OldValue();
  }
  OldValue old(found->second, found->second->bytes().size());
  found->second->Extend(suffix);
  return old;
}

Version& Store::Restore(std::string_view key, std::string_view value) {
  return *values_.emplace(key, NewVersion(value)).first->second;
}

Version& Store::RestoreReplaced(std::string_view bytes) {
  return *NewVersion(bytes);
}

Version* Store::NewVersion(std::string_view bytes) {
  return new Version(++last_id_, bytes);
}

}  // namespace reprise::kv
