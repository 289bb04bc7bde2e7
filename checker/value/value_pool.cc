#include "reprise/checker/value/value_pool.h"

#include <utility>

namespace reprise::checker {

ValueId ValuePool::Add(EdnValue value) {
  const auto next = static_cast<ValueId>(values_.size());
  const auto [found, is_new] = by_text_.try_emplace(CanonicalText(value), next);
  if (is_new) values_.push_back(std::move(value));
  return found->second;
}

}  // namespace reprise::checker
