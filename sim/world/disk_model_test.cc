// A random program on a disk that crashes at random times, against a model.
//
// The model knows of each byte when it was last written, of each file when a
// sync that has ended began, and what names the directory may come back with.
// It is written without a look at sectors: it says what must survive, and
// counts what became of the rest.

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/testing/files.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/testing/disk_host.h"

namespace reprise {
namespace {

// What crashes made of bytes that were not synced and differ from what was.
struct Outcomes {
  int64_t kept = 0;
  int64_t lost = 0;
  int64_t garbled = 0;
  int64_t mixed_sectors = 0;  // With kept and with lost bytes.
  int64_t sizes_lost = 0;
  int64_t old_names = 0;
  int64_t new_names = 0;
};

class FileModel {
 public:
  struct Sync {
    uint64_t writes = 0;
    std::string content = {};
  };

  void Write(uint64_t offset, const std::string& bytes) {
    const uint64_t end = offset + bytes.size();
    Grow(end);
    now_.replace(offset, bytes.size(), bytes);
    MarkWritten(offset, end);
  }
  void Truncate(uint64_t size) {
    if (size < now_.size()) MarkWritten(size, now_.size());
    Grow(size);
    now_.resize(size);
  }
  Sync BeginSync() const { return {writes_, now_}; }
  void EndSync(const Sync& sync) {
    if (sync.writes < synced_writes_) return;
    synced_writes_ = sync.writes;
    synced_ = sync.content;
  }
  const std::string& now() const { return now_; }

  // Judges what a crash has left, and goes on from there.
  void Crash(const std::string& found, Outcomes& outcomes) {
    ExpectPossibleSize(found.size(), outcomes);
    Grow(std::max(found.size(), synced_.size()));
    std::map<uint64_t, int> fates;  // By sector: 1 kept, 2 lost, 3 both.
    for (uint64_t at = 0; at < found.size(); ++at) {
      const char synced = at < synced_.size() ? synced_[at] : '\0';
      const char now = at < now_.size() ? now_[at] : '\0';
      if (written_[at] <= synced_writes_) {
        ASSERT_EQ(found[at], synced) << "a synced byte changed at " << at;
      } else if (now != synced) {
        int64_t& outcome = found[at] == now      ? outcomes.kept
                           : found[at] == synced ? outcomes.lost
                                                 : outcomes.garbled;
        ++outcome;
        if (found[at] == now) fates[at / kSectorBytes] |= 1;
        if (found[at] == synced) fates[at / kSectorBytes] |= 2;
      }
    }
    for (const auto& [sector, fate] : fates)
      outcomes.mixed_sectors += fate == 3;
    now_ = found;
    synced_ = found;
    synced_writes_ = ++writes_;
    written_.assign(found.size(), 0);
  }

 private:
  void Grow(uint64_t size) {
    if (written_.size() < size) written_.resize(size);
    if (now_.size() < size) now_.resize(size);
  }
  void MarkWritten(uint64_t begin, uint64_t end) {
    ++writes_;
    std::fill(written_.begin() + begin, written_.begin() + end, writes_);
  }
  void ExpectPossibleSize(uint64_t found, Outcomes& outcomes) {
    if (found != now_.size()) ++outcomes.sizes_lost;
    if (now_.size() >= synced_.size()) {
      EXPECT_GE(found, synced_.size());
      EXPECT_LE(found, now_.size());
    } else if (found != now_.size()) {
      EXPECT_EQ(found, synced_.size());
    }
  }

  std::string now_;
  std::string synced_;
  std::vector<uint64_t> written_;  // Of each byte the last write; 0: none.
  uint64_t writes_ = 0;
  uint64_t synced_writes_ = 0;  // That a sync has covered.
};

// Files bear their number in their first bytes, which are synced at once.
constexpr uint64_t kHeader = 8;
std::string Header(int file) {
  std::string text = absl::StrCat("file", file);
  text.resize(kHeader, '.');
  return text;
}

class DirectoryModel {
 public:
  using Names = std::map<std::string, int>;

  void Set(const std::string& name, int file) {
    Displace(name);
    names_[name] = file;
    bore_[file].insert(name);
  }
  void Remove(const std::string& name) { Displace(name); }
  void Rename(const std::string& from, const std::string& to) {
    const int file = names_.at(from);
    names_.erase(from);
    Set(to, file);
  }
  const Names& names() const { return names_; }

