#include "reprise/sim/explore/isolation/shared_page.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <new>

#include "reprise/sim/core/check.h"

namespace reprise {

SharedPage::SharedPage() {
  void* base = mmap(nullptr, sizeof(SharedWords), PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  REPRISE_CHECK(base != MAP_FAILED,
                "no memory to share: ", std::strerror(errno));
  words_ = new (base) SharedWords();
}

SharedPage::~SharedPage() { munmap(words_, sizeof(SharedWords)); }

}  // namespace reprise
