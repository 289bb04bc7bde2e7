#include "reprise/checker/key_value/observed.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "reprise/checker/key_value/sightings.h"

namespace reprise::checker {
namespace {

bool IsDoubtful(const Operation& operation) {
  return operation.IsPending() && operation.argument_length > 0;
}

}  // namespace

bool MayObserve(const History& history, const Operation& reader,
                const Operation& write) {
  const bool is_cas = reader.kind == OperationKind::kCas;
  if (is_cas && reader.answer == Answer::kFailed) return true;
  if (!is_cas && !reader.HasOutput()) return false;
  const std::string_view seen =
      is_cas ? reader.Expected() : history.Output(reader);
  const std::string_view value = write.Argument();
  return write.kind == OperationKind::kAppend ? seen.find(value) != seen.npos
                                              : seen.starts_with(value);
}

std::vector<Selected> WithObserved(const History& history,
                                   std::span<const OperationId> operations) {
  std::vector<Selected> selected;
  for (OperationId id : operations) selected.push_back({id, Report::kKeep});
  std::vector<bool> is_in(history.size());
  for (OperationId id : operations) is_in[id] = true;
  for (size_t place = 0; place < selected.size(); ++place) {
    const Selected reader = selected[place];
    const Operation& reading = history[reader.id];
    const bool reads =
        reader.report == Report::kKeep || reading.kind == OperationKind::kCas;
    for (OperationId id = 0; id < history.size(); ++id) {
      const Operation& write = history[id];
      if (is_in[id] || write.key != reading.key || !write.IsWrite()) continue;
      const bool erases =
          write.kind == OperationKind::kPut && write.argument_length == 0;
      if (!erases && !(reads && MayObserve(history, reading, write))) continue;
      is_in[id] = true;
      selected.push_back({id, Report::kForget});
    }
  }
  std::sort(selected.begin(), selected.end(),
            [](const Selected& a, const Selected& b) { return a.id < b.id; });
  return selected;
}

void DropUnobserved(const History& history, KeyOperations& key,
                    const CheckMonitor* monitor) {
  for (const Operation& operation : key.operations) {
    if (operation.kind == OperationKind::kCas) return;
  }
  Sightings sightings(monitor);
  for (const Operation& operation : key.operations) {
    if (IsDoubtful(operation)) sightings.LookFor(operation.Argument());
  }
  absl::flat_hash_set<ChainId> chains;
  for (const Operation& operation : key.operations) {
    if (operation.HasOutput() && chains.insert(operation.chain).second) {
      sightings.LookThrough(history.Chain(operation.chain));
    }
  }
  size_t kept = 0;
  for (size_t item = 0; item < key.size(); ++item) {
    const Operation& operation = key.operations[item];
    if (IsDoubtful(operation) &&
        !(operation.kind == OperationKind::kPut
              ? sightings.MayBeSeenFirst(operation.Argument())
              : sightings.MayBeSeen(operation.Argument()))) {
      continue;
    }
    key.kept[kept] = operation;
    key.kept_ids[kept] = key.ids[item];
    ++kept;
  }
  key.kept.resize(kept);
  key.kept_ids.resize(kept);
  key.operations = key.kept;
  key.ids = key.kept_ids;
}

}  // namespace reprise::checker