  // Everything that was done is durable. Only called where nothing was done
  // during the sync.
  void Sync() {
    synced_ = names_;
    bore_.clear();
    displaced_.clear();
    for (const auto& [name, file] : names_) bore_[file].insert(name);
  }

  void Crash(const Names& found, Outcomes& outcomes) {
    std::set<int> seen;
    for (const auto& [name, file] : found) {
      EXPECT_TRUE(seen.insert(file).second) << "two names for one file";
      EXPECT_EQ(bore_[file].count(name), 1u) << name << " never led to it";
      const auto now = names_.find(name);
      ++(now != names_.end() && now->second == file ? outcomes.new_names
                                                    : outcomes.old_names);
    }
    for (const auto& [name, file] : synced_) {
      if (displaced_.count(file) > 0) continue;
      EXPECT_EQ(seen.count(file), 1u) << "a durable file has no name";
    }
    names_ = found;
    Sync();
  }

 private:
  void Displace(const std::string& name) {
    const auto old = names_.find(name);
    if (old == names_.end()) return;
    displaced_.insert(old->second);
    names_.erase(old);
  }

  Names names_;
  Names synced_;
  std::map<int, std::set<std::string>> bore_;  // Names since the last sync.
  std::set<int> displaced_;                    // Removed or replaced since.
};

// The program, its model and the crashes of one seed.
class Exercise {
 public:
  Exercise(const DiskOptions& disks, Seed seed)
      : host_(disks, seed),
        random_(StreamKey(seed, "disk-model-test", "program")) {}

