#include "reprise/sim/explore/isolation/shared_page.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <new>
#include <string>

#include "reprise/sim/core/check.h"

namespace reprise {
namespace {

static_assert(sizeof(SharedWords) % alignof(uint64_t) == 0);

size_t PageBytes() {
  return sizeof(SharedWords) + MarkCount() * sizeof(uint64_t);
}

}  // namespace

SharedPage::SharedPage() {
  void* base = mmap(nullptr, PageBytes(), PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  REPRISE_CHECK(base != MAP_FAILED,
                "no memory to share: ", std::strerror(errno));
  words_ = new (base) SharedWords();
  // The system gives memory that is zero.
  mark_counts_ = reinterpret_cast<uint64_t*>(words_ + 1);
}

void SharedPage::Detach() {
  std::string copy(reinterpret_cast<const char*>(words_), PageBytes());
  void* base = mmap(words_, PageBytes(), PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  REPRISE_CHECK(base != MAP_FAILED,
                "no memory for a copy: ", std::strerror(errno));
  std::memcpy(base, copy.data(), copy.size());
}

SharedPage::~SharedPage() { munmap(words_, PageBytes()); }

}  // namespace reprise
