// The sequential specification of a key: what each operation does to its value
// and which answers it may give. Key/value store, register and register with
// compare-and-set are this one model with fewer or more operations in use.
//
// A key starts as "". A register's "nil" is "" here.
//
//   std::string value;
//   if (!StoreModel::Step(history, operation, value)) ...  // cannot come now

#ifndef REPRISE_CHECKER_KEY_VALUE_STORE_MODEL_H_
#define REPRISE_CHECKER_KEY_VALUE_STORE_MODEL_H_

#include <string>

#include "reprise/checker/history/history.h"

namespace reprise::checker {

struct StoreModel {
  // Takes `operation` on a key that holds `value`. False if the answer that
  // the client saw is impossible here; `value` is then unchanged. A pending
  // Cas that finds something else than it expects is impossible too: then it
  // may as well not have happened.
  static bool Step(const History& history, const Operation& operation,
                   std::string& value);
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_STORE_MODEL_H_
