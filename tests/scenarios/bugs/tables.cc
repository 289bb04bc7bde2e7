#include "tests/scenarios/bugs/tables.h"

#include <memory>
#include <string_view>
#include <utility>

#include "kv/server.h"

namespace reprise {

using kv::Age;
using kv::OldValue;
using kv::Request;
using kv::RequestKind;

Age OneKindForgotten::AgeOf(const Request& request) const {
  return request.kind == kind_ ? Age::kNew : table_.AgeOf(request);
}

void OneKindForgotten::Remember(const Request& request, OldValue old_value) {
  if (request.kind == kind_) return;
  table_.Remember(request, std::move(old_value));
}

std::string_view OneKindForgotten::OldValueFor(const Request& request) const {
  return table_.OldValueFor(request);
}

Age OnlyLatestKnown::AgeOf(const Request& request) const {
  const Age age = table_.AgeOf(request);
  return age == Age::kStale ? Age::kNew : age;
}

void OnlyLatestKnown::Remember(const Request& request, OldValue old_value) {
  if (table_.AgeOf(request) != Age::kNew) return;
  table_.Remember(request, std::move(old_value));
}

std::string_view OnlyLatestKnown::OldValueFor(const Request& request) const {
  return table_.OldValueFor(request);
}

void PutNotDeduplicated(Env& env) {
  kv::Server(env, std::make_unique<OneKindForgotten>(RequestKind::kPut)).Run();
}

void AppendNotDeduplicated(Env& env) {
  kv::Server(env, std::make_unique<OneKindForgotten>(RequestKind::kAppend))
      .Run();
}

void StaleRequestExecuted(Env& env) {
  kv::Server(env, std::make_unique<OnlyLatestKnown>()).Run();
}

}  // namespace reprise
