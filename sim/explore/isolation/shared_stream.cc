#include "reprise/sim/explore/isolation/shared_stream.h"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>

#include "reprise/sim/core/check.h"

namespace reprise {
namespace {

constexpr size_t kCapacity = size_t{1} << 20;  // bytes

}  // namespace

// Invariant: written - read bytes are in the ring, at most kCapacity. The byte
// that was written as number n stands at n % kCapacity.
struct SharedStream::Ring {
  std::atomic<uint64_t> written = 0;
  std::atomic<uint64_t> read = 0;
  char bytes[kCapacity];
};

SharedStream::SharedStream() {
  void* base = mmap(nullptr, sizeof(Ring), PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  REPRISE_CHECK(base != MAP_FAILED,
                "no memory to share: ", std::strerror(errno));
  ring_ = new (base) Ring;
}

SharedStream::~SharedStream() { munmap(ring_, sizeof(Ring)); }

void SharedStream::Write(std::string_view message,
                         absl::FunctionRef<bool()> wait) {
  const auto size = static_cast<uint32_t>(message.size());
  char head[sizeof(size)];
  std::memcpy(head, &size, sizeof(size));
  if (WriteBytes({head, sizeof(head)}, wait)) WriteBytes(message, wait);
}

bool SharedStream::WriteBytes(std::string_view bytes,
                              absl::FunctionRef<bool()> wait) {
  while (!bytes.empty()) {
    const uint64_t begin = ring_->written.load(std::memory_order_relaxed);
    const uint64_t read = ring_->read.load(std::memory_order_acquire);
    const size_t room = kCapacity - static_cast<size_t>(begin - read);
    if (room == 0) {
      if (!wait()) return false;
      continue;
    }
    const size_t place = begin % kCapacity;
    const size_t count = std::min({bytes.size(), room, kCapacity - place});
    std::memcpy(ring_->bytes + place, bytes.data(), count);
    ring_->written.store(begin + count, std::memory_order_release);
    bytes.remove_prefix(count);
  }
  return true;
}

void SharedStream::FetchBytes() {
  for (;;) {
    const uint64_t begin = ring_->read.load(std::memory_order_relaxed);
    const uint64_t end = ring_->written.load(std::memory_order_acquire);
    if (begin == end) return;
    const size_t place = begin % kCapacity;
    const size_t count =
        std::min(static_cast<size_t>(end - begin), kCapacity - place);
    unread_.append(ring_->bytes + place, count);
    ring_->read.store(begin + count, std::memory_order_release);
    // What a reader fetches at a time is bounded, however fast the writer is.
    if (unread_.size() >= kCapacity) return;
  }
}

bool SharedStream::Read(absl::FunctionRef<void(std::string_view)> take) {
  FetchBytes();
  std::string_view rest = unread_;
  bool has_any = false;
  for (uint32_t size = 0; rest.size() >= sizeof(size);) {
    std::memcpy(&size, rest.data(), sizeof(size));
    if (rest.size() - sizeof(size) < size) break;
    take(rest.substr(sizeof(size), size));
    rest.remove_prefix(sizeof(size) + size);
    has_any = true;
  }
  unread_.erase(0, unread_.size() - rest.size());
  return has_any;
}

}  // namespace reprise
