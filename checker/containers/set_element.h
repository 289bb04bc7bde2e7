// SetElement: judges the operations on one element of a set (set.h).
//
//   SetElement element(operations);
//   uint32_t wrong = element.FirstWrong(calls, returns);
//   if (wrong != SetElement::kNone) Report(operations[wrong]);

#ifndef REPRISE_CHECKER_CONTAINERS_SET_ELEMENT_H_
#define REPRISE_CHECKER_CONTAINERS_SET_ELEMENT_H_

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "reprise/checker/containers/container.h"

namespace reprise::checker {

// Whether an operation turns its element over, as opposed to saying where it
// was.
bool IsChange(ContainerKind kind);

class SetElement {
 public:
  static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

  // Keeps a reference to the operations, which may be on any elements.
  explicit SetElement(std::span<const ContainerOperation> operations)
      : operations_(operations), is_explained_(operations.size()) {}

  // The place of the first operation that cannot be explained when it returns,
  // given the places of the operations on one element by call and those of the
  // answered ones by return. kNone if all can be. Places that are given twice
  // must be given by Forget() in between.
  uint32_t FirstWrong(std::span<const uint32_t> calls,
                      std::span<const uint32_t> returns);
  void Forget(std::span<const uint32_t> calls);

 private:
  void Call(uint32_t place);
  bool Return(uint32_t place);
  bool Change();

  std::span<const ContainerOperation> operations_;
  std::vector<uint8_t> is_explained_;  // by place
  bool is_in_ = false;
  // By whether they take the element out, as heaps: the first to return on top.
  std::array<std::vector<uint32_t>, 2> open_changes_;
  // By whether they say that it is in: those that are not explained yet.
  std::array<std::vector<uint32_t>, 2> open_answers_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_SET_ELEMENT_H_
