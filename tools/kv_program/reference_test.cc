// docs/REFERENCE.md names every flag of every command of tools/kv.

#include <cstddef>
#include <fstream>
#include <sstream>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tools/kv_program/load_command.h"
#include "tools/kv_program/operator_commands.h"
#include "tools/kv_program/serve_command.h"

namespace reprise::kv {
namespace {

std::string Page() {
  std::ifstream file("docs/REFERENCE.md");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Of the headings "### kv serve" and "### kv status, kv member", the part below
// the one that has the command.
std::string SectionOf(const std::string& page, const std::string& command) {
  const std::string name = absl::StrCat("kv ", command);
  for (size_t at = page.find("\n### kv "); at != std::string::npos;
       at = page.find("\n### kv ", at + 1)) {
    const size_t line_end = page.find('\n', at + 1);
    const std::string heading = page.substr(at, line_end - at);
    if (heading.find(name) == std::string::npos) continue;
    return page.substr(at, page.find("\n##", line_end) - at);
  }
  return "";
}

int ExpectFlags(const CLI::App& command, const std::string& section) {
  int flags = 0;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      if (name == "help") continue;
      ++flags;
      const std::string flag = absl::StrCat("`--", name);
      EXPECT_TRUE(section.find(flag + "`") != std::string::npos ||
                  section.find(flag + "=") != std::string::npos)
          << "docs/REFERENCE.md lacks --" << name << " of kv "
          << command.get_name();
    }
  }
  for (const CLI::App* inner : command.get_subcommands({})) {
    flags += ExpectFlags(*inner, section);
  }
  return flags;
}

TEST(KvReferenceTest, NamesEveryFlag) {
  CLI::App program;
  const ServeCommand serve(program);
  const LoadCommand load(program);
  const OperatorCommands operator_commands(program);
  const std::string page = Page();
  int flags = 0;
  for (const CLI::App* command : program.get_subcommands({})) {
    const std::string section = SectionOf(page, command->get_name());
    EXPECT_NE(section, "") << command->get_name();
    flags += ExpectFlags(*command, section);
  }
  EXPECT_GT(flags, 40);
}

}  // namespace
}  // namespace reprise::kv
