#include "tests/scenarios/raft/lock_agreement.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/random.h"

namespace reprise {

void LockAgreement::Apply(kv::raft::Index index,
                          const locks::LockTable& table) {
  const FrameworkMemoryScope scope;
  const Seen now = {.last_token = table.last_token(),
                    .digest = HashName(table.Snapshot())};
  const auto [place, is_first] = seen_.try_emplace(index, now);
  if (place != seen_.begin() &&
      now.last_token < std::prev(place)->second.last_token) {
    trial_.ViolateAndStop(
        "tokens-increase",
        absl::StrCat("after entry ", index, " the last token was ",
                     now.last_token, ", and ",
                     std::prev(place)->second.last_token, " before."));
  }
  if (!is_first && now.digest != place->second.digest) {
    trial_.ViolateAndStop("replicas-agree",
                          absl::StrCat("two servers have different locks after "
                                       "entry ",
                                       index, "."));
  }
}

}  // namespace reprise
