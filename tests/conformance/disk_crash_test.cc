// What a crash leaves on a disk: sim/env/disk.h.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

using absl::StatusCode;

class DiskCrashTest : public ConformanceTest {
 protected:
  using Step = std::function<void(Env&)>;

  // Runs `before` on a node, crashes the node and runs `after` on it.
  void RunWithCrash(const Step& before, const Step& after) {
    std::atomic<int> boots = 0;
    std::atomic<int> done = 0;
    const NodeId node = rig().AddNode("node", [&](Env& env) {
      (++boots == 1 ? before : after)(env);
      ++done;
      env.tasks().WaitUntilStopped();
    });
    Run([&](Env& env) {
      EXPECT_TRUE(WaitUntil(env, [&] { return done == 1; }));
      rig().Crash(node);
      rig().Restart(node);
      EXPECT_TRUE(WaitUntil(env, [&] { return done == 2; }));
    });
  }
};

INSTANTIATE_TEST_SUITE_P(Rigs, DiskCrashTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

// A file of this content, which is durable, as its name is.
std::unique_ptr<File> CreateDurable(Env& env, std::string_view name,
                                    std::string_view content) {
  std::unique_ptr<File> file = Create(env, name, content);
  EXPECT_TRUE(file->Sync().ok());
  EXPECT_TRUE(env.disk().SyncDirectory().ok());
  return file;
}

TEST_P(DiskCrashTest, WhatWasSyncedSurvivesACrash) {
  RunWithCrash([](Env& env) { CreateDurable(env, "file", "content"); },
               [](Env& env) { EXPECT_EQ(ContentOf(env, "file"), "content"); });
}

TEST_P(DiskCrashTest, AFileOfManySectorsSurvivesWithAllOfItsLength) {
  const std::string content(3 * kSectorBytes + 17, 'x');
  RunWithCrash([&](Env& env) { CreateDurable(env, "file", content); },
               [&](Env& env) { EXPECT_EQ(ContentOf(env, "file"), content); });
}

TEST_P(DiskCrashTest, AByteThatWasSyncedAndNotWrittenAgainIsUnchanged) {
  RunWithCrash(
      [](Env& env) {
        const auto file = CreateDurable(env, "file", "0123456789");
        EXPECT_TRUE(file->Write(3, "X").ok());
        EXPECT_TRUE(file->Append("more").ok());
      },
      [](Env& env) {
        const std::string content = ContentOf(env, "file");
        ASSERT_GE(content.size(), 10u);
        EXPECT_EQ(content.substr(0, 3), "012");
        EXPECT_EQ(content.substr(4, 6), "456789");
      });
}

TEST_P(DiskCrashTest, ACrashInsideAnOperationLosesNothingThatWasSynced) {
  std::atomic<int> boots = 0;
  std::atomic<uint64_t> synced = 0;
  std::atomic<bool> is_right = false;
  const NodeId node = rig().AddNode("node", [&](Env& env) {
    if (++boots == 1) {
      const auto file = CreateDurable(env, "file", "");
      for (;;) {
        EXPECT_TRUE(file->Append("xxxxxxx").ok());
        EXPECT_TRUE(file->Sync().ok());
        synced = file->Size();
      }
    }
    const std::string content = ContentOf(env, "file");
    is_right =
        content.size() >= synced && content.find_first_not_of('x') >= synced;
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    EXPECT_TRUE(WaitUntil(env, [&] { return synced >= 21; }));
    rig().Crash(node);
    rig().Restart(node);
    EXPECT_TRUE(WaitUntil(env, [&] { return is_right.load(); }));
  });
}

TEST_P(DiskCrashTest, ASyncedTruncationSurvives) {
  RunWithCrash(
      [](Env& env) {
        const auto file = CreateDurable(env, "file", "0123456789");
        EXPECT_TRUE(file->Truncate(4).ok());
        EXPECT_TRUE(file->Sync().ok());
      },
      [](Env& env) { EXPECT_EQ(ContentOf(env, "file"), "0123"); });
}

TEST_P(DiskCrashTest, ASyncedRenameSurvives) {
  RunWithCrash(
      [](Env& env) {
        CreateDurable(env, "file", "old");
        CreateDurable(env, "file.new", "new");
        EXPECT_TRUE(env.disk().Rename("file.new", "file").ok());
        EXPECT_TRUE(env.disk().SyncDirectory().ok());
      },
      [](Env& env) {
        EXPECT_EQ(ContentOf(env, "file"), "new");
        EXPECT_EQ(ContentOf(env, "file.new"), "(none)");
      });
}

TEST_P(DiskCrashTest, ARenameIsAtomicWhetherSyncedOrNot) {
  RunWithCrash(
      [](Env& env) {
        CreateDurable(env, "file", "old");
        CreateDurable(env, "file.new", "new");
        EXPECT_TRUE(env.disk().Rename("file.new", "file").ok());
      },
      [](Env& env) {
        const bool has_happened = ContentOf(env, "file") == "new" &&
                                  ContentOf(env, "file.new") == "(none)";
        const bool has_not = ContentOf(env, "file") == "old" &&
                             ContentOf(env, "file.new") == "new";
        EXPECT_TRUE(has_happened || has_not)
            << ContentOf(env, "file") << ", " << ContentOf(env, "file.new");
      });
}

TEST_P(DiskCrashTest, ASyncedRemovalSurvives) {
  RunWithCrash(
      [](Env& env) {
        CreateDurable(env, "file", "content");
        EXPECT_TRUE(env.disk().Remove("file").ok());
        EXPECT_TRUE(env.disk().SyncDirectory().ok());
      },
      [](Env& env) {
        EXPECT_EQ(ContentOf(env, "file"), "(none)");
        EXPECT_TRUE(env.disk().List()->empty());
      });
}

TEST_P(DiskCrashTest, ADiskThatKeepsUnsyncedContentHasItAfterACrash) {
  if (const auto why = Lacks(RigTrait::kKeepsUnsynced)) GTEST_SKIP() << *why;
  RunWithCrash(
      [](Env& env) {
        EXPECT_TRUE(CreateDurable(env, "file", "a")->Append("b").ok());
        EXPECT_TRUE(env.disk().Rename("file", "other").ok());
      },
      [](Env& env) { EXPECT_EQ(ContentOf(env, "other"), "ab"); });
}

TEST_P(DiskCrashTest, WhatWasWrittenIsDurableOnlyAfterASync) {
  if (const auto why = Lacks(RigTrait::kForgetsUnsynced)) GTEST_SKIP() << *why;
  RunWithCrash(
      [](Env& env) {
        const auto file = CreateDurable(env, "file", "abc");
        EXPECT_TRUE(file->Write(1, "X").ok());
        EXPECT_TRUE(file->Append("def").ok());
        EXPECT_EQ(*file->Read(0, 10), "aXcdef");
      },
      [](Env& env) {
        const std::string content = ContentOf(env, "file");
        EXPECT_EQ(content.substr(0, 3), "abc");
        // Of its growth there may be some, but not what was written.
        EXPECT_EQ(content.find_first_of("Xdef"), std::string::npos);
      });
}

TEST_P(DiskCrashTest, ANameIsDurableOnlyAfterASyncOfTheDirectory) {
  if (const auto why = Lacks(RigTrait::kForgetsUnsynced)) GTEST_SKIP() << *why;
  RunWithCrash(
      [](Env& env) {
        CreateDurable(env, "renamed", "1");
        CreateDurable(env, "removed", "2");
        const auto file = env.disk().Open("created", OpenMode::kCreate);
        EXPECT_TRUE((*file)->Append("3").ok());
        EXPECT_TRUE((*file)->Sync().ok());
        EXPECT_TRUE(env.disk().Rename("renamed", "other").ok());
        EXPECT_TRUE(env.disk().Remove("removed").ok());
      },
      [](Env& env) {
        EXPECT_EQ(ContentOf(env, "renamed"), "1");
        EXPECT_EQ(ContentOf(env, "removed"), "2");
        EXPECT_EQ(ContentOf(env, "created"), "(none)");
        EXPECT_EQ(ContentOf(env, "other"), "(none)");
      });
}

TEST_P(DiskCrashTest, AFileOpenedBeforeTheCrashAnswersCancelledForEver) {
  if (const auto why = Lacks(RigTrait::kDiskOutlivesCrash)) {
    GTEST_SKIP() << *why;
  }
  std::unique_ptr<File> file;
  RunWithCrash([&](Env& env) { file = CreateDurable(env, "file", "content"); },
               [&](Env& env) {
                 EXPECT_EQ(file->Append("more").code(), StatusCode::kCancelled);
                 EXPECT_EQ(file->Write(0, "X").code(), StatusCode::kCancelled);
                 EXPECT_EQ(file->Truncate(0).code(), StatusCode::kCancelled);
                 EXPECT_EQ(file->Sync().code(), StatusCode::kCancelled);
                 EXPECT_EQ(file->Read(0, 1).status().code(),
                           StatusCode::kCancelled);
                 EXPECT_EQ(ContentOf(env, "file"), "content");
                 file = nullptr;
               });
}

TEST_P(DiskCrashTest, EachNodeHasADiskOfItsOwn) {
  std::atomic<bool> is_done = false;
  rig().AddNode("other", [&](Env& env) {
    CreateDurable(env, "file", "of other");
    is_done = true;
    env.tasks().WaitUntilStopped();
  });
  Run([&](Env& env) {
    EXPECT_TRUE(WaitUntil(env, [&] { return is_done.load(); }));
    EXPECT_EQ(ContentOf(env, "file"), "(none)");
    CreateDurable(env, "file", "of main");
    EXPECT_EQ(ContentOf(env, "file"), "of main");
  });
}

}  // namespace
}  // namespace reprise
