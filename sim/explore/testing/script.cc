#include "reprise/sim/explore/testing/script.h"

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/testing/execute.h"

namespace reprise {

ScriptFolder::ScriptFolder(const std::string& variable,
                           const std::string& program)
    : path_(TestFolder()),
      setting_(absl::StrCat(variable, "='",
                            std::filesystem::absolute(program).string(), "'")) {
  std::filesystem::create_directories(path_);
}

Ended ScriptFolder::Run(const std::string& script) const {
  std::ofstream(path_ + "/script") << script << "\n";
  const Stopwatch stopwatch;
  const int status = std::system(
      absl::StrCat("cd '", path_, "' && ", setting_,
                   " timeout --kill-after=1 100 sh script >printed 2>errors")
          .c_str());
  return {WEXITSTATUS(status), Content("printed"), Content("errors"),
          stopwatch.Seconds()};
}

std::string ScriptFolder::Content(const std::string& name) const {
  std::ifstream file(path_ + "/" + name);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

}  // namespace reprise
