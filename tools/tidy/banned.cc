#include "tools/tidy/banned.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace reprise::tidy {
namespace {

enum class Tests { kIncluded, kExempt };

struct Ban {
  std::string rule;
  std::string instead;
  std::vector<std::string> folders;
  std::vector<std::string> patterns;  // `*` stands for identifier characters.
  std::vector<std::string> exempt = {};
  Tests tests = Tests::kIncluded;
};

// Everything that a seed decides, and everything.
const std::vector<std::string>& Seeded() {
  static const std::vector<std::string> folders = {"sim/", "kv/", "checker/",
                                                   "text/", "tests/"};
  return folders;
}
const std::vector<std::string>& Everywhere() {
  static const std::vector<std::string> folders = {""};
  return folders;
}

std::vector<Ban> DeterminismBans() {
  return {
      {"wall-clock",
       "take time from the env or, to report seconds, the wall clock of "
       "sim/explore",
       Seeded(),
       {"*system_clock", "*steady_clock", "*high_resolution_clock", "absl::Now",
        "absl::GetCurrentTimeNanos", "gettimeofday", "clock_gettime",
        "timespec_get", "std::time", "std::clock", "time(nullptr)",
        "time(NULL)", "time(0)", "time(&", "__rdtsc"},
       {"sim/explore/isolation/wall_clock."}},
      {"sleep",
       "sleep by the env's clock",
       Seeded(),
       {"absl::SleepFor", "std::this_thread::sleep_*", "usleep(", "nanosleep(",
        "sleep("}},
      {"random",
       "draw from a stream of sim/core/random.h",
       Seeded(),
       {"std::random_device", "std::*_distribution", "std::default_random_*",
        "std::shuffle", "std::sample", "std::random_shuffle", "absl::BitGen",
        "absl::InsecureBitGen", "absl::Uniform", "rand()", "srand(", "drand48(",
        "getrandom("}},
      {"hash",
       "std::hash and absl::Hash differ between builds or processes; use a "
       "stable one",
       Seeded(),
       {"std::hash", "absl::Hash", "absl::HashOf"}},
      {"hash-map",
       "use an ordered container",
       {"kv/", "sim/world/"},
       {"std::unordered_*"}},
      {"hash-map",
       "its growth differs between processes, which memory checks would see",
       {"kv/"},
       {"absl::flat_hash_*", "absl::node_hash_*"}},
      {"environment",
       "only tools and the entry of a test may read the environment",
       Seeded(),
       {"*getenv(", "setenv(", "putenv(", "environ"}},
      {"locale",
       "output must not depend on a locale",
       Everywhere(),
       {"std::locale", "setlocale", "std::use_facet", "localeconv", "imbue("}},
      {"float",
       "decisions are integers and ratios",
       {"sim/core/", "sim/env/", "sim/world/"},
       {"float", "double"},
       {},
       Tests::kExempt},
  };
}

std::vector<Ban> ConductBans() {
  return {
      {"thread",
       "a world lives in one thread; tasks have sim/core's synchronisation",
       {"sim/core/", "sim/env/", "sim/world/", "sim/trace/", "kv/", "checker/"},
       {"std::thread", "std::jthread", "std::async", "std::*mutex",
        "std::condition_variable*", "absl::Mutex", "absl::CondVar",
        "absl::Notification", "pthread_create"},
       {},
       Tests::kExempt},
      {"global",
       "state lives in the World",
       Everywhere(),
       {"thread_local"},
       {"sim/core/context."}},
      {"catch-all",
       "it would swallow the unwinding of a fiber",
       Everywhere(),
       {"catch (...)"}},
      {"throw", "return an absl::Status", Everywhere(), {"throw"}},
      {"assert",
       "a check must be on in every build",
       Everywhere(),
       {"assert(", "<cassert>", "<assert.h>"}},
      {"using-namespace",
       "name what is used",
       Everywhere(),
       {"using namespace"}},
      {"shared-ptr",
       "prefer values, then unique_ptr; shared_ptr needs a reason",
       Everywhere(),
       {"std::shared_ptr", "std::make_shared"},
       {},
       Tests::kExempt},
  };
}

// Whether `pattern` stands at the head of `text`, as whole words.
bool MatchesHead(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) return true;
  if (pattern[0] == '*') {
    pattern.remove_prefix(1);
    while (!MatchesHead(text, pattern)) {
      if (text.empty() || !IsIdentifier(text[0])) return false;
      text.remove_prefix(1);
    }
    return true;
  }
  if (text.empty() || text[0] != pattern[0]) return false;
  const bool is_last = pattern.size() == 1;
  if (is_last && IsIdentifier(text[0]) && text.size() > 1 &&
      IsIdentifier(text[1])) {
    return false;
  }
  return MatchesHead(text.substr(1), pattern.substr(1));
}

bool Contains(std::string_view code, std::string_view pattern) {
  const bool is_call = pattern.ends_with('(');
  for (size_t at = 0; at < code.size(); ++at) {
    const char before = at == 0 ? ' ' : code[at - 1];
    if (IsIdentifier(before)) continue;
    // A method of the same name is another function.
    if (is_call && (before == '.' || before == '>')) continue;
    if (MatchesHead(code.substr(at), pattern)) return true;
  }
  return false;
}

void CheckBan(const Source& source, const Ban& ban, Findings& findings) {
  if (!IsUnder(source.path, ban.folders)) return;
  if (IsUnder(source.path, ban.exempt)) return;
  if (ban.tests == Tests::kExempt && source.IsTest()) return;
  for (size_t i = 0; i < source.lines.size(); ++i) {
    for (const std::string& pattern : ban.patterns) {
      if (!Contains(source.lines[i].code, pattern)) continue;
      findings.push_back({static_cast<int>(i) + 1, ban.rule,
                          absl::StrCat(pattern, ": ", ban.instead)});
      break;
    }
  }
}

// A variable at namespace scope stands at column 0, a static one anywhere.
bool DeclaresMutableGlobal(std::string_view code) {
  const size_t begin = code.find_first_not_of(' ');
  if (begin == std::string_view::npos) return false;
  code.remove_prefix(begin);
  const bool is_static = code.starts_with("static ");
  if (is_static) code.remove_prefix(7);
  if (!is_static && begin > 0) return false;
  if (!absl::ascii_isalpha(code[0])) return false;
  for (std::string_view word :
       {"const", "inline const", "using", "class", "struct", "enum", "union",
        "namespace", "typedef", "extern", "template", "friend", "static_",
        "thread_local", "concept "}) {
    if (code.starts_with(word)) return false;
  }
  const size_t end = code.find_first_of("=;{(");
  return end != std::string_view::npos && code[end] != '(' &&
         (is_static || code.find(';') != std::string_view::npos);
}

void CheckGlobals(const Source& source, Findings& findings) {
  for (size_t i = 0; i < source.lines.size(); ++i) {
    if (!DeclaresMutableGlobal(source.lines[i].code)) continue;
    findings.push_back({static_cast<int>(i) + 1, "global",
                        "a mutable global; state lives in the World"});
  }
}

}  // namespace

void CheckBanned(const Source& source, Findings& findings) {
  if (source.language != Language::kCpp) return;
  for (const std::vector<Ban>& bans : {DeterminismBans(), ConductBans()}) {
    for (const Ban& ban : bans) CheckBan(source, ban, findings);
  }
  CheckGlobals(source, findings);
}

}  // namespace reprise::tidy
