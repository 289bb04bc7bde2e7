#include "reprise/kv/storage/log.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"

namespace reprise::kv {
namespace {

using testing::ElementsAre;

constexpr uint64_t kGeneration = 7;

Bytes LogOf(const std::vector<std::string>& payloads) {
  Bytes log;
  for (const std::string& payload : payloads) {
    log += EncodeRecord(kGeneration, log.size(), payload);
  }
  return log;
}

TEST(LogTest, ReadsBackItsRecords) {
  const Bytes log = LogOf({"a", "", std::string(1000, '\0'), "d"});
  const auto records = ReadRecords(kGeneration, log);
  ASSERT_TRUE(records.ok()) << records.status();
  EXPECT_THAT(*records, ElementsAre("a", "", std::string(1000, '\0'), "d"));
}

TEST(LogTest, EachPrefixHoldsItsWholeRecords) {
  const std::vector<std::string> payloads = {"first", "second", "third"};
  const Bytes log = LogOf(payloads);
  size_t whole = 0;
  for (size_t size = 0; size <= log.size(); ++size) {
    while (whole < payloads.size() &&
           LogOf({payloads.begin(), payloads.begin() + whole + 1}).size() <=
               size) {
      ++whole;
    }
    const std::string_view prefix = std::string_view(log).substr(0, size);
    const auto records = ReadRecords(kGeneration, prefix);
    ASSERT_TRUE(records.ok()) << size << " " << records.status();
    EXPECT_EQ(records->size(), whole) << size;
  }
}

TEST(LogTest, ATornOrGarbledLastRecordIsCutOff) {
  const Bytes good = LogOf({"first", "second"});
  const Bytes last = EncodeRecord(kGeneration, good.size(), "the last one");
  RandomStream draws(StreamKey(Seed(1), "log-test", "garble"));
  for (size_t from = 0; from < last.size(); ++from) {
    Bytes torn = last;
    torn.replace(from, last.size() - from, last.size() - from, '\0');
    Bytes garbled = last;
    garbled[from] ^= static_cast<char>(draws.Uniform(1, 255));
    for (const Bytes& tail : {torn, garbled}) {
      const Bytes log = good + tail;
      const auto records = ReadRecords(kGeneration, log);
      ASSERT_TRUE(records.ok()) << records.status();
      EXPECT_THAT(*records, ElementsAre("first", "second"));
    }
  }
}

TEST(LogTest, DamageBeforeTheLastRecordIsReported) {
  const Bytes good = LogOf({"first", "second", "third"});
  const size_t last = LogOf({"first", "second"}).size();
  for (size_t at = 0; at < last; ++at) {
    Bytes log = good;
    log[at] ^= 1;
    const auto records = ReadRecords(kGeneration, log);
    EXPECT_TRUE(absl::IsDataLoss(records.status())) << at;
  }
}

TEST(LogTest, RecordsOfOtherLogsAndPlacesAreNotTaken) {
  const Bytes other = EncodeRecord(kGeneration + 1, 0, "a");
  EXPECT_TRUE(ReadRecords(kGeneration, other)->empty());
  const Bytes misplaced = EncodeRecord(kGeneration, 1, "a");
  EXPECT_TRUE(ReadRecords(kGeneration, misplaced)->empty());
}

TEST(LogTest, RandomBytesHoldNoRecord) {
  RandomStream draws(StreamKey(Seed(1), "log-test", "random"));
  for (int i = 0; i < 2000; ++i) {
    Bytes log(draws.Uniform(0, 200), '\0');
    const int64_t zeros = draws.Uniform(0, 200);
    for (size_t at = 0; at < log.size(); ++at) {
      if (static_cast<int64_t>(at) >= zeros) {
        log[at] = static_cast<char>(draws.Next());
      }
    }
    const auto records = ReadRecords(kGeneration, log);
    ASSERT_TRUE(records.ok());
    EXPECT_TRUE(records->empty());
  }
}

}  // namespace
}  // namespace reprise::kv
