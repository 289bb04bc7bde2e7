// Text of every kind goes into trials, worlds, recorders and envs without a
// cast: that this compiles is most of the test.

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

template <typename Text>
void UseEnv(Env& env, NodeId server, const Text& text) {
  env.network().Serve(text, [](NodeId, Bytes request) { return request; });
  EXPECT_TRUE(env.network().Call(server, text, "request").ok());
  env.tasks().Spawn(text, [] {});
  const absl::StatusOr<std::unique_ptr<File>> file =
      env.disk().Open(text, OpenMode::kCreate);
  ASSERT_TRUE(file.ok());
  EXPECT_TRUE((*file)->Append(text).ok());
  EXPECT_TRUE((*file)->Write(0, text).ok());
  EXPECT_TRUE(env.disk().Remove(text).ok());
}

template <typename Text>
void UseText(const Text& text) {
  const TrialOptions options = {};
  TrialArena arena;
  Trial trial(options, arena, "texts");
  World& world = trial.NewWorld(fault::Calm());
  Recorder<checker::KeyValueModel> recorder(trial);
  Node& node = world.AddNode(text);
  node.Spawn(text, [&](Env& env) {
    UseEnv(env, env.id(), text);
    using checker::OperationKind;
    const auto put =
        recorder.Invoke(checker::Caller(), OperationKind::kPut, text, text);
    recorder.Return(put, "");
    const auto get =
        recorder.Invoke(checker::Caller(), OperationKind::kGet, text, "");
    recorder.Return(get, text);
  });
  world.Note(text);
  EXPECT_EQ(trial.Option(text, 7), 7);
  trial.Run();
  trial.Expect(true, text, text);
  trial.Expect(Linearizable(recorder));
  EXPECT_EQ(trial.Finish().verdict.kind, VerdictKind::kHolds);
  EXPECT_EQ(absl::StrCat(ToAbsl(node.name()), "!"), "text!");
  EXPECT_EQ(NodeName(text, 3), "text-3");
}

TEST(TrialTextTest, TextOfEveryKindNeedsNoCast) {
  UseText(std::string_view("text"));
  UseText(std::string("text"));
  UseText(absl::string_view("text"));
  UseText("text");
}

TEST(TrialTextTest, EvidenceComesFromAnyText) {
  const TrialOptions options = {};
  TrialArena arena;
  Trial trial(options, arena);
  const absl::Status status = absl::NotFoundError("no log");
  trial.Undecided(status.message());
  trial.Violate(absl::string_view("log"), status.message());
  trial.ViolateAndStop(std::string("log"), "again");
  EXPECT_EQ(trial.Finish().verdict.property, "log");
}

}  // namespace
}  // namespace reprise
