// How fast recorded histories are read: text in memory to a History.

#include <string>

#include "benchmark/benchmark.h"
#include "reprise/checker/formats/json_lines.h"
#include "reprise/checker/formats/reader.h"
#include "reprise/checker/formats/writer.h"
#include "reprise/checker/history/timed_history.h"
#include "reprise/checker/testing/generate.h"

namespace reprise::checker {
namespace {

std::string Lines(const GenerateOptions& options) {
  const GeneratedHistory made = Generate(options);
  RecordedHistory recorded;
  AppendTimed(made.operations, recorded.history);
  std::string text;
  if (!AppendHistory(recorded, Format::kJsonLines, text).ok()) return "";
  return text;
}

GenerateOptions Options(int kind) {
  switch (kind) {
    case 0:  // many clients and keys, short values
      return {.clients = 32,
              .operations = 6250,
              .keys = 1000,
              .gets = 450,
              .puts = 150};
    case 1:  // the lab: long values that grow
      return {.clients = 5,
              .operations = 2000,
              .keys = 5,
              .gets = 450,
              .puts = 50,
              .values = ValueStyle::kLab};
    default:  // a register
      return {.clients = 8,
              .operations = 25000,
              .keys = 1,
              .gets = 500,
              .puts = 500};
  }
}

void BM_JsonLines_Read(benchmark::State& state) {
  const std::string text = Lines(Options(static_cast<int>(state.range(0))));
  int64_t operations = 0;
  for (auto _ : state) {
    HistoryReader reader = HistoryReader::OfText(text, "text", {});
    RecordedHistory recorded;
    if (!reader.Next(recorded).value_or(false)) {
      state.SkipWithError("the text cannot be read");
      break;
    }
    operations += static_cast<int64_t>(recorded.history.size());
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(text.size()));
  state.SetItemsProcessed(operations);
}
BENCHMARK(BM_JsonLines_Read)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

void BM_JsonLines_Parse(benchmark::State& state) {
  const std::string text = Lines(Options(static_cast<int>(state.range(0))));
  JsonLineParser parser;
  JsonOperation parsed;
  for (auto _ : state) {
    std::string_view rest = text;
    while (!rest.empty()) {
      const size_t size = rest.find('\n');
      if (!parser.Parse(rest.substr(0, size), parsed).ok()) {
        state.SkipWithError("a line cannot be parsed");
        break;
      }
      rest.remove_prefix(size + 1);
    }
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(text.size()));
}
BENCHMARK(BM_JsonLines_Parse)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace reprise::checker
