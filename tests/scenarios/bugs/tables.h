// Planted bugs in what the server remembers of its clients.

#ifndef TESTS_SCENARIOS_BUGS_TABLES_H_
#define TESTS_SCENARIOS_BUGS_TABLES_H_

#include "kv/duplicate_table.h"
#include "kv/wire.h"
#include "sim/env/env.h"

namespace reprise {

// Requests of one kind are executed as often as they come.
class OneKindForgotten final : public kv::DuplicateTable {
 public:
  explicit OneKindForgotten(kv::RequestKind kind) : kind_(kind) {}
  kv::Age AgeOf(const kv::Request& request) const override;
  void Remember(const kv::Request& request, kv::OldValue old_value) override;
  std::string_view OldValueFor(const kv::Request& request) const override;

 private:
  kv::RequestKind kind_;
  kv::LastRequestTable table_;
};

// Only the latest request is known again; older ones count as new.
class OnlyLatestKnown final : public kv::DuplicateTable {
 public:
  kv::Age AgeOf(const kv::Request& request) const override;
  void Remember(const kv::Request& request, kv::OldValue old_value) override;
  std::string_view OldValueFor(const kv::Request& request) const override;

 private:
  kv::LastRequestTable table_;
};

void PutNotDeduplicated(Env& env);
void AppendNotDeduplicated(Env& env);
void StaleRequestExecuted(Env& env);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_TABLES_H_
