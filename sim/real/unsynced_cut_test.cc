// A table of operations on an UnsyncedDisk, whose process is killed at every
// point, against a model of what must survive: what was synced, and nothing
// else. Where the kill strikes in a sync, the state before and the state after
// it are both right, and of a content what each write between them has left, in
// part or whole.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/testing/files.h"
#include "reprise/sim/real/testing/loop_host.h"
#include "reprise/sim/real/testing/memory_disk.h"
#include "reprise/sim/real/unsynced_disk.h"

namespace reprise {
namespace {

enum class Operation {
  kCreate,
  kAppend,
  kWrite,  // At byte 2.
  kCut,    // After 3 bytes.
  kSync,
  kRename,
  kRemove,
  kSyncDirectory,
};

struct Step {
  Operation operation;
  std::string name = {};
  std::string text = {};  // Bytes, or the new name.
};

// Everything, also twice, and in orders that matter.
const std::vector<Step>& Steps() {
  using enum Operation;
  static const std::vector<Step> steps = {
      {kAppend, "a", "first"},
      {kSync, "a"},
      {kSyncDirectory},
      {kAppend, "a", "second"},
      {kAppend, "b", "other"},
      {kSync, "a"},
      {kWrite, "a", "XYZ"},
      {kSyncDirectory},
      {kSync, "b"},
      {kCut, "a"},
      {kAppend, "a", "longer"},
      {kSync, "a"},
      {kRename, "b", "a"},
      {kCreate, "c"},
      {kAppend, "a", "more"},
      {kSync, "a"},
      {kSyncDirectory},
      {kRemove, "a"},
      {kAppend, "a", "new"},
      {kSync, "a"},
      {kRename, "c", "d"},
      {kSyncDirectory},
      {kAppend, "d", "0123"},
      {kCut, "d"},
      {kWrite, "d", "89abc"},
      {kSync, "d"},
      {kRemove, "d"},
      {kAppend, "d", "again"},
      {kSync, "d"},
      {kSyncDirectory},
      {kSyncDirectory},
      {kAppend, "e", "never synced"},
  };
  return steps;
}

// What must be found after a kill: names, and contents by number. Of several
// that follow one another, one, or a mixture of neighbours.
using Names = std::map<std::string, int>;
using Contents = std::map<int, std::vector<std::string>>;
struct Durable {
  Names names;
  Contents contents;
};

class Model {
 public:
  void Apply(const Step& step) {
    if (step.operation == Operation::kSyncDirectory) {
      durable_.names = names_;
    } else if (step.operation == Operation::kRename) {
      names_[step.text] = names_.at(step.name);
      names_.erase(step.name);
    } else if (step.operation == Operation::kRemove) {
      names_.erase(step.name);
    } else {
      ApplyToFile(step);
    }
  }
  const Durable& durable() const { return durable_; }
  // Where a kill strikes in `step`, which was not applied yet.
  Durable DurableDuring(const Step& step) const {
    Durable durable = durable_;
    if (step.operation == Operation::kSync) {
      const int number = names_.at(step.name);
      durable.contents[number] = contents_.at(number);
    }
    return durable;
  }

 private:
  void ApplyToFile(const Step& step) {
    if (names_.count(step.name) == 0) {
      names_[step.name] = ++last_;
      contents_[last_] = durable_.contents[last_] = {""};
    }
    std::vector<std::string>& contents = contents_[names_[step.name]];
    std::string content = contents.back();
    if (step.operation == Operation::kAppend) content += step.text;
    if (step.operation == Operation::kCut) content.resize(3);
    if (step.operation == Operation::kWrite) {
      content.resize(std::max(content.size(), 2 + step.text.size()));
      content.replace(2, step.text.size(), step.text);
    }
    if (step.operation == Operation::kSync) {
      contents.clear();
      durable_.contents[names_[step.name]] = {content};
    }
    contents.push_back(content);
  }

