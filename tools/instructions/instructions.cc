// Machine instructions of fixed work, counted by valgrind, beside the figures
// in expected.txt:
//
//   bazel run -c opt //tools:instructions              # counts and compares
//   bazel run -c opt //tools:instructions -- --update  # writes expected.txt
//
// They repeat where seconds do not. Each measure is run twice, each time in a
// process of its own, for a small and for a great count, and what the second
// took more is divided by the difference of the counts.
//
// Exit status: 1 where a measure has grown by more than the tolerance; 2 for
// bad input and where nothing can be compared: valgrind is not installed, the
// program is not optimised, or the figures are of another compiler, C library
// or kind of machine. With --may-skip the latter is no failure.

#include <gnu/libc-version.h>
#include <stdio.h>

#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "tools/instructions/figures.h"
#include "tools/instructions/measures.h"

namespace reprise {
namespace {

constexpr int kGrown = 1;
constexpr int kUsage = 2;

#ifdef __OPTIMIZE__
constexpr bool kIsOptimised = true;
#else
constexpr bool kIsOptimised = false;
#endif

#ifdef __clang__
constexpr char kCompiler[] = "clang " __clang_version__;
#else
constexpr char kCompiler[] = "gcc " __VERSION__;
#endif

#ifdef __x86_64__
constexpr char kMachine[] = "x86_64";
#elif defined(__aarch64__)
constexpr char kMachine[] = "aarch64";
#else
constexpr char kMachine[] = "another machine";
#endif

// Of valgrind's tools that count, this one does not mind switches from stack to
// stack. The C library is to take the same functions on every processor.
constexpr char kValgrind[] =
    "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-AVX_Fast_Unaligned_Load "
    "valgrind --tool=cachegrind --cache-sim=no "
    "--cachegrind-out-file=/dev/null";

struct Options {
  std::string expected = "tools/instructions/expected.txt";
  bool update = false;
  bool may_skip = false;
  // The work that valgrind watches this program do.
  std::string measure;
  uint64_t count = 0;
};

std::string ThisBuild() {
  return absl::StrCat(kCompiler, ", glibc ", gnu_get_libc_version(), ", ",
                      kMachine);
}

// Why this program cannot count; empty if it can.
std::string ReasonNotToCount() {
  if (!kIsOptimised) {
    return "this program is not optimised; use bazel run -c opt";
  }
  if (std::system("valgrind --version >/dev/null 2>&1") != 0) {
    return "valgrind is not installed";
  }
  return "";
}

// What valgrind says at its end: "==1== I   refs:      44,342,510".
absl::StatusOr<uint64_t> ParseCount(const std::string& text) {
  const std::string title = "refs:";
  const size_t at = text.find(title);
  uint64_t count = 0;
  for (size_t i = at + title.size(); at != std::string::npos; ++i) {
    if (i >= text.size() || text[i] == '\n') break;
    if (std::isdigit(text[i])) count = 10 * count + (text[i] - '0');
  }
  if (count == 0) return absl::InternalError(text);
  return count;
}

// Of a process that does a measure's work so many times.
absl::StatusOr<uint64_t> CountProcess(const std::string& measure,
                                      uint64_t count) {
  const std::string command = absl::StrCat(
      kValgrind, " '", std::filesystem::read_symlink("/proc/self/exe").string(),
      "' --measure=", measure, " --count=", count, " 2>&1");
  FILE* output = popen(command.c_str(), "r");
  std::string text;
  char buffer[256];
  while (output != nullptr && fgets(buffer, sizeof(buffer), output)) {
    text += buffer;
  }
  const int status = output == nullptr ? -1 : pclose(output);
  absl::StatusOr<uint64_t> counted = ParseCount(text);
  if (status == 0 && counted.ok()) return counted;
  return absl::InternalError(absl::StrCat("failed: ", command, "\n", text));
}

absl::StatusOr<Figures> CountAll() {
  Figures figures{.build = ThisBuild(), .figures = {}};
  for (const Measure& measure : Measures()) {
    std::cerr << "counting " << measure.name << std::endl;
    const absl::StatusOr<uint64_t> few =
        CountProcess(measure.name, measure.few);
    if (!few.ok()) return few.status();
    const absl::StatusOr<uint64_t> many =
        CountProcess(measure.name, measure.many);
    if (!many.ok()) return many.status();
    figures.figures.push_back({measure.name,
                               (*many - *few) / (measure.many - measure.few),
                               measure.about});
  }
  return figures;
}

absl::StatusOr<Figures> ReadFigures(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  absl::StatusOr<Figures> figures = ParseFigures(text.str());
  if (figures.ok()) return figures;
  return absl::InvalidArgumentError(
      absl::StrCat(path, ": ", figures.status().message()));
}

// Writes the file in the workspace, whose copy options.expected is.
absl::Status Update(const Options& options) {
  const char* workspace = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  if (workspace == nullptr) {
    return absl::InvalidArgumentError("--update is for bazel run");
  }
  const absl::StatusOr<Figures> counted = CountAll();
  if (!counted.ok()) return counted.status();
  const std::string path = absl::StrCat(workspace, "/", options.expected);
  std::ofstream file(path);
  file << "# Instructions that fixed work takes. Made by a program; do not "
          "edit:\n#\n"
          "#   bazel run -c opt //tools:instructions -- --update\n\n"
       << FormatFigures(*counted) << std::flush;
  if (!file) return absl::InternalError(absl::StrCat("cannot write ", path));
  std::cout << "wrote " << options.expected << "\n";
  return absl::OkStatus();
}

int Fail(const absl::Status& status) {
  std::cerr << status.message() << "\n";
  return kUsage;
}

int Skip(const Options& options, const std::string& reason) {
  std::cout << (options.may_skip ? "SKIPPED: " : "cannot compare: ") << reason
            << "\n";
  return options.may_skip ? 0 : kUsage;
}

int CompareWithExpected(const Options& options) {
  const absl::StatusOr<Figures> expected = ReadFigures(options.expected);
  if (!expected.ok()) return Fail(expected.status());
  const std::string reason = ReasonNotToCount();
  if (!reason.empty()) return Skip(options, reason);
  if (expected->build != ThisBuild()) {
    return Skip(options, absl::StrCat("the figures are of ", expected->build,
                                      ", this program is of ", ThisBuild()));
  }
  const absl::StatusOr<Figures> counted = CountAll();
  if (!counted.ok()) return Fail(counted.status());
  const absl::StatusOr<Comparison> comparison = Compare(*expected, *counted);
  if (!comparison.ok()) {
    return Fail(absl::InvalidArgumentError(
        absl::StrCat(options.expected, ": ", comparison.status().message())));
  }
  std::cout << comparison->text;
  return comparison->has_grown ? kGrown : 0;
}

int DoWork(const Options& options) {
  for (const Measure& measure : Measures()) {
    if (measure.name != options.measure) continue;
    measure.run(options.count);
    return 0;
  }
  return Fail(absl::InvalidArgumentError(
      absl::StrCat("there is no measure ", options.measure)));
}

int Run(int argc, char** argv) {
  Options options;
  CLI::App app("Machine instructions of fixed work.");
  app.add_option("--expected", options.expected, "the file of figures");
  app.add_flag("--update", options.update, "writes that file in the workspace");
  app.add_flag("--may-skip", options.may_skip,
               "succeeds where nothing can be compared");
  app.add_option("--measure", options.measure, "does this work, uncounted");
  app.add_option("--count", options.count, "so many times");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  if (!options.measure.empty()) return DoWork(options);
  if (!options.update) return CompareWithExpected(options);
  const std::string reason = ReasonNotToCount();
  if (!reason.empty()) return Fail(absl::FailedPreconditionError(reason));
  const absl::Status status = Update(options);
  return status.ok() ? 0 : Fail(status);
}

}  // namespace
}  // namespace reprise

int main(int argc, char** argv) { return reprise::Run(argc, argv); }
