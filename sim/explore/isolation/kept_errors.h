// KeptErrors: what another process writes to standard error, kept in memory
// until somebody asks for it.
//
//   std::optional<KeptErrors> errors = KeptErrors::Open();
//   ...  // The other process writes to errors->descriptor().
//   std::string printed = errors->Take();

#ifndef REPRISE_SIM_EXPLORE_ISOLATION_KEPT_ERRORS_H_
#define REPRISE_SIM_EXPLORE_ISOLATION_KEPT_ERRORS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace reprise {

class KeptErrors {
 public:
  // None, with errno set, where the system refuses. A new program does not
  // inherit it, unless it is handed to it, and it never takes the place of
  // standard input, output or error.
  static std::optional<KeptErrors> Open();
  KeptErrors(KeptErrors&& other) noexcept;
  KeptErrors& operator=(KeptErrors&&) = delete;
  ~KeptErrors();

  // What was written since the last call. The process may go on writing.
  std::string Take();
  // Forgets all, for forked processes that hold this, too. Requires that nobody
  // writes or takes meanwhile.
  void Clear();

  // To be written to. Whoever does appends.
  int descriptor() const { return descriptor_; }

 private:
  explicit KeptErrors(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
  int64_t taken_ = 0;
};

// `printed` under a line "  it printed:", indented; its last 4 KiB if it is
// longer. Empty for nothing.
std::string QuotePrinted(std::string_view printed);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_ISOLATION_KEPT_ERRORS_H_
