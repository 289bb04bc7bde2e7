// What a partition cuts, as groups of nodes.
//
// Guarantees: says exactly which pairs of nodes are cut, one way or another:
//   {a b} | {c}          the groups do not see each other
//   {a b} -/-> {c}       packets of a and b to c are stopped; those back pass
//   a -/-> c d, b -/-> d  no groups: who reaches whom no more
// A node that is not named reaches everyone.
//
//   DescribeCuts("a->c, c->a, b->c, c->b")  // {a b} | {c}

#ifndef REPRISE_SIM_TRACE_PARTITION_TEXT_H_
#define REPRISE_SIM_TRACE_PARTITION_TEXT_H_

#include <string>
#include <string_view>

namespace reprise {

// `pairs`: the content of kPartitioned. Content of any other form is returned
// as it is.
std::string DescribeCuts(std::string_view pairs);

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_PARTITION_TEXT_H_