  Names names_;
  Contents contents_;  // Since the last sync.
  Durable durable_;
  int last_ = 0;
};

absl::Status Perform(const Step& step, Disk& disk) {
  if (step.operation == Operation::kSyncDirectory) return disk.SyncDirectory();
  if (step.operation == Operation::kRename) {
    return disk.Rename(step.name, step.text);
  }
  if (step.operation == Operation::kRemove) return disk.Remove(step.name);
  const absl::StatusOr<std::unique_ptr<File>> file =
      disk.Open(step.name, OpenMode::kCreate);
  if (!file.ok()) return file.status();
  if (step.operation == Operation::kAppend) return (*file)->Append(step.text);
  if (step.operation == Operation::kWrite) return (*file)->Write(2, step.text);
  if (step.operation == Operation::kCut) return (*file)->Truncate(3);
  if (step.operation == Operation::kSync) return (*file)->Sync();
  return absl::OkStatus();
}

bool IsMixture(const std::string& found, const std::string& before,
               const std::string& after) {
  if (found.size() > std::max(before.size(), after.size())) return false;
  for (size_t i = 0; i < found.size(); ++i) {
    const char old_byte = i < before.size() ? before[i] : '\0';
    const char new_byte = i < after.size() ? after[i] : '\0';
    if (found[i] != old_byte && found[i] != new_byte && found[i] != '\0') {
      return false;
    }
  }
  return true;
}

bool IsOneOf(const std::string& found, const std::vector<std::string>& all) {
  if (all.size() == 1) return found == all[0];
  for (size_t i = 0; i + 1 < all.size(); ++i) {
    if (IsMixture(found, all[i], all[i + 1])) return true;
  }
  return false;
}

bool Has(Disk& disk, const Names& names, const Contents& contents) {
  std::vector<std::string> expected;
  for (const auto& [name, number] : names) expected.push_back(name);
  if (disk.List().value() != expected) return false;
  for (const auto& [name, number] : names) {
    if (!IsOneOf(ContentOf(disk, name), contents.at(number))) {
      return false;
    }
  }
  return true;
}

using MakeDisk =
    std::function<absl::StatusOr<std::unique_ptr<Disk>>(MemoryFiles&)>;

absl::StatusOr<std::unique_ptr<Disk>> Right(MemoryFiles& files) {
  return UnsyncedDisk::Open(std::make_unique<MemoryDisk>(files));
}

// Runs the first `count` steps, as far as a process comes that is killed after
// `left` operations of the inner disk. Returns whether what is found then is
// right; `was_killed` says whether it came that far.
bool Survives(const MakeDisk& make, size_t count, uint64_t left,
              bool& was_killed) {
  MemoryFiles files;
  Model model;
  Durable before;
  files.left = left;
  {
    const absl::StatusOr<std::unique_ptr<Disk>> disk = make(files);
    for (size_t i = 0; i < count && disk.ok() && !files.is_dead; ++i) {
      before = model.DurableDuring(Steps()[i]);
      const absl::Status status = Perform(Steps()[i], **disk);
      EXPECT_TRUE(status.ok() || files.is_dead) << status;
      model.Apply(Steps()[i]);
      if (status.ok()) before = model.durable();
    }
  }
  was_killed = files.is_dead;
  files.left = UINT64_MAX;
  files.is_dead = false;
  const absl::StatusOr<std::unique_ptr<Disk>> found = make(files);
  EXPECT_TRUE(found.ok()) << found.status();
  return Has(**found, before.names, before.contents) ||
         Has(**found, model.durable().names, before.contents);
}

// How many kills leave something that is not right: between operations, and in
// them.
struct Kills {
  int tried = 0;
  int wrong = 0;
};

Kills TryKills(const MakeDisk& make) {
  Kills kills;
  LoopHost host;
  host.Run([&] {
    bool was_killed = false;
    for (size_t count = 0; count <= Steps().size(); ++count) {
      ++kills.tried;
      if (!Survives(make, count, UINT64_MAX, was_killed)) ++kills.wrong;
    }
    uint64_t left = 0;
    do {
      ++kills.tried;
      if (!Survives(make, Steps().size(), left++, was_killed)) ++kills.wrong;
    } while (was_killed);
  });
  return kills;
}

TEST(UnsyncedCutTest, WhatIsSyncedSurvivesAndNothingElse) {
  const Kills kills = TryKills(Right);
  EXPECT_GT(kills.tried, 120);
  EXPECT_EQ(kills.wrong, 0);
}

// Planted: all is written through at once.
TEST(UnsyncedCutTest, FindsADiskThatWritesThrough) {
  const Kills kills =
      TryKills([](MemoryFiles& files) -> absl::StatusOr<std::unique_ptr<Disk>> {
        return std::make_unique<MemoryDisk>(files);
      });
  EXPECT_GT(kills.wrong, 0);
}

// Planted: a disk of which one call says that it is done and does nothing.
class LazyDisk final : public Disk {
 public:
  enum class Lazy { kSync, kSyncDirectory };

  LazyDisk(std::unique_ptr<Disk> inner, Lazy lazy)
      : inner_(std::move(inner)), lazy_(lazy) {}

  absl::StatusOr<std::unique_ptr<File>> Open(std::string_view name,
                                             OpenMode mode) override {
    absl::StatusOr<std::unique_ptr<File>> file = inner_->Open(name, mode);
    if (!file.ok() || lazy_ != Lazy::kSync) return file;
    return std::make_unique<LazyFile>(*std::move(file));
  }
  absl::Status Rename(std::string_view from, std::string_view to) override {
    return inner_->Rename(from, to);
  }
  absl::Status Remove(std::string_view name) override {
    return inner_->Remove(name);
  }
  absl::StatusOr<std::vector<std::string>> List() override {
    return inner_->List();
  }
  absl::Status SyncDirectory() override {
    if (lazy_ == Lazy::kSyncDirectory) return absl::OkStatus();
    return inner_->SyncDirectory();
  }

 private:
  class LazyFile final : public File {
   public:
    explicit LazyFile(std::unique_ptr<File> inner) : inner_(std::move(inner)) {}
    absl::StatusOr<std::string> Read(uint64_t offset,
                                     uint64_t length) override {
      return inner_->Read(offset, length);
    }
    absl::Status Write(uint64_t offset, std::string_view bytes) override {
      return inner_->Write(offset, bytes);
    }
    absl::Status Append(std::string_view bytes) override {
      return inner_->Append(bytes);
    }
    absl::Status Truncate(uint64_t size) override {
      return inner_->Truncate(size);
    }
    absl::Status Sync() override { return absl::OkStatus(); }
    uint64_t Size() const override { return inner_->Size(); }

   private:
    const std::unique_ptr<File> inner_;
  };

  const std::unique_ptr<Disk> inner_;
  const Lazy lazy_;
};

TEST(UnsyncedCutTest, FindsADiskThatForgetsToSync) {
  for (const LazyDisk::Lazy lazy :
       {LazyDisk::Lazy::kSync, LazyDisk::Lazy::kSyncDirectory}) {
    const Kills kills = TryKills(
        [lazy](MemoryFiles& files) -> absl::StatusOr<std::unique_ptr<Disk>> {
          absl::StatusOr<std::unique_ptr<Disk>> disk = Right(files);
          if (!disk.ok()) return disk.status();
          return std::make_unique<LazyDisk>(*std::move(disk), lazy);
        });
    EXPECT_GT(kills.wrong, 0);
  }
}

}  // namespace
}  // namespace reprise
