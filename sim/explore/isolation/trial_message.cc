#include "reprise/sim/explore/isolation/trial_message.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "reprise/sim/core/check.h"
#include "reprise/sim/trace/digest_trail.h"

namespace reprise {
namespace {

template <typename T>
void WriteAll(const std::vector<T>& values, MessageWriter& writer) {
  writer.WritePlain<uint64_t>(values.size());
  for (const T& value : values) writer.Write(value);
}

template <typename T>
std::vector<T> ReadAll(MessageReader& reader, T (MessageReader::*read)()) {
  std::vector<T> values(reader.ReadPlain<uint64_t>());
  for (T& value : values) value = (reader.*read)();
  return values;
}

// Calls `visit` with each member of a result that is neither text, nor a
// verdict, nor a list.
template <typename Result, typename Visit>
void VisitFigures(Result& result, Visit visit) {
  visit(result.seed);
  visit(result.digest);
  visit(result.events);
  visit(result.virtual_time);
  visit(result.operations);
  visit(result.network);
  visit(result.faults);
  visit(result.held_bytes);
  visit(result.limit_bytes);
}

}  // namespace

void MessageWriter::Write(std::span<const uint64_t> counts) {
  WritePlain<uint64_t>(counts.size());
  for (const uint64_t count : counts) WritePlain(count);
}

void MessageWriter::Write(std::string_view text) {
  WritePlain<uint64_t>(text.size());
  bytes_.append(text);
}

void MessageWriter::Write(const OptionValue& option) {
  Write(option.name);
  WritePlain(option.value);
}

void MessageWriter::Write(const Decision& decision) {
  Write(decision.entity);
  Write(decision.purpose);
  WritePlain(decision.index);
  WritePlain(decision.value);
  Write(decision.packet);
  Write(decision.words);
}

void MessageWriter::Write(const UnfitEdit& unfit) {
  Write(unfit.edit);
  Write(unfit.misfit.reason);
  WritePlain(unfit.misfit.is_unknown);
}

void MessageWriter::Write(const BegunOperation& operation) {
  WritePlain(operation.client);
  WritePlain(operation.index);
  WritePlain(operation.began);
  WritePlain(operation.loop);
}

void MessageWriter::Write(const Verdict& verdict) {
  WritePlain(verdict.kind);
  WritePlain(verdict.depends_on_machine);
  Write(verdict.property);
  Write(verdict.message);
  Write(std::span<const uint64_t>(verdict.operations));
  WritePlain<uint64_t>(verdict.also.size());
  for (const Finding& finding : verdict.also) {
    Write(finding.property);
    Write(finding.message);
  }
}

void MessageWriter::Write(const DescribedNode& node) {
  Write(node.name);
  Write(NodeStateText(node.state));
}

void MessageWriter::Write(const RecordedTrial& trial) {
  VisitFigures(trial.result,
               [this](const auto& figure) { WritePlain(figure); });
  Write(trial.result.verdict);
  Write(trial.result.mix);
  Write(std::span<const uint64_t>(trial.result.marks));
  Write(trial.result.log);
  WriteAll(trial.result.nodes, *this);
  WriteAll(trial.result.servers, *this);
  WriteAll(trial.options, *this);
  WriteAll(trial.schedule, *this);
  WritePlain(trial.ordinary_delays);
  WriteAll(trial.unused, *this);
  WriteAll(trial.unfit, *this);
  WriteAll(trial.operations, *this);
  WritePlain<uint64_t>(trial.digests.size());
  for (const DigestPoint& point : trial.digests) WritePlain(point);
  WritePlain(trial.is_repeated);
}

void MessageWriter::Write(const Timeline& timeline) {
  WritePlain(timeline.seed);
  WriteAll(timeline.options, *this);
  WritePlain(timeline.edits.base);
  WritePlain<uint64_t>(timeline.edits.reseeds.size());
  for (const Reseed& reseed : timeline.edits.reseeds) WritePlain(reseed);
  WriteAll(timeline.edits.schedule, *this);
}

std::vector<uint64_t> MessageReader::ReadCounts() {
  return ReadAll(*this, &MessageReader::ReadPlain<uint64_t>);
}

std::string MessageReader::ReadText() {
  const auto size = ReadPlain<uint64_t>();
  return std::string(Take(size));
}

OptionValue MessageReader::ReadOption() {
  OptionValue option;
  option.name = ReadText();
  option.value = ReadPlain<int64_t>();
  return option;
}

Decision MessageReader::ReadDecision() {
  Decision decision;
  decision.entity = ReadText();
  decision.purpose = ReadText();
  decision.index = ReadPlain<uint64_t>();
  decision.value = ReadPlain<uint64_t>();
  decision.packet = ReadText();
  decision.words = ReadText();
  return decision;
}

UnfitEdit MessageReader::ReadUnfit() {
  UnfitEdit unfit;
  unfit.edit = ReadDecision();
  unfit.misfit.reason = ReadText();
  unfit.misfit.is_unknown = ReadPlain<bool>();
  return unfit;
}

BegunOperation MessageReader::ReadOperation() {
  BegunOperation operation;
  operation.client = ReadPlain<int>();
  operation.index = ReadPlain<int64_t>();
  operation.began = ReadPlain<VirtualTime>();
  operation.loop = ReadPlain<int64_t>();
  return operation;
}

Verdict MessageReader::ReadVerdict() {
  Verdict verdict{.kind = ReadPlain<VerdictKind>()};
  verdict.depends_on_machine = ReadPlain<bool>();
  verdict.property = ReadText();
  verdict.message = ReadText();
  verdict.operations = ReadCounts();
  verdict.also.resize(ReadPlain<uint64_t>());
  for (Finding& finding : verdict.also) {
    finding.property = ReadText();
    finding.message = ReadText();
  }
  return verdict;
}

DescribedNode MessageReader::ReadNode() {
  DescribedNode node;
  node.name = ReadText();
  node.state = NodeStateOfText(ReadText());
  return node;
}

RecordedTrial MessageReader::ReadTrial() {
  RecordedTrial trial;
  VisitFigures(trial.result, [this](auto& figure) {
    figure = ReadPlain<std::decay_t<decltype(figure)>>();
  });
  trial.result.verdict = ReadVerdict();
  trial.result.mix = ReadText();
  trial.result.marks = ReadCounts();
  trial.result.log = ReadText();
  trial.result.nodes = ReadAll(*this, &MessageReader::ReadNode);
  trial.result.servers = ReadAll(*this, &MessageReader::ReadText);
  trial.options = ReadAll(*this, &MessageReader::ReadOption);
  trial.schedule = ReadAll(*this, &MessageReader::ReadDecision);
  trial.ordinary_delays = ReadPlain<uint64_t>();
  trial.unused = ReadAll(*this, &MessageReader::ReadDecision);
  trial.unfit = ReadAll(*this, &MessageReader::ReadUnfit);
  trial.operations = ReadAll(*this, &MessageReader::ReadOperation);
  trial.digests = ReadAll(*this, &MessageReader::ReadPlain<DigestPoint>);
  trial.is_repeated = ReadPlain<bool>();
  return trial;
}

Timeline MessageReader::ReadTimeline() {
  Timeline timeline{.seed = ReadPlain<Seed>()};
  timeline.options = ReadAll(*this, &MessageReader::ReadOption);
  timeline.edits.base = ReadPlain<Base>();
  timeline.edits.reseeds = ReadAll(*this, &MessageReader::ReadPlain<Reseed>);
  timeline.edits.schedule = ReadAll(*this, &MessageReader::ReadDecision);
  return timeline;
}

std::string_view MessageReader::Take(size_t size) {
  REPRISE_CHECK(size <= bytes_.size(), "a message is cut short");
  const std::string_view taken = bytes_.substr(0, size);
  bytes_.remove_prefix(size);
  return taken;
}

}  // namespace reprise
