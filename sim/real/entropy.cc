#include "reprise/sim/real/entropy.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

#include "reprise/sim/core/check.h"

namespace reprise {

uint64_t Entropy::Next() {
  if (next_ == kWords) {
    ssize_t count = 0;
    do {
      // tidy: allow(random) here it comes from
      count = getrandom(words_.data(), sizeof(words_), 0);
    } while (count < 0 && errno == EINTR);
    REPRISE_CHECK(count == sizeof(words_), "the system gives no entropy: ",
                  std::generic_category().message(errno));
    next_ = 0;
  }
  return std::exchange(words_[next_++], 0);
}

}  // namespace reprise
