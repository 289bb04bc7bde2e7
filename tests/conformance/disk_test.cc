#include "reprise/sim/env/disk.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/env/env.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

using absl::StatusCode;
using testing::ElementsAre;
using testing::IsEmpty;

class DiskTest : public ConformanceTest {
 protected:
  // Runs `main` with a new file of the name "file".
  void RunWithFile(const std::function<void(Env&, File&)>& main) {
    Run([&](Env& env) {
      absl::StatusOr<std::unique_ptr<File>> file =
          env.disk().Open("file", OpenMode::kCreate);
      ASSERT_TRUE(file.ok()) << file.status();
      main(env, **file);
    });
  }
};

INSTANTIATE_TEST_SUITE_P(Rigs, DiskTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(DiskTest, AnExistingFileIsNotFoundWhereThereIsNone) {
  Run([](Env& env) {
    EXPECT_EQ(env.disk().Open("none", OpenMode::kExisting).status().code(),
              StatusCode::kNotFound);
    EXPECT_THAT(*env.disk().List(), IsEmpty());
  });
}

TEST_P(DiskTest, CreateMakesAnEmptyFileWhereThereIsNone) {
  Run([](Env& env) {
    EXPECT_EQ(Create(env, "file", "content")->Size(), 7u);
    EXPECT_EQ(Create(env, "file")->Size(), 7u);
    EXPECT_EQ(Create(env, "other")->Size(), 0u);
    EXPECT_EQ(ContentOf(env, "file"), "content");
  });
}

TEST_P(DiskTest, WhatIsWrittenIsVisibleAtOnceToAllWhoHaveTheFileOpen) {
  RunWithFile([](Env& env, File& file) {
    const std::unique_ptr<File> other = Create(env, "file");
    EXPECT_TRUE(file.Append("abc").ok());
    EXPECT_EQ(other->Size(), 3u);
    EXPECT_EQ(*other->Read(0, 3), "abc");
    EXPECT_TRUE(other->Write(1, "X").ok());
    EXPECT_EQ(*file.Read(0, 3), "aXc");
  });
}

TEST_P(DiskTest, AReadIsShorterOnlyAtTheFilesEnd) {
  RunWithFile([](Env&, File& file) {
    EXPECT_TRUE(file.Append("0123456789").ok());
    EXPECT_EQ(*file.Read(2, 3), "234");
    EXPECT_EQ(*file.Read(8, 100), "89");
    EXPECT_EQ(*file.Read(10, 1), "");
    EXPECT_EQ(*file.Read(1'000'000, 1), "");
    EXPECT_EQ(*file.Read(3, 0), "");
  });
}

TEST_P(DiskTest, AWriteReplacesOrExtendsAndAGapReadsAsZeroBytes) {
  RunWithFile([](Env&, File& file) {
    EXPECT_TRUE(file.Write(0, "aaaa").ok());
    EXPECT_TRUE(file.Write(2, "bbbb").ok());
    EXPECT_EQ(*file.Read(0, 10), "aabbbb");
    EXPECT_TRUE(file.Write(2 * kSectorBytes, "c").ok());
    EXPECT_EQ(file.Size(), 2 * kSectorBytes + 1);
    EXPECT_EQ(*file.Read(6, 2 * kSectorBytes),
              std::string(2 * kSectorBytes - 6, '\0') + "c");
  });
}

TEST_P(DiskTest, AppendWritesAtTheFilesEnd) {
  RunWithFile([](Env&, File& file) {
    EXPECT_TRUE(file.Append("ab").ok());
    EXPECT_TRUE(file.Write(0, "X").ok());
    EXPECT_TRUE(file.Append(absl::string_view("cd")).ok());
    EXPECT_EQ(*file.Read(0, 10), "Xbcd");
    EXPECT_EQ(file.Size(), 4u);
  });
}

TEST_P(DiskTest, TruncateCutsOffOrExtendsByZeroBytes) {
  RunWithFile([](Env&, File& file) {
    EXPECT_TRUE(file.Append("abcdef").ok());
    EXPECT_TRUE(file.Truncate(2).ok());
    EXPECT_EQ(file.Size(), 2u);
    EXPECT_TRUE(file.Truncate(4).ok());
    EXPECT_EQ(*file.Read(0, 10), std::string("ab\0\0", 4));
    EXPECT_TRUE(file.Append("z").ok());
    EXPECT_EQ(*file.Read(0, 10), std::string("ab\0\0z", 5));
  });
}

TEST_P(DiskTest, AnyBytesOfAnyLengthAreKept) {
  RunWithFile([](Env&, File& file) {
    std::string all;
    for (int i = 0; i < 100'000; ++i) {
      all.push_back(static_cast<char>(i * 7 + i / 256));
    }
    EXPECT_TRUE(file.Append(all).ok());
    EXPECT_EQ(*file.Read(0, all.size()), all);
    EXPECT_EQ(*file.Read(511, 1026), all.substr(511, 1026));
  });
}

TEST_P(DiskTest, SyncsLeaveTheContentAsItIs) {
  RunWithFile([](Env& env, File& file) {
    EXPECT_TRUE(file.Append("abc").ok());
    EXPECT_TRUE(file.Sync().ok());
    EXPECT_TRUE(file.Sync().ok());
    EXPECT_TRUE(env.disk().SyncDirectory().ok());
    EXPECT_TRUE(file.Write(0, "X").ok());
    EXPECT_EQ(*file.Read(0, 3), "Xbc");
  });
}

TEST_P(DiskTest, RenameReplacesTheFileThatHasTheName) {
  Run([](Env& env) {
    Create(env, "old", "of old");
    Create(env, "new", "of new");
    EXPECT_TRUE(env.disk().Rename("old", "new").ok());
    EXPECT_EQ(ContentOf(env, "new"), "of old");
    EXPECT_THAT(*env.disk().List(), ElementsAre("new"));
    EXPECT_TRUE(env.disk().Rename("new", "third").ok());
    EXPECT_THAT(*env.disk().List(), ElementsAre("third"));
    EXPECT_EQ(ContentOf(env, "third"), "of old");
  });
}

TEST_P(DiskTest, RenameToItsOwnNameLeavesAFile) {
  Run([](Env& env) {
    Create(env, "file", "content");
    EXPECT_TRUE(env.disk().Rename("file", "file").ok());
    EXPECT_EQ(ContentOf(env, "file"), "content");
  });
}

TEST_P(DiskTest, WhatIsNotThereIsNeitherRenamedNorRemoved) {
  Run([](Env& env) {
    Create(env, "file", "content");
    EXPECT_EQ(env.disk().Rename("none", "file").code(), StatusCode::kNotFound);
    EXPECT_EQ(env.disk().Remove("none").code(), StatusCode::kNotFound);
    EXPECT_EQ(ContentOf(env, "file"), "content");
  });
}

TEST_P(DiskTest, ARemovedFileIsGone) {
  Run([](Env& env) {
    Create(env, "file", "content");
    EXPECT_TRUE(env.disk().Remove("file").ok());
    EXPECT_EQ(env.disk().Open("file", OpenMode::kExisting).status().code(),
              StatusCode::kNotFound);
    EXPECT_THAT(*env.disk().List(), IsEmpty());
    EXPECT_EQ(Create(env, "file")->Size(), 0u);
  });
}

TEST_P(DiskTest, RenamingOrRemovingItsNameDoesNotAffectAnOpenFile) {
  RunWithFile([](Env& env, File& file) {
    EXPECT_TRUE(file.Append("a").ok());
    EXPECT_TRUE(env.disk().Rename("file", "other").ok());
    EXPECT_TRUE(file.Append("b").ok());
    EXPECT_EQ(ContentOf(env, "other"), "ab");
    EXPECT_TRUE(env.disk().Remove("other").ok());
    const std::unique_ptr<File> next = Create(env, "other", "next");
    EXPECT_TRUE(file.Append("c").ok());
    EXPECT_TRUE(file.Sync().ok());
    EXPECT_EQ(*file.Read(0, 10), "abc");
    EXPECT_EQ(*next->Read(0, 10), "next");
  });
}

TEST_P(DiskTest, ListHasTheNamesOfAllFilesSorted) {
  Run([](Env& env) {
    for (const char* name : {"b", "a", "c", "B", "a1"}) Create(env, name);
    EXPECT_THAT(*env.disk().List(), ElementsAre("B", "a", "a1", "b", "c"));
  });
}

TEST_P(DiskTest, AnyNameWithoutASlashIsAName) {
  Run([](Env& env) {
    const std::vector<std::string> names = {" ",  "%41", ".",     "..",
                                            ".x", "a b", "a.tmp", "\xc3\xa4"};
    for (const std::string& name : names) Create(env, name, name);
    EXPECT_EQ(*env.disk().List(), names);
    for (const std::string& name : names) {
      EXPECT_EQ(ContentOf(env, name), name);
    }
  });
}

TEST_P(DiskTest, TasksUseOneFileAtTheSameTime) {
  RunWithFile([](Env& env, File& file) {
    std::vector<TaskHandle> tasks;
    for (const char* text : {"aa", "bb", "cc"}) {
      tasks.push_back(env.tasks().Spawn("writer", [&, text] {
        for (int i = 0; i < 5; ++i) {
          EXPECT_TRUE(file.Append(text).ok());
          EXPECT_TRUE(file.Sync().ok());
        }
      }));
    }
    for (const TaskHandle& task : tasks) task.Join();
    const std::string content = *file.Read(0, 100);
    ASSERT_EQ(content.size(), 30u);
    for (int i = 0; i < 30; i += 2) EXPECT_EQ(content[i], content[i + 1]);
  });
}

TEST_P(DiskTest, ATaskThatIsCancelledInAnOperationLeavesTheDiskInOrder) {
  RunWithFile([](Env& env, File& file) {
    const TaskHandle task = env.tasks().Spawn("writer", [&] {
      for (;;) {
        EXPECT_TRUE(file.Append("x").ok());
        EXPECT_TRUE(file.Sync().ok());
      }
    });
    env.clock().SleepFor(Milliseconds(5));
    task.Cancel();
    EXPECT_TRUE(file.Truncate(0).ok());
    EXPECT_TRUE(file.Append("after").ok());
    EXPECT_TRUE(file.Sync().ok());
    EXPECT_EQ(ContentOf(env, "file"), "after");
  });
}

}  // namespace
}  // namespace reprise
