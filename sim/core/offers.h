// Offers: what the tasks of nodes let others look at, found by node and name.
// sim/env/offered.h is how code offers a value.
//
// Guarantees: keeps no value and allocates nothing. A value that is gone is not
// found.
//
//   Offers offers;
//   context.offers = &offers;
//   const OfferedValue* value = offers.Find(server, "raft");
//
// Invariant: the list holds the values that live, the newest first.

#ifndef REPRISE_SIM_CORE_OFFERS_H_
#define REPRISE_SIM_CORE_OFFERS_H_

#include <string_view>
#include <typeinfo>

#include "reprise/sim/core/ids.h"

namespace reprise {

class Offers;

// A value that some object offers for as long as this lives; see Offered.
class OfferedValue {
 public:
  // Joins the offers of this thread's context, if there are any. `name`,
  // `value` and `type` must outlive this.
  OfferedValue(NodeId node, std::string_view name, const void* value,
               const std::type_info& type);
  ~OfferedValue();
  OfferedValue(const OfferedValue&) = delete;
  OfferedValue& operator=(const OfferedValue&) = delete;

  std::string_view name() const { return name_; }
  const void* value() const { return value_; }
  const std::type_info& type() const { return type_; }

 private:
  friend class Offers;

  const NodeId node_;
  const std::string_view name_;
  const void* const value_;
  const std::type_info& type_;
  Offers* offers_;  // Null: nobody reads it.
  OfferedValue* newer_ = nullptr;
  OfferedValue* older_ = nullptr;
};

class Offers {
 public:
  Offers() = default;
  ~Offers();
  Offers(const Offers&) = delete;
  Offers& operator=(const Offers&) = delete;

  // The newest value of that name on that node, or null.
  const OfferedValue* Find(NodeId node, std::string_view name) const;

 private:
  friend class OfferedValue;

  OfferedValue* newest_ = nullptr;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_OFFERS_H_
