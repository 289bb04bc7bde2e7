// ReachedOrders: what a search for an order has reached, so that nothing is
// searched twice.
//
//   if (!reached.Add(answered, unknown)) return;  // nothing new comes of it

#ifndef REPRISE_CHECKER_MODEL_REACHED_ORDERS_H_
#define REPRISE_CHECKER_MODEL_REACHED_ORDERS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace reprise::checker {

// The configurations that were reached: a state with the answered items that
// were taken, and for each which items with unknown answers it took.
class ReachedOrders {
 public:
  // False if nothing new can come of this one: it was reached before with the
  // same, or fewer, of `unknown`. Of those that took most not all are compared,
  // but for equal ones.
  bool Add(const std::string& answered, const std::vector<uint32_t>& unknown) {
    const auto [found, is_new] =
        reached_.try_emplace(answered, static_cast<uint32_t>(reached_.size()));
    if (is_new) {
      compared_.emplace_back();
      bytes_ += 96 + answered.size();
    }
    std::vector<std::vector<uint32_t>>& compared = compared_[found->second];
    for (const std::vector<uint32_t>& fewer : compared) {
      if (Includes(unknown, fewer)) return false;
    }
    // What took more than this one says nothing any more.
    std::erase_if(compared, [&](const std::vector<uint32_t>& more) {
      return Includes(more, unknown);
    });
    if (compared.size() == kCompared)
      return AddToOthers(found->second, unknown);
    compared.push_back(unknown);
    bytes_ += 32 + unknown.size() * sizeof(uint32_t);
    return true;
  }

  uint64_t bytes() const { return bytes_; }

 private:
  static constexpr size_t kCompared = 48;

  static bool Includes(const std::vector<uint32_t>& all,
                       const std::vector<uint32_t>& part) {
    return all.size() >= part.size() &&
           std::includes(all.begin(), all.end(), part.begin(), part.end());
  }

  // False if it is there already. Whatever took fewest stays among those that
  // are compared.
  bool AddToOthers(uint32_t number, const std::vector<uint32_t>& unknown) {
    if (!others_.insert(KeyOf(number, unknown)).second) return false;
    bytes_ += 48 + unknown.size() * sizeof(uint32_t);
    std::vector<uint32_t>& most = *std::max_element(
        compared_[number].begin(), compared_[number].end(),
        [](const auto& a, const auto& b) { return a.size() < b.size(); });
    if (unknown.size() < most.size()) {
      others_.insert(KeyOf(number, most));
      most = unknown;
    }
    return true;
  }

  static std::string KeyOf(uint32_t number,
                           const std::vector<uint32_t>& unknown) {
    std::string key(reinterpret_cast<const char*>(&number), sizeof(number));
    key.append(reinterpret_cast<const char*>(unknown.data()),
               unknown.size() * sizeof(uint32_t));
    return key;
  }

  absl::flat_hash_map<std::string, uint32_t> reached_;        // numbers
  std::vector<std::vector<std::vector<uint32_t>>> compared_;  // by number
  absl::flat_hash_set<std::string> others_;
  uint64_t bytes_ = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_REACHED_ORDERS_H_
