// SequencedMap: the server's state in workload W, a map in which each client's
// writes take effect once.
//
// Guarantees: a write that is sent again under the same sequence number, or
// that arrives after a later one of its client, changes nothing.
//
// C++17, and free of the simulator: both programs of tools/compare use it, so
// that their ratio compares simulators and not maps.
//
//   SequencedMap state(/*clients=*/5);
//   state.Put(/*client=*/0, /*sequence=*/1, "k", "a");

#ifndef TOOLS_BENCHMARKS_SEQUENCED_MAP_H_
#define TOOLS_BENCHMARKS_SEQUENCED_MAP_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace reprise {

class SequencedMap {
 public:
  explicit SequencedMap(size_t clients) : latest_(clients) {}

  // Requires client < clients.
  void Put(size_t client, uint64_t sequence, std::string_view key,
           std::string_view value) {
    if (sequence <= latest_[client]) return;
    latest_[client] = sequence;
    const auto found = values_.find(key);
    if (found != values_.end()) {
      found->second = value;
    } else {
      values_.emplace(key, value);
    }
  }

  size_t size() const { return values_.size(); }

 private:
  std::map<std::string, std::string, std::less<>> values_;
  std::vector<uint64_t> latest_;  // Sequence number, by client.
};

}  // namespace reprise

#endif  // TOOLS_BENCHMARKS_SEQUENCED_MAP_H_
