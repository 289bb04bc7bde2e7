// What a partition cuts, read from words such as those of DescribeCuts, which
// people may have edited:
//   {a b} | {c}           no group sees another; there may be more than two
//   {a b} -/-> {c}        packets of a and b to c are stopped; those back pass
//   a -/-> c d, b -/-> d  several, each of the forms above
//   nothing               no packet is stopped
// Braces may be left out. A node that is not named reaches everyone.
//
// Guarantees: ParseCuts(DescribeCuts(pairs)) are the pairs again, unless a name
// contains white space or one of "{}|,".
//
//   ParseCuts("a b -/-> c")  // a->c, b->c

#ifndef REPRISE_SIM_TRACE_PARSE_CUTS_H_
#define REPRISE_SIM_TRACE_PARSE_CUTS_H_

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace reprise {

// The words of a partition that stops no packet.
inline constexpr std::string_view kNothingCut = "nothing";

// Packets of the node `from` to the node `to` are stopped.
struct CutPair {
  std::string from;
  std::string to;

  friend auto operator<=>(const CutPair&, const CutPair&) = default;
};

// Sorted, each pair once. InvalidArgument says what is wrong with `words`, as
// the end of a sentence.
absl::StatusOr<std::vector<CutPair>> ParseCuts(std::string_view words);

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_PARSE_CUTS_H_
