// Sightings tell which of some values occur in some texts. The answer is quick
// and errs on one side: a value that occurs is always found, and one that does
// not occur is almost never found.
//
// Time: bytes of the texts times the number of different lengths of the values.
//
//   Sightings sightings;
//   sightings.LookFor("x 0 1 y");
//   sightings.LookThrough("x 0 0 yx 0 1 y");
//   if (!sightings.MayBeSeen("x 0 1 y")) ...

#ifndef REPRISE_CHECKER_KEY_VALUE_SIGHTINGS_H_
#define REPRISE_CHECKER_KEY_VALUE_SIGHTINGS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "reprise/checker/history/verdict.h"

namespace reprise::checker {

class Sightings {
 public:
  // Once the monitor says stop, texts are no longer looked through.
  explicit Sightings(const CheckMonitor* monitor = nullptr)
      : monitor_(monitor) {}

  // Values first, which must not be empty, then texts.
  void LookFor(std::string_view value);
  void LookThrough(std::string_view text);

  bool MayBeSeen(std::string_view value) const;
  // At the beginning of a text.
  bool MayBeSeenFirst(std::string_view value) const;

 private:
  // With more different lengths than this, values are looked for by a prefix
  // whose length is a power of two.
  static constexpr size_t kExactLengths = 8;

  void Prepare();
  std::string_view Shortened(std::string_view value) const;
  void LookThrough(std::string_view text, size_t length);

  const CheckMonitor* monitor_;
  std::vector<std::string_view> values_;
  std::vector<size_t> lengths_;
  bool is_prepared_ = false;
  bool is_rounded_ = false;
  absl::flat_hash_set<uint64_t> wanted_;
  absl::flat_hash_set<uint64_t> first_;
  absl::flat_hash_set<uint64_t> anywhere_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_SIGHTINGS_H_
