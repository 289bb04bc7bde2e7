// Bytes that stay where they are until everything is cleared at once.
//
// Guarantees: an address handed out stays valid until Clear(); Clear() keeps
// the memory for the next use, so that a history that is reused from trial to
// trial stops allocating. Copying is not supported.
//
//   Arena arena;
//   std::string_view name = arena.Copy("clerk-3");

#ifndef REPRISE_CHECKER_HISTORY_ARENA_H_
#define REPRISE_CHECKER_HISTORY_ARENA_H_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "reprise/checker/history/short_bytes.h"

namespace reprise::checker {

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  Arena(Arena&&) = default;
  Arena& operator=(Arena&&) = default;

  // Uninitialised bytes; `size` may be 0.
  char* Allocate(size_t size) {
    if (size > free_) [[unlikely]] {
      NextBlock(size);
    }
    char* bytes = next_;
    next_ += size;
    free_ -= size;
    return bytes;
  }

  std::string_view Copy(std::string_view bytes) {
    if (bytes.empty()) return {};
    char* copy = Allocate(bytes.size());
    CopyBytes(copy, bytes);
    return {copy, bytes.size()};
  }

  // Forgets every allocation and keeps the blocks.
  void Clear() {
    used_blocks_ = 0;
    next_ = nullptr;
    free_ = 0;
  }

  // Bytes of all blocks, used or not.
  size_t capacity() const { return capacity_; }

 private:
  struct Block {
    std::unique_ptr<char[]> bytes;
    size_t size;
  };

  static constexpr size_t kFirstBlock = size_t{1} << 14;
  static constexpr size_t kLargestStep = size_t{1} << 22;

  // Rare, and kept out of the way of what is not.
  [[gnu::noinline]] void NextBlock(size_t size) {
    while (used_blocks_ < blocks_.size() && blocks_[used_blocks_].size < size) {
      ++used_blocks_;  // too small for this one; a later Clear() uses it again
    }
    if (used_blocks_ == blocks_.size()) {
      const size_t step = std::clamp(capacity_, kFirstBlock, kLargestStep);
      const size_t block = std::max(size, step);
      blocks_.push_back({std::unique_ptr<char[]>(new char[block]), block});
      capacity_ += block;
    }
    next_ = blocks_[used_blocks_].bytes.get();
    free_ = blocks_[used_blocks_].size;
    ++used_blocks_;
  }

  std::vector<Block> blocks_;
  size_t used_blocks_ = 0;
  size_t capacity_ = 0;
  char* next_ = nullptr;
  size_t free_ = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_HISTORY_ARENA_H_
