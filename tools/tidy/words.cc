// tidy: allow-file(words) the words themselves, to compare with
#include "tools/tidy/words.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace reprise::tidy {
namespace {

// "issue 12", "Issue #3": a note on how the project came to be.
bool NamesAnIssue(std::string_view line) {
  for (size_t at = line.find("ssue "); at != std::string_view::npos;
       at = line.find("ssue ", at + 1)) {
    std::string_view rest = line.substr(at + 5);
    if (rest.starts_with('#')) rest.remove_prefix(1);
    if (!rest.empty() && absl::ascii_isdigit(rest[0])) return true;
  }
  return false;
}

}  // namespace

void CheckWords(const Source& source, Findings& findings) {
  for (size_t i = 0; i < source.lines.size(); ++i) {
    const std::string& line = source.lines[i].raw;
    const int number = static_cast<int>(i) + 1;
    for (const char* word :
         {"TODO", "FIXME", "XXX", "/work/", "/tmp/wt", "/tmp/bazel"}) {
      if (line.find(word) == std::string::npos) continue;
      findings.push_back({number, "words", absl::StrCat("the word ", word)});
    }
    if (NamesAnIssue(line)) {
      findings.push_back({number, "words", "the number of an issue"});
    }
  }
}

}  // namespace reprise::tidy
