#include "reprise/sim/world/method_table.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "reprise/sim/core/random.h"
#include "reprise/sim/trace/event.h"

namespace reprise {

uint32_t MethodTable::FindOrAdd(std::string_view method) {
  const auto number = static_cast<uint32_t>(
      std::find(methods_.begin(), methods_.end(), method) - methods_.begin());
  if (number < methods_.size()) return number;
  methods_.push_back(names_.emplace_back(method));
  hashes_.push_back(HashName(method));
  trace_.RecordContent({.time = scheduler_.now(),
                        .kind = EventKind::kMethodNamed,
                        .method = number,
                        .id = number},
                       method);
  return number;
}

}  // namespace reprise
