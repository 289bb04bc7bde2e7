// ValuePool: values, each kept once and named by a small number.
//
// Equal values (edn_value.h) have the same number. Adding costs about the
// length of the value's text.
//
//   ValuePool pool;
//   ValueId three = pool.Add(EdnValue::Integer(3));
//   pool[three].text;  // "3"

#ifndef REPRISE_CHECKER_VALUE_VALUE_POOL_H_
#define REPRISE_CHECKER_VALUE_VALUE_POOL_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

using ValueId = uint32_t;

class ValuePool {
 public:
  static constexpr ValueId kNil = 0;

  ValuePool() { Add(EdnValue::Nil()); }

  // Requires that no ##NaN is in it.
  ValueId Add(EdnValue value);

  const EdnValue& operator[](ValueId id) const { return values_[id]; }
  size_t size() const { return values_.size(); }

 private:
  std::deque<EdnValue> values_;  // Never moved.
  absl::flat_hash_map<std::string, ValueId> by_text_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_VALUE_VALUE_POOL_H_
