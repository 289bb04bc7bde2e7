// MethodTable: the methods that the nodes of a world call and serve, by number.
//
//   const uint32_t number = methods.Number("kv.Get");
//   methods.Name(number);  // "kv.Get"

#ifndef REPRISE_SIM_WORLD_METHOD_TABLE_H_
#define REPRISE_SIM_WORLD_METHOD_TABLE_H_

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/trace/trace.h"

namespace reprise {

class MethodTable {
 public:
  // Both must outlive it.
  MethodTable(Scheduler& scheduler, Trace& trace)
      : scheduler_(scheduler), trace_(trace) {}
  MethodTable(const MethodTable&) = delete;
  MethodTable& operator=(const MethodTable&) = delete;

  // The number of a method's name, the same for the table's whole life. The
  // trace records each name when it is first asked for.
  [[gnu::always_inline]] uint32_t Number(std::string_view method) {
    if (last_ < methods_.size() && methods_[last_] == method) return last_;
    return last_ = FindOrAdd(method);
  }

  // How many have a number.
  uint32_t size() const { return static_cast<uint32_t>(methods_.size()); }
  // Lives as long as the table.
  std::string_view Name(uint32_t number) const { return methods_[number]; }
  // HashName() of it.
  uint64_t Hash(uint32_t number) const { return hashes_[number]; }

 private:
  uint32_t FindOrAdd(std::string_view method);

  Scheduler& scheduler_;
  Trace& trace_;
  std::deque<std::string> names_;  // Tasks and reports refer to them.
  std::vector<std::string_view> methods_;
  std::vector<uint64_t> hashes_;
  uint32_t last_ = 0;  // Asked for last.
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_METHOD_TABLE_H_
