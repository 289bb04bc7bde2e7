// ServedOperation: the operation of a client that a task works for.
//
// Guarantees: a task works for what the task that spawned it works for, and one
// that handles a message for what its sender does, until it is told otherwise.
//
//   task.Serve(ServedOperation(/*client=*/3, /*index=*/7));

#ifndef REPRISE_SIM_CORE_SERVED_OPERATION_H_
#define REPRISE_SIM_CORE_SERVED_OPERATION_H_

#include <cstdint>

namespace reprise {

class ServedOperation {
 public:
  // None.
  constexpr ServedOperation() = default;
  // The operation of this index, from 0 on, of a client.
  constexpr ServedOperation(uint32_t client, uint32_t index)
      : word_((uint64_t{client} << 32 | index) + 1) {}

  constexpr bool IsNone() const { return word_ == 0; }
  // Require that it is one.
  constexpr uint32_t client() const {
    return static_cast<uint32_t>((word_ - 1) >> 32);
  }
  constexpr uint32_t index() const { return static_cast<uint32_t>(word_ - 1); }
  // 0 for none; different for different operations.
  constexpr uint64_t word() const { return word_; }

  friend constexpr bool operator==(ServedOperation, ServedOperation) = default;

 private:
  uint64_t word_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_SERVED_OPERATION_H_