  void Run(int rounds, Outcomes& outcomes) {
    for (int round = 0; round < rounds; ++round) {
      // A task that changes files and names, two that sync files meanwhile.
      host_.node.Spawn([this](Env& env) { ChangeFiles(env); });
      host_.node.Spawn([this](Env& env) { SyncFiles(env); });
      host_.node.Spawn([this](Env& env) { SyncFiles(env); });
      host_.world.RunUntil(host_.world.now() +
                           Microseconds(random_.Uniform(1, 60'000)));
      host_.CrashAndRestart();
      host_.Run([&](Disk& disk) { Judge(disk, outcomes); });
    }
  }

 private:
  void ChangeFiles(Env& env) {
    Disk& disk = env.disk();
    for (;;) {
      const int64_t what = random_.Uniform(0, 19);
      const std::string name = absl::StrCat("name", random_.Uniform(0, 3));
      if (what == 0) {
        Create(disk, name);
      } else if (what == 1 && directory_.names().count(name) > 0) {
        const std::string to = absl::StrCat("name", random_.Uniform(0, 3));
        if (to == name) continue;
        directory_.Rename(name, to);
        EXPECT_TRUE(disk.Rename(name, to).ok());
      } else if (what == 2 && directory_.names().count(name) > 0) {
        directory_.Remove(name);
        EXPECT_TRUE(disk.Remove(name).ok());
      } else if (what == 3) {
        if (disk.SyncDirectory().ok()) directory_.Sync();
      } else if (directory_.names().count(name) > 0) {
        ChangeFile(disk, name);
      } else {
        env.clock().SleepFor(Microseconds(10));
      }
    }
  }

  void Create(Disk& disk, const std::string& name) {
    // Under a name of its own until its header is durable.
    const int number = ++last_file_;
    const std::string own = absl::StrCat("own", number);
    directory_.Set(own, number);
    FileModel& model = files_[number];
    const auto file = OpenFile(disk, own);
    model.Write(0, Header(number));
    EXPECT_TRUE(file->Append(Header(number)).ok());
    const FileModel::Sync sync = model.BeginSync();
    if (!file->Sync().ok()) return;
    model.EndSync(sync);
    directory_.Rename(own, name);
    EXPECT_TRUE(disk.Rename(own, name).ok());
  }

  void ChangeFile(Disk& disk, const std::string& name) {
    FileModel& model = files_.at(directory_.names().at(name));
    const auto file = OpenFile(disk, name);
    EXPECT_EQ(*file->Read(0, file->Size()), model.now());
    const uint64_t size = model.now().size();
    const auto offset = static_cast<uint64_t>(
        random_.Uniform(kHeader, std::min<int64_t>(size + 300, 5000)));
    if (random_.Chance({1, 8})) {
      model.Truncate(offset);
      EXPECT_TRUE(file->Truncate(offset).ok());
      return;
    }
    std::string bytes(random_.Uniform(1, 700), ' ');
    for (char& byte : bytes) byte = static_cast<char>(random_.Uniform(1, 255));
    if (random_.Chance({1, 2})) {
      model.Write(size, bytes);
      EXPECT_TRUE(file->Append(bytes).ok());
    } else {
      model.Write(offset, bytes);
      EXPECT_TRUE(file->Write(offset, bytes).ok());
    }
  }

  void SyncFiles(Env& env) {
    for (;;) {
      env.clock().SleepFor(Microseconds(random_.Uniform(1, 5000)));
      const std::string name = absl::StrCat("name", random_.Uniform(0, 3));
      const auto found = directory_.names().find(name);
      if (found == directory_.names().end()) continue;
      FileModel& model = files_.at(found->second);
      const auto file = env.disk().Open(name, OpenMode::kExisting);
      const FileModel::Sync sync = model.BeginSync();
      if (file.ok() && (*file)->Sync().ok()) model.EndSync(sync);
    }
  }

  void Judge(Disk& disk, Outcomes& outcomes) {
    DirectoryModel::Names found;
    const std::vector<std::string> names = *disk.List();
    for (const std::string& name : names) {
      const std::string content = ContentOf(disk, name);
      const int number = NumberOf(name, content);
      ASSERT_NE(number, 0) << name << " has lost its header";
      found[name] = number;
      files_.at(number).Crash(content, outcomes);
    }
    directory_.Crash(found, outcomes);
  }

  int NumberOf(const std::string& name, const std::string& content) const {
    // A file's own name never leads to another one.
    for (const auto& [number, model] : files_) {
      if (name == absl::StrCat("own", number)) return number;
    }
    for (const auto& [number, model] : files_) {
      if (content.starts_with(Header(number))) return number;
    }
    return 0;
  }

  DiskHost host_;
  RandomStream random_;
  std::map<int, FileModel> files_;
  DirectoryModel directory_;
  int last_file_ = 0;
};

Outcomes RunSeeds(const DiskOptions& disks, uint64_t seeds) {
  Outcomes outcomes;
  for (uint64_t seed = 0; seed < seeds; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Exercise(disks, Seed(seed)).Run(/*rounds=*/5, outcomes);
    if (testing::Test::HasFailure()) break;
  }
  return outcomes;
}

DelayOptions UpTo(Duration longest) {
  return {.minimum = {}, .maximum = longest};
}

// A slow disk whose crashes do everything but garble.
DiskOptions Lossy() {
  return {.read = UpTo(Microseconds(50)),
          .write = UpTo(Milliseconds(1)),
          .sync = UpTo(Milliseconds(10)),
          .sync_error = {1, 20},
          .sector_lost = {1, 4},
          .sector_torn = {1, 4},
          .size_lost = {1, 2},
          .name_lost = {1, 2}};
}

TEST(DiskModelTest, WhatWasSyncedSurvivesAndAllElseMayNot) {
  DiskOptions disks = Lossy();
  disks.sector_garbled = {1, 4};
  const Outcomes outcomes = RunSeeds(disks, 300);
  EXPECT_GT(outcomes.kept, 10'000);
  EXPECT_GT(outcomes.lost, 10'000);
  EXPECT_GT(outcomes.garbled, 10'000);
  EXPECT_GT(outcomes.mixed_sectors, 100);
  EXPECT_GT(outcomes.sizes_lost, 100);
  EXPECT_GT(outcomes.old_names, 100);
  EXPECT_GT(outcomes.new_names, 100);
}

TEST(DiskModelTest, AByteThatIsNotGarbledIsAsWrittenOrAsSynced) {
  const Outcomes outcomes = RunSeeds(Lossy(), 300);
  EXPECT_GT(outcomes.kept, 10'000);
  EXPECT_GT(outcomes.lost, 10'000);
  EXPECT_EQ(outcomes.garbled, 0);
}

TEST(DiskModelTest, ACalmCrashKeepsEverything) {
  const Outcomes outcomes = RunSeeds({}, 50);
  EXPECT_GT(outcomes.kept, 10'000);
  EXPECT_EQ(outcomes.lost, 0);
  EXPECT_EQ(outcomes.garbled, 0);
  EXPECT_EQ(outcomes.mixed_sectors, 0);
  EXPECT_EQ(outcomes.sizes_lost, 0);
  EXPECT_EQ(outcomes.old_names, 0);
}

}  // namespace
}  // namespace reprise
