// docs/REFERENCE.md names every option and flag there is; it, docs/TUTORIAL.md,
// docs/MODELS.md and docs/PORTING.md show code that compiles.

#include <cctype>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/cli/command.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/purpose.h"
#include "reprise/sim/world/world.h"
#include "tests/docs/reference_code.h"

namespace reprise {
namespace {

std::string FileContent(const std::string& path) {
  const std::ifstream file(path);
  EXPECT_TRUE(file.is_open()) << path;
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

// The part of REFERENCE.md under the heading "### NAME".
std::string SectionOf(const std::string& name) {
  const std::string text = FileContent("docs/REFERENCE.md");
  const std::string heading = "\n### " + name + "\n";
  const size_t begin = text.find(heading);
  if (begin == std::string::npos) return "";
  const size_t end = text.find("\n##", begin + heading.size());
  return text.substr(begin, end - begin);
}

// The names of the fields of `struct NAME {`, as the house lays structs out:
// one a line, indented by two.
std::vector<std::string> FieldsOf(const std::string& header,
                                  const std::string& name) {
  const std::string text = FileContent(header);
  const size_t begin = text.find("\nstruct " + name + " {\n");
  EXPECT_NE(begin, std::string::npos) << name;
  std::istringstream lines(
      text.substr(begin + 1, text.find("\n};", begin) - begin));
  std::vector<std::string> fields;
  for (std::string line; std::getline(lines, line);) {
    const bool is_field = line.size() > 2 && line.starts_with("  ") &&
                          std::isalpha(static_cast<unsigned char>(line[2])) &&
                          line.find("friend") == std::string::npos;
    if (!is_field) continue;
    // The last word before the default or the end.
    const std::string head = line.substr(0, line.find_first_of("={;", 2));
    const size_t last = head.find_last_not_of(' ');
    const size_t first = head.find_last_of(" *", last) + 1;
    fields.push_back(head.substr(first, last - first + 1));
  }
  return fields;
}

void ExpectFields(const std::string& header, const std::string& name) {
  const std::vector<std::string> fields = FieldsOf(header, name);
  EXPECT_FALSE(fields.empty()) << name;
  const std::string section = SectionOf(name);
  EXPECT_NE(section, "") << "docs/REFERENCE.md lacks ### " << name;
  for (const std::string& field : fields) {
    EXPECT_NE(section.find("| `" + field + "` |"), std::string::npos)
        << "docs/REFERENCE.md lacks " << field << " of " << name;
  }
}

TEST(ReferenceTest, NamesEveryFieldOfAFaultMix) {
  size_t structs = 0;
  const std::string_view keyword = "\nstruct ";
  for (const std::string header :
       {"sim/world/delay_options.h", "sim/world/outage_options.h",
        "sim/world/network_options.h", "sim/world/disk_options.h",
        "sim/world/node_fault_options.h", "sim/world/faults.h"}) {
    const std::string text = FileContent(header);
    for (size_t at = text.find(keyword); at != std::string::npos;
         at = text.find(keyword, at + 1)) {
      const size_t begin = at + keyword.size();
      ExpectFields(header, text.substr(begin, text.find(' ', begin) - begin));
      ++structs;
    }
  }
  EXPECT_GE(structs, 13u);
}

TEST(ReferenceTest, NamesEveryFieldOfTrialsAndCatalogs) {
  ExpectFields("sim/world/world.h", "WorldOptions");
  ExpectFields("sim/explore/trial/trial_options.h", "TrialOptions");
  ExpectFields("sim/explore/trial/trial_options.h", "Liveness");
  ExpectFields("sim/explore/trial/scenario.h", "Scenario");
  ExpectFields("sim/explore/trial/scenario.h", "PlantedBug");
  ExpectFields("sim/explore/trial/scenario.h", "Catalog");
}

TEST(ReferenceTest, NamesEveryFlagOfEveryCommand) {
  for (const cli::Command& command :
       {cli::SweepCommand(), cli::ReplayCommand(), cli::CheckCommand(),
        cli::LabCommand(), cli::ListCommand()}) {
    const std::string section = SectionOf(command.spec.name);
    EXPECT_NE(section, "") << command.spec.name;
    for (const cli::Flag& flag : command.spec.flags) {
      const std::string ending = flag.value_name.empty() ? "`" : "=";
      EXPECT_NE(section.find("| `--" + flag.name + ending), std::string::npos)
          << "docs/REFERENCE.md lacks --" << flag.name << " of "
          << command.spec.name;
    }
  }
}

TEST(ReferenceTest, NamesEveryPreset) {
  const std::string section = SectionOf("Presets");
  for (const Preset& preset : Presets()) {
    EXPECT_NE(section.find("| `" + preset.name + "` |"), std::string::npos)
        << preset.name;
  }
}

std::string InCode(std::string_view text) {
  return absl::StrCat("`", ToAbsl(text), "`");
}

// The row of docs/REFERENCE.md, as it has to be.
std::string ReferenceRow(const FaultRow& fault) {
  const std::string options =
      absl::StrReplaceAll(InCode(fault.option), {{", ", "`, `"}});
  return absl::StrCat("| ", InCode(fault.name), " | ", options, " | ",
                      ToAbsl(fault.unit), " | ",
                      fault.IsCounted() ? InCode(fault.noun.json) : "-", " | ",
                      ToAbsl(fault.about), " |\n");
}

TEST(ReferenceTest, HasARowForEachFaultInTheOrderOfTheTable) {
  std::string rows = "|---|---|---|---|---|\n";
  for (const FaultRow& fault : FaultTable()) rows += ReferenceRow(fault);
  const std::string section = SectionOf("Faults");
  EXPECT_NE(section.find(rows), std::string::npos)
      << "the table of faults in docs/REFERENCE.md has to be\n"
      << rows;
  EXPECT_EQ(section.find("\n| `", section.find(rows) + rows.size()),
            std::string::npos);
}

TEST(ReferenceTest, NamesEveryPurposeOfADecision) {
  const std::string section = SectionOf("Purposes of decisions");
  for (const PurposeRow& purpose : kPurposes) {
    const std::string name =
        absl::StrCat(ToAbsl(purpose.name), purpose.IsFamily() ? "NAME" : "");
    EXPECT_NE(section.find(InCode(name)), std::string::npos) << name;
  }
}

// What stands inside of the project's namespace, without its blank ends.
std::string CodeOf(const std::string& path) {
  const std::string source = FileContent(path);
  const std::string begin = "namespace reprise {\n\n";
  const size_t first = source.find(begin);
  if (first == std::string::npos) return source.substr(source.find("int main"));
  return source.substr(first + begin.size(),
                       source.find("\n}  // namespace") - first - begin.size());
}

// Each block of code in a page, without its fences.
std::vector<std::string> BlocksOf(const std::string& page) {
  const std::string text = FileContent(page);
  const std::string fence = "```cpp\n";
  std::vector<std::string> blocks;
  for (size_t at = text.find(fence); at != std::string::npos;
       at = text.find(fence, at + 1)) {
    const size_t begin = at + fence.size();
    blocks.push_back(text.substr(begin, text.find("```", begin) - begin));
  }
  return blocks;
}

TEST(ReferenceTest, ShowsCodeThatCompiles) {
  const std::string code = CodeOf("tests/docs/reference_code.cc");
  const std::vector<std::string> blocks = BlocksOf("docs/REFERENCE.md");
  EXPECT_EQ(blocks.size(), 2u);
  for (const std::string& block : blocks) {
    EXPECT_NE(code.find(block), std::string::npos) << block;
  }
}

TEST(ReferenceTest, ShowsCodeThatDoesWhatItSays) {
  World world({.seed = Seed(1), .faults = SlowLineToServer()});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("echo", [](NodeId, Bytes bytes) { return bytes; });
    env.tasks().WaitUntilStopped();
  });
  Node& client = world.AddNode("client");
  ScriptFaults(world, server.id(), client.id());
  std::map<bool, int> results;
  client.Spawn([&](Env& env) {
    while (env.clock().Now() < VirtualTime::Seconds(6)) {
      const CallOptions options = {.deadline = Milliseconds(100)};
      const VirtualTime begin = env.clock().Now();
      const bool is_ok =
          env.network().Call(server.id(), "echo", "x", options).ok();
      EXPECT_TRUE(!is_ok || env.clock().Now() - begin >= Milliseconds(5));
      ++results[is_ok];
    }
  });
  world.RunUntilIdle();
  EXPECT_GE(results[false], 12);
  EXPECT_GT(results[true], 400);
}

TEST(ModelsTest, ShowsCodeOfItsExample) {
  std::string code;
  for (const char* file : {"tickets.h", "tickets.cc"}) {
    code += FileContent(std::string("tests/own_model/") + file);
  }
  const std::vector<std::string> blocks = BlocksOf("docs/MODELS.md");
  EXPECT_GE(blocks.size(), 6u);
  for (const std::string& block : blocks) {
    EXPECT_NE(code.find(block), std::string::npos) << block;
  }
}

// Both the server as it was and as it is now.
TEST(PortingTest, ShowsCodeOfItsServers) {
  std::string code;
  for (const char* file : {"threaded_store.cc", "ported_store.h",
                           "ported_store.cc", "store_scenario.cc"}) {
    code += FileContent(std::string("tests/porting/") + file);
  }
  const std::vector<std::string> blocks = BlocksOf("docs/PORTING.md");
  EXPECT_GE(blocks.size(), 10u);
  for (const std::string& block : blocks) {
    EXPECT_NE(code.find(block), std::string::npos) << block;
  }
}

}  // namespace
}  // namespace reprise
