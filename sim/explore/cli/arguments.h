// The command line as data: what commands and flags there are, and what was
// given.
//
// Guarantees: an unknown command or flag, a flag without its value or with one
// that it does not take, an empty value, a flag given twice and a stray
// argument are InvalidArgument with a message that names it and the valid
// choices. Values are not interpreted here. What follows "--" is no flag.
//
//   CommandSpec sweep{.name = "sweep", .about = "runs trials",
//                     .flags = {{"seeds", "COUNT", "how many"}}};
//   absl::StatusOr<Arguments> given = ParseArguments("reprise", {sweep}, args);
//   if (given->Has("seeds")) Use(given->Value("seeds"));

#ifndef REPRISE_SIM_EXPLORE_CLI_ARGUMENTS_H_
#define REPRISE_SIM_EXPLORE_CLI_ARGUMENTS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace reprise::cli {

struct Flag {
  std::string name;             // "seeds", for --seeds.
  std::string value_name = {};  // "COUNT"; empty for a switch.
  std::string about = {};
  bool may_repeat = false;
  // The value of a flag that is given without one; empty: it needs one. If
  // there is a bare value, any other has to follow "=".
  std::string bare_value = {};
  // Whether "--flag=" means something.
  bool may_be_empty = false;
};

struct CommandSpec {
  std::string name;
  std::string about;
  std::vector<Flag> flags = {};
  // What stands on its own, such as "FILE"; empty: nothing may.
  std::string positional_name = {};
  std::string positional_about = {};
  bool many_positionals = false;
};

class Arguments {
 public:
  const std::string& command() const { return command_; }
  // Not empty: the user asked for help; there is nothing else to do.
  const std::string& help() const { return help_; }
  // The user asked which version this is; there is nothing else to do.
  bool asks_for_version() const { return asks_for_version_; }

  bool Has(std::string_view flag) const;
  // The flag's value; "" where it was not given.
  std::string Value(std::string_view flag) const;
  std::string ValueOr(std::string_view flag, std::string_view otherwise) const;
  // All values of a flag that may repeat.
  std::vector<std::string> Values(std::string_view flag) const;
  const std::vector<std::string>& positionals() const { return positionals_; }

 private:
  friend class ArgumentParser;

  std::string command_;
  std::string help_;
  bool asks_for_version_ = false;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::vector<std::string> positionals_;
};

// `args` are those after the program's name.
absl::StatusOr<Arguments> ParseArguments(std::string_view program,
                                         const std::vector<CommandSpec>& specs,
                                         std::vector<std::string> args);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_ARGUMENTS_H_
