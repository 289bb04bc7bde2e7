#include "tests/real/lost_writes.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace reprise {
namespace {

// Whether one of the items of a value, such as "17.20.", is `item`.
bool HasItem(std::string_view value, std::string_view item) {
  for (size_t at = value.find(item); at != std::string_view::npos;
       at = value.find(item, at + 1)) {
    if (at == 0 || value[at - 1] == '.') return true;
  }
  return false;
}

bool IsLost(const checker::History& history, const checker::Operation& write) {
  if (!write.IsWrite() || write.IsPending()) return false;
  bool was_looked_for = false;
  for (const checker::Operation& later : history.operations()) {
    if (later.key != write.key || later.call < write.ret ||
        !later.HasOutput()) {
      continue;
    }
    if (HasItem(history.Output(later), write.Argument())) return false;
    was_looked_for = true;
  }
  return was_looked_for;
}

}  // namespace

std::string LostWrites(const checker::History& history,
                       const checker::Contradiction& contradiction) {
  std::string text;
  for (const checker::OperationId id : contradiction.operations) {
    const checker::Operation& write = history[id];
    if (!IsLost(history, write)) continue;
    const bool is_put = write.kind == checker::OperationKind::kPut;
    absl::StrAppend(&text, text.empty() ? "" : "; ", "client ", write.client,
                    "'s ", is_put ? "Put" : "Append", "(\"",
                    std::string(write.Argument()),
                    "\") was acknowledged and is in no later value");
  }
  return text;
}

}  // namespace reprise
