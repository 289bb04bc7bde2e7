// GrowingArray: plain values in one block that grows at its end.
//
// Guarantees: appending is O(1), amortised. A large block grows without being
// copied, where the system can move its pages (realloc); std::vector would copy
// it and touch twice the memory. Clear() keeps the memory.
//
//   GrowingArray<Operation> operations;
//   operations.Append(operation);

#ifndef REPRISE_CHECKER_HISTORY_GROWING_ARRAY_H_
#define REPRISE_CHECKER_HISTORY_GROWING_ARRAY_H_

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <type_traits>
#include <utility>

#include "reprise/checker/history/require.h"

namespace reprise::checker {

template <typename T>
class GrowingArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  GrowingArray() = default;
  GrowingArray(GrowingArray&& other) noexcept { Swap(other); }
  GrowingArray& operator=(GrowingArray&& other) noexcept {
    Swap(other);
    return *this;
  }
  ~GrowingArray() { std::free(items_); }

  void Append(const T& item) {
    if (size_ == capacity_) [[unlikely]]
      Grow();
    items_[size_++] = item;
  }
  void Reserve(size_t capacity) {
    if (capacity <= capacity_) return;
    void* items =
        std::realloc(static_cast<void*>(items_), capacity * sizeof(T));
    REPRISE_REQUIRE(items != nullptr, "no memory left");
    items_ = static_cast<T*>(items);
    capacity_ = capacity;
  }
  void Clear() { size_ = 0; }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  size_t capacity() const { return capacity_; }
  T* data() { return items_; }
  const T* data() const { return items_; }
  T& operator[](size_t index) { return items_[index]; }
  const T& operator[](size_t index) const { return items_[index]; }

 private:
  // Rare, and kept out of the way of what is not.
  [[gnu::noinline]] void Grow() {
    Reserve(std::max<size_t>(16, 2 * capacity_));
  }

  void Swap(GrowingArray& other) {
    std::swap(items_, other.items_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

  T* items_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_HISTORY_GROWING_ARRAY_H_
