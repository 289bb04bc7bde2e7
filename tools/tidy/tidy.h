// The tidy rules: what text can decide of the house style and of the arrows
// between folders, for a file and for the whole tree.
//
// Guarantees: reads text only; the same text gives the same findings. A finding
// can be allowed where it stands, with a reason: see marks.h.
//
//   for (const Finding& finding : CheckText("kv/server.cc", text)) ...

#ifndef TOOLS_TIDY_TIDY_H_
#define TOOLS_TIDY_TIDY_H_

#include <string>
#include <string_view>
#include <vector>

#include "tools/tidy/finding.h"
#include "tools/tidy/tree.h"

namespace reprise::tidy {

// The rules that a mark can allow, by name.
std::vector<std::string> RuleNames();

// One file; `path` is its place below the project's root.
Findings CheckText(std::string_view path, std::string_view text);

// Each file alone, and that a BUILD file names each source. Returns
// lines to print: "path:line: rule: message".
std::vector<std::string> CheckTree(const Tree& tree);

}  // namespace reprise::tidy

#endif  // TOOLS_TIDY_TIDY_H_
