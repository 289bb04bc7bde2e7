// Long texts for a page, cut where they say least.
//
// Guarantees: the result is printable; neither a character nor an escape such
// as \x00 is cut in two; a gap says how many characters it takes the place of.
//
//   Shortened("put \"aaaaa...aaa\"", {.most = 40});
//   // put "aaaaaaaa … 9,958 characters … aaaaa"

#ifndef REPRISE_CHECKER_REPORT_SHORTENED_H_
#define REPRISE_CHECKER_REPORT_SHORTENED_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reprise::checker {

struct ShortenedOptions {
  size_t most = 400;                // characters that are shown
  std::vector<size_t> places = {};  // bytes around which to show some
};

// Requires text that text/printable.h made.
std::string Shortened(std::string_view text, const ShortenedOptions& options);

// Where `text` and those of `others` that are not equal to it begin to differ:
// at most two places, the last ones.
std::vector<size_t> Differences(std::string_view text,
                                std::span<const std::string> others);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_SHORTENED_H_
