// The server of threaded_store.cc, moved to Env; docs/PORTING.md says how.

#ifndef TESTS_PORTING_PORTED_STORE_H_
#define TESTS_PORTING_PORTED_STORE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/thread.h"
#include "tests/porting/records.h"

namespace porting {

// A step that a planted bug leaves out.
enum class Syncs { kEachBatch, kNever };

class Store {
 public:
  explicit Store(reprise::Env& env, Syncs syncs = Syncs::kEachBatch)
      : env_(env), syncs_(syncs) {}

  // To be called first.
  absl::Status Open(const std::string& path);

  // Returns once the value is durable.
  void Set(const std::string& key, const std::string& value);
  std::optional<std::string> Get(const std::string& key);

 private:
  void WriteLog(std::stop_token stop);
  absl::Status Keep(const std::string& bytes);

  reprise::Env& env_;
  const Syncs syncs_;
  std::unique_ptr<reprise::File> log_;
  reprise::Mutex mutex_;
  reprise::Condition work_;
  reprise::Condition durable_;
  Values values_;  // Durable ones.
  std::vector<std::pair<std::string, std::string>> pending_;
  uint64_t accepted_ = 0;
  uint64_t written_ = 0;
  reprise::Thread writer_;
};

// The program of a node.
void Serve(reprise::Env& env, Syncs syncs);

}  // namespace porting

#endif  // TESTS_PORTING_PORTED_STORE_H_
