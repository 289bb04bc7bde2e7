#include "reprise/sim/core/offers.h"

#include "reprise/sim/core/context.h"

namespace reprise {

OfferedValue::OfferedValue(NodeId node, std::string_view name,
                           const void* value, const std::type_info& type)
    : node_(node),
      name_(name),
      value_(value),
      type_(type),
      offers_(CurrentContext().offers) {
  if (offers_ == nullptr) return;
  older_ = offers_->newest_;
  if (older_ != nullptr) older_->newer_ = this;
  offers_->newest_ = this;
}

OfferedValue::~OfferedValue() {
  if (offers_ == nullptr) return;
  (newer_ != nullptr ? newer_->older_ : offers_->newest_) = older_;
  if (older_ != nullptr) older_->newer_ = newer_;
}

Offers::~Offers() {
  for (OfferedValue* value = newest_; value != nullptr; value = value->older_) {
    value->offers_ = nullptr;
  }
}

const OfferedValue* Offers::Find(NodeId node, std::string_view name) const {
  const OfferedValue* value = newest_;
  while (value != nullptr && (value->node_ != node || value->name_ != name)) {
    value = value->older_;
  }
  return value;
}

}  // namespace reprise
