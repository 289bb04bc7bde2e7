// A conflict is a handful of operations of one key that contradict each other,
// and the kind of their contradiction. sentence.h puts it into words.

#ifndef REPRISE_CHECKER_KEY_VALUE_CONFLICT_H_
#define REPRISE_CHECKER_KEY_VALUE_CONFLICT_H_

#include <cstdint>
#include <vector>

namespace reprise::checker {

enum class ConflictKind : uint8_t {
  kUnwritten,    // {reader}: an output that no order of the writes produces
  kTwice,        // {reader}: a value more often than it was written
  kSplit,        // {reader, reader}: one Append behind two different Puts
  kFork,         // {reader, reader}: neither output continues the other
  kLevels,       // {late, early}: `late` is of an older value than `early`,
                 // which had returned before `late` was called
  kInitial,      // {reader, other}: `reader` saw the first value, although
                 // `other`, of a later one, had returned before its call
  kEpochs,       // {a1, a2, b1, b2}: a1 and a2 are of one epoch, b1 and b2 of
                 // another; a1 returned before b2 was called and b1 before a2
  kUnexplained,  // found by search; no order explains these operations
};

// The items begin with those that the kind names in braces. Behind them come
// the others that the contradiction needs: an output that shows where an Append
// went, the operation that shows the value before the segment.
struct Conflict {
  ConflictKind kind = ConflictKind::kUnexplained;
  std::vector<uint32_t> items;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_CONFLICT_H_
