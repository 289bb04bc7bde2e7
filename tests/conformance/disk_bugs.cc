#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/env/disk.h"
#include "tests/conformance/planted_bug.h"
#include "tests/scenarios/bugs/forwarding_env.h"

namespace reprise {
namespace {

class SyncDoesNothing final : public ForwardingFile {
 public:
  using ForwardingFile::ForwardingFile;
  absl::Status Sync() override { return absl::OkStatus(); }
};

class EveryWriteSyncs final : public ForwardingFile {
 public:
  using ForwardingFile::ForwardingFile;
  absl::Status Append(std::string_view bytes) override {
    absl::Status status = ForwardingFile::Append(bytes);
    status.Update(Sync());
    return status;
  }
};

class ReadStopsHalfway final : public ForwardingFile {
 public:
  using ForwardingFile::ForwardingFile;
  absl::StatusOr<std::string> Read(uint64_t offset, uint64_t length) override {
    return ForwardingFile::Read(offset, (length + 1) / 2);
  }
};

class GapIsNotZero final : public ForwardingFile {
 public:
  using ForwardingFile::ForwardingFile;
  absl::Status Write(uint64_t offset, std::string_view bytes) override {
    if (offset > Size()) {
      absl::Status status = Append(std::string(offset - Size(), '?'));
      if (!status.ok()) return status;
    }
    return ForwardingFile::Write(offset, bytes);
  }
};

class SyncDirectoryDoesNothing final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;
  absl::Status SyncDirectory() override { return absl::OkStatus(); }
};

// Half of it may be left by a crash.
class RenameCopies final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;
  absl::Status Rename(std::string_view from, std::string_view to) override {
    absl::StatusOr<std::unique_ptr<File>> source =
        Open(from, OpenMode::kExisting);
    if (!source.ok()) return source.status();
    absl::StatusOr<std::unique_ptr<File>> target = Open(to, OpenMode::kCreate);
    if (!target.ok()) return target.status();
    absl::Status status = (*target)->Truncate(0);
    status.Update((*target)->Sync());
    const absl::StatusOr<std::string> content =
        (*source)->Read(0, (*source)->Size());
    if (content.ok()) status.Update((*target)->Append(*content));
    status.Update(Remove(from));
    return status;
  }
};

class RenameRefusesToReplace final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;
  absl::Status Rename(std::string_view from, std::string_view to) override {
    if (Open(to, OpenMode::kExisting).ok()) {
      return absl::AlreadyExistsError("there is one");
    }
    return ForwardingDisk::Rename(from, to);
  }
};

class ListIsNotSorted final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;
  absl::StatusOr<std::vector<std::string>> List() override {
    absl::StatusOr<std::vector<std::string>> names = ForwardingDisk::List();
    if (names.ok()) std::reverse(names->begin(), names->end());
    return names;
  }
};

}  // namespace

std::vector<PlantedBug> BugsOfDisks() {
  return {
      {"SyncDoesNothing", "DiskCrashTest.WhatWasSyncedSurvivesACrash",
       MakeEnv<WithDisk<DiskOfFiles<SyncDoesNothing>>>},
      {"EveryWriteSyncs", "DiskCrashTest.WhatWasWrittenIsDurableOnlyAfterASync",
       MakeEnv<WithDisk<DiskOfFiles<EveryWriteSyncs>>>},
      {"SyncDirectoryDoesNothing", "DiskCrashTest.ASyncedRenameSurvives",
       MakeEnv<WithDisk<SyncDirectoryDoesNothing>>},
      {"RenameCopies", "DiskCrashTest.ARenameIsAtomicWhetherSyncedOrNot",
       MakeEnv<WithDisk<RenameCopies>>},
      {"RenameRefusesToReplace", "DiskTest.RenameReplacesTheFileThatHasTheName",
       MakeEnv<WithDisk<RenameRefusesToReplace>>},
      {"ListIsNotSorted", "DiskTest.ListHasTheNamesOfAllFilesSorted",
       MakeEnv<WithDisk<ListIsNotSorted>>},
      {"ReadStopsHalfway", "DiskTest.AReadIsShorterOnlyAtTheFilesEnd",
       MakeEnv<WithDisk<DiskOfFiles<ReadStopsHalfway>>>},
      {"GapIsNotZero",
       "DiskTest.AWriteReplacesOrExtendsAndAGapReadsAsZeroBytes",
       MakeEnv<WithDisk<DiskOfFiles<GapIsNotZero>>>},
  };
}

}  // namespace reprise
