// Strong identifier types, so that a node's number is never passed for a
// task's. Each is a plain integer with order and equality and nothing else.
//
//   NodeId server{0};
//   absl::StrCat("node ", server.value());

#ifndef REPRISE_SIM_CORE_IDS_H_
#define REPRISE_SIM_CORE_IDS_H_

#include <compare>
#include <cstdint>

namespace reprise {

template <typename Tag, typename Integer>
class StrongId {
 public:
  constexpr StrongId() = default;
  explicit constexpr StrongId(Integer value) : value_(value) {}
  constexpr Integer value() const { return value_; }
  friend constexpr auto operator<=>(StrongId, StrongId) = default;

 private:
  Integer value_ = 0;
};

// A node of one world: 0, 1, 2 ... in the order of World::AddNode.
using NodeId = StrongId<struct NodeIdTag, uint32_t>;
// A task of one world: 1, 2, 3 ... in the order of spawning.
using TaskId = StrongId<struct TaskIdTag, uint64_t>;
// The 64-bit number that decides a run.
using Seed = StrongId<struct SeedTag, uint64_t>;

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_IDS_H_
