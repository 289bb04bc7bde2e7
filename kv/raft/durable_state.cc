#include "reprise/kv/raft/durable_state.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/storage/checkpoint.h"

namespace reprise::kv::raft {
namespace {

// A record: version 1 | tag 1 | fields. So is what a checkpoint holds.
constexpr uint8_t kBallotTag = 1;
constexpr uint8_t kEntriesTag = 2;
constexpr uint8_t kSnapshotTag = 3;
constexpr uint8_t kImageTag = 4;

struct EntriesRecord {
  Index first = 0;
  std::vector<Entry> entries;
};

struct SnapshotRecord {
  Snapshot snapshot;
  bool keeps_log = false;
};

template <typename Archive, Either<Snapshot> T>
void Fields(Archive& archive, T& snapshot) {
  Fields(archive, snapshot.last);
  archive.Members(snapshot.membership);
  archive.Text(snapshot.state);
}

template <typename Archive, Either<DurableImage> T>
void Fields(Archive& archive, T& image) {
  Fields(archive, image.ballot);
  Fields(archive, image.snapshot);
  archive.List(image.entries);
}

void Begin(Writer& writer, uint8_t tag) {
  writer.Byte(writer.version());
  writer.Byte(tag);
}

absl::Status Malformed() {
  return absl::DataLossError("what the server has saved is malformed");
}

// Puts the entries in place of those from `first` on. Those that the snapshot
// has are not put.
absl::Status PutEntries(EntriesRecord record, DurableImage& image) {
  const Index start = image.snapshot.last.index;
  if (record.first == 0 || record.first > start + image.entries.size() + 1) {
    return absl::DataLossError("the log has a gap");
  }
  if (record.first <= start) {
    const size_t known =
        std::min<size_t>(start + 1 - record.first, record.entries.size());
    record.entries.erase(record.entries.begin(),
                         record.entries.begin() + static_cast<long>(known));
    record.first = start + 1;
  }
  image.entries.resize(record.first - start - 1);
  for (Entry& entry : record.entries) {
    image.entries.push_back(std::move(entry));
  }
  return absl::OkStatus();
}

void PutSnapshot(SnapshotRecord record, DurableImage& image) {
  std::vector<Entry>& entries = image.entries;
  const Index start = image.snapshot.last.index;
  const Index last = record.snapshot.last.index;
  const bool keeps = record.keeps_log && last >= start;
  const size_t dropped =
      keeps ? std::min<size_t>(last - start, entries.size()) : entries.size();
  entries.erase(entries.begin(), entries.begin() + static_cast<long>(dropped));
  image.snapshot = std::move(record.snapshot);
}

// What has the tag `tag`, in `content`.
template <typename T>
bool Read(std::string_view content, Version version, T& value) {
  Reader reader(content, version);
  Fields(reader, value);
  return reader.IsDone();
}

template <typename Archive, Either<EntriesRecord> T>
void Fields(Archive& archive, T& record) {
  archive.Number(record.first);
  archive.List(record.entries);
}

template <typename Archive, Either<SnapshotRecord> T>
void Fields(Archive& archive, T& record) {
  Fields(archive, record.snapshot);
  archive.Flag(record.keeps_log);
}

// Does to `image` what `record` says, and returns the version of the record.
absl::StatusOr<Version> Redo(std::string_view record, Version known,
                             DurableImage& image) {
  if (record.size() < 2) return Malformed();
  const auto version = static_cast<Version>(record[0]);
  if (version < kFirstVersion) return Malformed();
  if (version > known) {
    return absl::UnimplementedError(
        "what the server has saved was written by a later version of it");
  }
  const auto tag = static_cast<uint8_t>(record[1]);
  const std::string_view content = record.substr(2);
  switch (tag) {
    case kBallotTag:
      image.ballot = {};
      if (!Read(content, version, image.ballot)) return Malformed();
      return version;
    case kEntriesTag: {
      EntriesRecord entries;
      if (!Read(content, version, entries)) return Malformed();
      const absl::Status status = PutEntries(std::move(entries), image);
      if (!status.ok()) return status;
      return version;
    }
    case kSnapshotTag: {
      SnapshotRecord snapshot;
      if (!Read(content, version, snapshot)) return Malformed();
      PutSnapshot(std::move(snapshot), image);
      return version;
    }
    case kImageTag:
      image = {};
      if (!Read(content, version, image)) return Malformed();
      return version;
    default:
      return Malformed();
  }
}

}  // namespace

DurableState::DurableState(Disk& disk, const JournalOptions& options,
                           Version version)
    : disk_(disk), options_(options), known_(version) {}

absl::StatusOr<std::optional<DurableImage>> DurableState::Load() {
  const absl::StatusOr<SavedState> saved = LoadState(disk_);
  if (!saved.ok()) {
    if (!absl::IsDataLoss(saved.status())) return saved.status();
    const absl::StatusOr<uint64_t> latest = LatestGeneration(disk_);
    if (!latest.ok()) return latest.status();
    generation_ = *latest;
    return saved.status();
  }
  generation_ = saved->generation;
  if (generation_ == 0) return std::nullopt;
  std::optional<DurableImage> image(std::in_place);
  const auto redo = [&](std::string_view record) {
    const absl::StatusOr<Version> version = Redo(record, known_, *image);
    if (version.ok()) version_ = std::max(version_, *version);
    return version.status();
  };
  absl::Status status = redo(saved->snapshot);
  if (status.ok()) status = ReplayLog(generation_, saved->log, redo);
  if (!status.ok()) return status;
  return image;
}

void DurableState::Begin(std::function<DurableImage()> image) {
  journal_.emplace(
      disk_, generation_,
      [this, image = std::move(image)] {
        const DurableImage now = image();
        Bytes bytes;
        Writer writer(bytes, version_);
        raft::Begin(writer, kImageTag);
        Fields(writer, now);
        return bytes;
      },
      options_);
}

Writer DurableState::BeginRecord(uint8_t tag) {
  record_.clear();
  Writer writer(record_, version_);
  raft::Begin(writer, tag);
  return writer;
}

void DurableState::SaveBallot(const Ballot& ballot) {
  Writer writer = BeginRecord(kBallotTag);
  Fields(writer, ballot);
  journal_->Add(record_);
}

void DurableState::SaveEntries(Index first, std::span<const Entry> entries) {
  Writer writer = BeginRecord(kEntriesTag);
  writer.Number(first);
  writer.List(entries);
  journal_->Add(record_);
}

void DurableState::SaveSnapshot(const Snapshot& snapshot, bool keeps_log) {
  Writer writer = BeginRecord(kSnapshotTag);
  Fields(writer, snapshot);
  writer.Flag(keeps_log);
  journal_->Add(record_);
}

absl::Status DurableState::Commit() { return journal_->Commit(); }

}  // namespace reprise::kv::raft
