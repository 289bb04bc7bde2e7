// Runs scripts of the shell that call a program, in a folder of the test's own.
//
//   const ScriptFolder folder("toy", "sim/explore/testing/toy_main");
//   const Ended ended = folder.Run("\"$toy\" list --json | head -n 1");
//   EXPECT_EQ(ended.status, 0);

#ifndef REPRISE_SIM_EXPLORE_TESTING_SCRIPT_H_
#define REPRISE_SIM_EXPLORE_TESTING_SCRIPT_H_

#include <string>

namespace reprise {

// How a script ended.
struct Ended {
  int status = 0;
  std::string out;
  std::string err;
  double seconds = 0;  // Of the wall clock.
};

class ScriptFolder {
 public:
  // In scripts, `variable` has the path of `program`, which lies there in the
  // runfiles of the test.
  ScriptFolder(const std::string& variable, const std::string& program);

  // Runs the script in the folder. One that does not end in 100 seconds ends
  // with status 124 or 137.
  Ended Run(const std::string& script) const;

  // Of the file of that name in the folder; "" where there is none.
  std::string Content(const std::string& name) const;

  const std::string& path() const { return path_; }

 private:
  const std::string path_;
  const std::string setting_;  // Of the variable, for the shell.
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TESTING_SCRIPT_H_
