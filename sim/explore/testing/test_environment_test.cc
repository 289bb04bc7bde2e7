// tidy: allow-file(environment) It plays Bazel's part.

#include "reprise/sim/explore/testing/test_environment.h"

#include <cstdlib>
#include <filesystem>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// Begins without any of the variables that matter.
class TestEnvironmentTest : public testing::Test {
 protected:
  TestEnvironmentTest() {
    for (const char* name :
         {"REPRISE_SEEDS", "TEST_TOTAL_SHARDS", "TEST_SHARD_INDEX",
          "TEST_SHARD_STATUS_FILE", "GTEST_TOTAL_SHARDS", "GTEST_SHARD_INDEX",
          "GTEST_SHARD_STATUS_FILE", "TEST_RUN_NUMBER", "TEST_RANDOM_SEED",
          "TEST_TIMEOUT", "TEST_UNDECLARED_OUTPUTS_DIR"}) {
      unsetenv(name);
    }
  }

  void Set(const char* name, const std::string& value) {
    setenv(name, value.c_str(), /*overwrite=*/1);
  }
};

TEST_F(TestEnvironmentTest, NothingIsNeeded) {
  const TestEnvironment environment = *ReadTestEnvironment();
  EXPECT_FALSE(environment.seeds);
  EXPECT_EQ(environment.shard_total, 1u);
  EXPECT_EQ(environment.run_number, 1u);
  EXPECT_FALSE(environment.seconds_left);
  EXPECT_EQ(environment.outputs_folder, "");
}

TEST_F(TestEnvironmentTest, ReadsWhatBazelSets) {
  Set("REPRISE_SEEDS", "417..420");
  Set("TEST_TOTAL_SHARDS", "4");
  Set("TEST_SHARD_INDEX", "3");
  Set("TEST_RUN_NUMBER", "7");
  Set("TEST_TIMEOUT", "300");
  Set("TEST_UNDECLARED_OUTPUTS_DIR", "/outputs");
  const TestEnvironment environment = *ReadTestEnvironment();
  EXPECT_EQ(environment.seeds, (SeedRange{.first = 417, .count = 4}));
  EXPECT_EQ(environment.shard_total, 4u);
  EXPECT_EQ(environment.shard_index, 3u);
  EXPECT_EQ(environment.run_number, 7u);
  ASSERT_TRUE(environment.seconds_left);
  EXPECT_LE(*environment.seconds_left, 270);
  EXPECT_GT(*environment.seconds_left, 200);
  EXPECT_EQ(environment.outputs_folder, "/outputs");
}

TEST_F(TestEnvironmentTest, ReadsAShareOfTheSeeds) {
  EXPECT_EQ(ReadTestEnvironment()->percent, 100u);
  Set("REPRISE_SEEDS", "25%");
  EXPECT_EQ(ReadTestEnvironment()->percent, 25u);
  EXPECT_FALSE(ReadTestEnvironment()->seeds);
  for (const char* text : {"%", "0%", "101%", "2.5%", "25%%"}) {
    Set("REPRISE_SEEDS", text);
    EXPECT_THAT(ReadTestEnvironment().status().message(),
                AllOf(HasSubstr("REPRISE_SEEDS"), HasSubstr("from 1 to 100")))
        << text;
  }
}

TEST_F(TestEnvironmentTest, RefusesWhatItCannotUnderstand) {
  Set("REPRISE_SEEDS", "many");
  EXPECT_THAT(ReadTestEnvironment().status().message(), HasSubstr("\"many\""));
  Set("REPRISE_SEEDS", "5");
  Set("TEST_TIMEOUT", "soon");
  EXPECT_THAT(ReadTestEnvironment().status().message(), HasSubstr("\"soon\""));
  Set("TEST_TIMEOUT", "60");
  Set("TEST_TOTAL_SHARDS", "2");
  Set("TEST_SHARD_INDEX", "2");
  EXPECT_FALSE(ReadTestEnvironment().ok());
}

TEST_F(TestEnvironmentTest, SeedsAreNotSharedWhereTestsAre) {
  Set("TEST_TOTAL_SHARDS", "4");
  Set("TEST_SHARD_INDEX", "3");
  Set("GTEST_TOTAL_SHARDS", "4");
  EXPECT_EQ(ReadTestEnvironment()->shard_total, 1u);
}

TEST_F(TestEnvironmentTest, BeginningFollowsTheShardProtocol) {
  const std::string path = testing::TempDir() + "/shard_status";
  std::filesystem::remove(path);
  Set("TEST_SHARD_STATUS_FILE", path);
  Set("TEST_TOTAL_SHARDS", "4");
  Set("TEST_SHARD_INDEX", "3");
  Set("GTEST_TOTAL_SHARDS", "4");
  Set("GTEST_SHARD_INDEX", "3");
  BeginSweepTests();
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_EQ(std::getenv("GTEST_TOTAL_SHARDS"), nullptr);
  EXPECT_EQ(ReadTestEnvironment()->shard_total, 4u);
}

}  // namespace
}  // namespace reprise
