// A set of numbers that are mostly dense, kept as ranges.

#ifndef REPRISE_CHECKER_FORMATS_ID_SET_H_
#define REPRISE_CHECKER_FORMATS_ID_SET_H_

#include <cstdint>
#include <iterator>
#include <map>

namespace reprise::checker {

class IdSet {
 public:
  // False if it is in the set already.
  bool Insert(int64_t id) {
    auto after = ranges_.upper_bound(id);
    if (after != ranges_.begin()) {
      auto before = std::prev(after);
      if (id <= before->second) return false;
      if (before->second == id - 1) {
        before->second = id;
        if (after != ranges_.end() && after->first - 1 == id) {
          before->second = after->second;
          ranges_.erase(after);
        }
        return true;
      }
    }
    if (after != ranges_.end() && after->first - 1 == id) {
      const int64_t last = after->second;
      ranges_.erase(after);
      ranges_[id] = last;
    } else {
      ranges_[id] = id;
    }
    return true;
  }

 private:
  std::map<int64_t, int64_t> ranges_;  // first to last, apart from one another
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_ID_SET_H_
