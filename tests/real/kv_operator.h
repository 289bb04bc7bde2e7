// KvOperator: the commands of `kv` with which an operator looks after a
// replicated store, each in a process of its own.
//
//   const KvOperator op({.program = kv, .replicas = replicas.list()});
//   absl::StatusOr<OperatorAnswer> answer = op.Run({"member", "add", "d"});

#ifndef TESTS_REAL_KV_OPERATOR_H_
#define TESTS_REAL_KV_OPERATOR_H_

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"
#include "reprise/sim/core/time.h"

namespace reprise {

struct KvOperatorOptions {
  std::filesystem::path program;
  std::string bug = "";  // Of a program that has planted bugs.
  std::string replicas;  // What --replicas is given.
  Duration timeout = Seconds(20);
};

struct OperatorAnswer {
  int exit_status = 0;
  nlohmann::json object = {};  // What --json printed; null where nothing was.
};

class KvOperator {
 public:
  explicit KvOperator(KvOperatorOptions options)
      : options_(std::move(options)) {}

  // Errors: DeadlineExceeded: it did not end in the timeout, nor soon after;
  // Internal: no process, or it printed something else than one object.
  absl::StatusOr<OperatorAnswer> Run(
      const std::vector<std::string>& words) const;

 private:
  const KvOperatorOptions options_;
};

}  // namespace reprise

#endif  // TESTS_REAL_KV_OPERATOR_H_
