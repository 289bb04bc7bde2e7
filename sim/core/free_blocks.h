// FreeBlocks: small pieces of memory from malloc that were freed, kept for the
// next requests of about their size.
//
// Guarantees: Take and Keep are O(1), and no more than kMostKept pieces of a
// size are kept. Requires that one thread at a time uses it, and sizes
// above 0; a piece may come from another thread.
//
//   void* piece = blocks.Take(size);
//   if (piece == nullptr) piece = std::malloc(FreeBlocks::RoundUp(size));
//   ...
//   if (!blocks.Keep(piece, size)) std::free(piece);
//
// Invariant: what is kept for a size has RoundUp(size) bytes.

#ifndef REPRISE_SIM_CORE_FREE_BLOCKS_H_
#define REPRISE_SIM_CORE_FREE_BLOCKS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <utility>

namespace reprise {

class FreeBlocks {
 public:
  static constexpr size_t kLargest = 1024;
  static constexpr uint32_t kMostKept = 64;

  FreeBlocks() = default;
  FreeBlocks(const FreeBlocks&) = delete;
  FreeBlocks& operator=(const FreeBlocks&) = delete;
  // Gives back to malloc what is kept.
  ~FreeBlocks() {
    for (Kept& kept : kept_) {
      while (kept.first != nullptr) {
        std::free(std::exchange(kept.first, kept.first->next));
      }
      kept.count = 0;
    }
  }

  // How many bytes a piece for `size` bytes has.
  static constexpr size_t RoundUp(size_t size) {
    return (size + kStep - 1) / kStep * kStep;
  }

  // A piece of RoundUp(size) bytes, or null where none is kept.
  void* Take(size_t size) {
    if (size > kLargest) return nullptr;
    Kept& kept = kept_[(size - 1) / kStep];
    Piece* piece = kept.first;
    if (piece == nullptr) return nullptr;
    kept.first = piece->next;
    --kept.count;
    return piece;
  }

  // Keeps `memory` for a later Take; false where it is large or enough are
  // kept. Requires RoundUp(size) bytes, of which the first word is overwritten.
  bool Keep(void* memory, size_t size) {
    if (size > kLargest) return false;
    Kept& kept = kept_[(size - 1) / kStep];
    if (kept.count == kMostKept) return false;
    kept.first = new (memory) Piece{kept.first};
    ++kept.count;
    return true;
  }

 private:
  static constexpr size_t kStep = 16;

  struct Piece {
    Piece* next;
  };
  // The pieces of one size, the last that was freed first.
  struct Kept {
    Piece* first = nullptr;
    uint32_t count = 0;
  };

  std::array<Kept, kLargest / kStep> kept_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_FREE_BLOCKS_H_
