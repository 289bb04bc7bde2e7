// Workload W on Reprise and on SystemC, side by side:
//
//   bazel run -c opt //tools:compare
//
// Each column of the table runs both simulators in turn, as processes of their
// own, and compares each run with the one right after it: what else happens on
// the machine then meets both. Printed are medians. Before any figure, the
// programs must agree on what was simulated; exit status 1 if they do not.
// Where SystemC is not installed, it says so and measures Reprise alone.

#include <stdio.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/compare/measurement.h"

namespace reprise {
namespace {

struct Options {
  std::string reprise;
  std::string systemc;  // Empty where it is not installed.
  int pairs = 11;
};

struct Column {
  int clients;
  int calls_each;
  const char* network;
};

constexpr Column kColumns[] = {{5, 20'000, "reliable"},
                               {5, 20'000, "unreliable"},
                               {50, 4'000, "reliable"},
                               {50, 4'000, "unreliable"}};

// The two ways to write W for SystemC.
constexpr const char* kStyles[] = {"methods", "threads"};

Measurement Execute(const std::string& command) {
  FILE* output = popen(command.c_str(), "r");
  std::string text;
  char buffer[256];
  while (output != nullptr && fgets(buffer, sizeof(buffer), output)) {
    text += buffer;
  }
  const int status = output == nullptr ? -1 : pclose(output);
  Measurement measurement;
  if (status != 0 || !Parse(text, measurement)) {
    std::fputs(absl::StrCat("failed: ", command, "\n", text).c_str(), stderr);
    std::exit(2);
  }
  return measurement;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double CallsPerSecond(const Measurement& measurement) {
  return static_cast<double>(measurement.completed) / measurement.seconds;
}

// Both draw from streams of their own, so attempts and latencies agree as two
// samples of a hundred thousand do.
bool Agree(const Measurement& a, const Measurement& b) {
  const auto is_near = [](double x, double y) {
    return std::abs(x - y) <= 0.01 * std::max(x, y);
  };
  return a.completed == b.completed &&
         is_near(static_cast<double>(a.attempts),
                 static_cast<double>(b.attempts)) &&
         is_near(a.latency_ms, b.latency_ms);
}

void PrintWork(const char* name, const Measurement& measurement) {
  absl::PrintF("  %-18s%9d calls %9d attempts %9.3f ms mean latency\n", name,
               measurement.completed, measurement.attempts,
               measurement.latency_ms);
}

// Runs one column with one style, or Reprise alone; prints its rows.
bool CompareColumn(const Options& options, const Column& column,
                   const char* style) {
  const std::string load = absl::StrCat(" ", column.clients, " ",
                                        column.calls_each, " ", column.network);
  const std::string ours = absl::StrCat(options.reprise, load);
  const std::string theirs =
      absl::StrCat("SYSTEMC_DISABLE_COPYRIGHT_MESSAGE=1 ", options.systemc,
                   load, " ", style);
  std::vector<double> our_rates;
  std::vector<double> their_rates;
  std::vector<double> ratios;
  for (int pair = 0; pair < options.pairs; ++pair) {
    const Measurement reprise = Execute(ours);
    our_rates.push_back(CallsPerSecond(reprise));
    if (options.systemc.empty()) {
      if (pair == 0) PrintWork("Reprise", reprise);
      continue;
    }
    const Measurement systemc = Execute(theirs);
    their_rates.push_back(CallsPerSecond(systemc));
    ratios.push_back(our_rates.back() / their_rates.back());
    if (pair > 0) continue;
    PrintWork("Reprise", reprise);
    PrintWork(absl::StrCat("SystemC, ", style).c_str(), systemc);
    if (!Agree(reprise, systemc)) {
      std::fputs("the programs do not do the same work\n", stderr);
      return false;
    }
  }
  absl::PrintF("  Reprise %.2f M calls/s", Median(our_rates) / 1e6);
  if (!ratios.empty()) {
    absl::PrintF(", SystemC %.2f M calls/s, ratio %.2f (%.2f to %.2f)",
                 Median(their_rates) / 1e6, Median(ratios),
                 *std::min_element(ratios.begin(), ratios.end()),
                 *std::max_element(ratios.begin(), ratios.end()));
  }
  absl::PrintF("\n");
  return true;
}

bool CompareAll(const Options& options) {
  if (options.systemc.empty()) {
    absl::PrintF("SystemC (libsystemc-dev) is not installed: no comparison.\n");
  }
  absl::PrintF("Calls per second of CPU time; medians of %d runs.\n",
               options.pairs);
  for (const Column& column : kColumns) {
    for (const char* style : kStyles) {
      absl::PrintF("%d x %d, %s\n", column.clients, column.calls_each,
                   column.network);
      if (!CompareColumn(options, column, style)) return false;
      if (options.systemc.empty()) break;
    }
  }
  return true;
}

}  // namespace
}  // namespace reprise

int main(int argc, char** argv) {
  reprise::Options options;
  CLI::App app("Workload W on Reprise and on SystemC");
  app.add_option("--reprise", options.reprise, "reprise_w")->required();
  app.add_option("--systemc", options.systemc, "systemc_w");
  app.add_option("--pairs", options.pairs, "how often each runs")
      ->check(CLI::Range(1, 1000));
  CLI11_PARSE(app, argc, argv);
  return reprise::CompareAll(options) ? 0 : 1;
}
