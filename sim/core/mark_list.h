// The marks that are linked into this program, and how often each was met.
//
//   for (const Mark* mark : Marks()) std::cout << mark->name() << "\n";
//   MarkCounts counts;
//   AddMarks(result.marks, counts);

#ifndef REPRISE_SIM_CORE_MARK_LIST_H_
#define REPRISE_SIM_CORE_MARK_LIST_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "reprise/sim/core/mark.h"

namespace reprise {

// In the order of their names. Stops the program where one name has two kinds.
const std::vector<const Mark*>& Marks();

// How many there are.
size_t MarkCount();

// By Mark::number(), how often each was met: a Sometimes, how often it was
// true; the others, how often they were executed. Empty: none.
using MarkCounts = std::vector<uint64_t>;

uint64_t CountOf(const Mark& mark, std::span<const uint64_t> counts);
void AddMarks(std::span<const uint64_t> counts, MarkCounts& sum);

// "Always", "Sometimes", "Reached", "Unreachable".
std::string_view MarkKindName(MarkKind kind);

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_MARK_LIST_H_
