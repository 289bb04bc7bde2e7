#include "reprise/kv/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "reprise/kv/service.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"

namespace reprise::kv {
namespace {

Bytes RandomRequest(RandomStream& draws, uint64_t sequence) {
  const auto kind = static_cast<RequestKind>(draws.Uniform(1, 3));
  const std::string key = absl::StrCat(draws.Uniform(0, 4));
  const std::string value(draws.Uniform(0, 30), 'a');
  return EncodeRequest({.kind = kind,
                        .client = static_cast<uint64_t>(draws.Uniform(0, 5)),
                        .sequence = sequence,
                        .key = key,
                        .value = kind == RequestKind::kGet ? "" : value});
}

std::string Answer(Service& service, const Bytes& request) {
  const absl::StatusOr<Bytes> reply = service.Handle(request);
  return reply.ok() ? *reply : reply.status().ToString();
}

Bytes SmallSnapshot() {
  Service service;
  RandomStream draws(StreamKey(Seed(1), "snapshot-test", "small"));
  for (uint64_t i = 1; i <= 40; ++i) {
    Answer(service, RandomRequest(draws, i));
  }
  return service.Snapshot();
}

TEST(SnapshotTest, WhatIsReadBackAnswersAsTheOriginal) {
  RandomStream draws(StreamKey(Seed(1), "snapshot-test", "twins"));
  for (int round = 0; round < 100; ++round) {
    Service original;
    Service twin;
    for (uint64_t i = 1; i <= 100; ++i) {
      Answer(original, RandomRequest(draws, i));
    }
    const Bytes snapshot = original.Snapshot();
    ASSERT_TRUE(twin.Restore(snapshot).ok());
    EXPECT_EQ(twin.Snapshot(), snapshot);
    // Sequence numbers from the past on: stale, repeated and new requests.
    for (uint64_t i = 60; i <= 160; ++i) {
      const Bytes request = RandomRequest(draws, i);
      ASSERT_EQ(Answer(twin, request), Answer(original, request));
    }
    EXPECT_EQ(twin.Snapshot(), original.Snapshot());
  }
}

TEST(SnapshotTest, HoldsWhatIsOwedOfAReplacedValue) {
  Store store;
  LastRequestTable table;
  const Request append = {
      .kind = RequestKind::kAppend, .client = 1, .sequence = 1};
  store.Put("k", "abc");
  table.Remember(append, store.Append("k", std::string(1000, 'd')));
  store.Put("k", "new");
  const Bytes snapshot = EncodeSnapshot(store, table);
  EXPECT_LT(snapshot.size(), 200u);

  Store other_store;
  LastRequestTable other_table;
  ASSERT_TRUE(DecodeSnapshot(snapshot, other_store, other_table).ok());
  EXPECT_EQ(other_store.Get("k"), "new");
  EXPECT_EQ(other_table.OldValueFor(append), "abc");
}

TEST(SnapshotTest, OldValuesShareTheirBytes) {
  Store store;
  LastRequestTable table;
  store.Put("k", std::string(10'000, 'a'));
  for (uint64_t client = 1; client <= 100; ++client) {
    table.Remember(
        {.kind = RequestKind::kAppend, .client = client, .sequence = 1},
        store.Append("k", "b"));
  }
  EXPECT_LT(EncodeSnapshot(store, table).size(), 20'000u);
}

TEST(SnapshotTest, WhatIsCutShortOrTooLongIsRefused) {
  const Bytes snapshot = SmallSnapshot();
  for (size_t size = 0; size < snapshot.size(); ++size) {
    Service service;
    EXPECT_TRUE(absl::IsInvalidArgument(
        service.Restore(std::string_view(snapshot).substr(0, size))))
        << size;
  }
  Service service;
  EXPECT_TRUE(absl::IsInvalidArgument(service.Restore(snapshot + "x")));
}

TEST(SnapshotTest, MutatedSnapshotsAreRefusedOrUsable) {
  const Bytes snapshot = SmallSnapshot();
  RandomStream draws(StreamKey(Seed(1), "snapshot-test", "mutations"));
  int refused = 0;
  for (int i = 0; i < 5000; ++i) {
    Bytes mutated = snapshot;
    for (int64_t left = draws.Uniform(1, 3); left > 0; --left) {
      const auto at = static_cast<size_t>(
          draws.Uniform(0, static_cast<int64_t>(snapshot.size()) - 1));
      mutated[at] = static_cast<char>(draws.Next());
    }
    Service service;
    if (!service.Restore(mutated).ok()) {
      ++refused;
      continue;
    }
    for (uint64_t sequence = 30; sequence < 50; ++sequence) {
      Answer(service, RandomRequest(draws, sequence));
    }
    EXPECT_FALSE(service.Snapshot().empty());
  }
  EXPECT_GT(refused, 1000);
  EXPECT_LT(refused, 4900);
}

TEST(SnapshotTest, CountsChangesOnly) {
  Service service;
  const Request put = {.kind = RequestKind::kPut, .client = 1, .sequence = 1};
  Answer(service, EncodeRequest(put));
  Answer(service, EncodeRequest(put));
  Answer(service, EncodeRequest({.client = 1, .sequence = 2}));
  Answer(service, EncodeRequest(put));
  EXPECT_EQ(service.changes(), 1u);
  Answer(service,
         EncodeRequest(
             {.kind = RequestKind::kAppend, .client = 1, .sequence = 3}));
  EXPECT_EQ(service.changes(), 2u);
}

}  // namespace
}  // namespace reprise::kv
