#include "reprise/sim/trace/digest.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"

namespace reprise {
namespace {

constexpr int kFields = 9;

// The bits of each field, in the order of the struct. A field that is added
// there does not compile here until it is listed.
std::vector<int> FieldBits() {
  const auto [time, kind, method, node, peer, id, value, bytes, hash] =
      TraceEvent();
  return {8 * sizeof(time),  8 * sizeof(kind),  8 * sizeof(method),
          8 * sizeof(node),  8 * sizeof(peer),  8 * sizeof(id),
          8 * sizeof(value), 8 * sizeof(bytes), 8 * sizeof(hash)};
}

void FlipBit(TraceEvent& event, int field, int bit) {
  const uint64_t mask = uint64_t{1} << bit;
  const auto flip = [mask](uint64_t word) { return word ^ mask; };
  auto& [time, kind, method, node, peer, id, value, bytes, hash] = event;
  switch (field) {
    case 0:
      time = VirtualTime::Nanoseconds(static_cast<int64_t>(
          flip(static_cast<uint64_t>(time.nanoseconds()))));
      break;
    case 1:
      kind = static_cast<EventKind>(flip(static_cast<uint64_t>(kind)));
      break;
    case 2:
      method = static_cast<uint32_t>(flip(method));
      break;
    case 3:
      node = NodeId(static_cast<uint32_t>(flip(node.value())));
      break;
    case 4:
      peer = NodeId(static_cast<uint32_t>(flip(peer.value())));
      break;
    case 5:
      id = flip(id);
      break;
    case 6:
      value = flip(value);
      break;
    case 7:
      bytes = flip(bytes);
      break;
    case 8:
      hash = flip(hash);
      break;
  }
}

TraceEvent RandomEvent(RandomStream& random) {
  TraceEvent event;
  event.time = VirtualTime::Nanoseconds(random.Uniform(0, INT64_MAX));
  event.kind = static_cast<EventKind>(random.Uniform(0, 19));
  event.method = static_cast<uint32_t>(random.Next());
  event.node = NodeId(static_cast<uint32_t>(random.Next()));
  event.peer = NodeId(static_cast<uint32_t>(random.Next()));
  event.id = random.Next();
  event.value = random.Next();
  event.bytes = random.Next();
  event.hash = random.Next();
  return event;
}

std::vector<TraceEvent> RandomEvents(uint64_t seed, int count) {
  RandomStream random(StreamKey(Seed(seed), "digest-test", "events"));
  std::vector<TraceEvent> events;
  for (int i = 0; i < count; ++i) events.push_back(RandomEvent(random));
  return events;
}

uint64_t DigestOf(const std::vector<TraceEvent>& events) {
  Digest digest;
  for (const TraceEvent& event : events) digest.Add(event);
  return digest.Value();
}

// Flips each bit of each field of each event, alone, and expects that no two of
// all these sequences share a digest.
void ExpectEachBitCounts(std::vector<TraceEvent> events) {
  const std::vector<int> bits = FieldBits();
  ASSERT_EQ(bits.size(), size_t{kFields});
  std::set<uint64_t> digests = {DigestOf(events)};
  size_t sequences = 1;
  for (TraceEvent& event : events) {
    for (int field = 0; field < kFields; ++field) {
      for (int bit = 0; bit < bits[field]; ++bit) {
        FlipBit(event, field, bit);
        digests.insert(DigestOf(events));
        ++sequences;
        ASSERT_EQ(digests.size(), sequences)
            << "field " << field << ", bit " << bit;
        FlipBit(event, field, bit);
      }
    }
  }
}

TEST(DigestTest, EachBitOfEachFieldOfEachEventCounts) {
  for (uint64_t seed = 0; seed < 10; ++seed) {
    ExpectEachBitCounts(RandomEvents(seed, 8));
  }
}

TEST(DigestTest, EachBitCountsWhereAllOthersAreZero) {
  ExpectEachBitCounts(std::vector<TraceEvent>(4));
}

// Real events differ in a few low bits of few fields.
TEST(DigestTest, SmallEventsDiffer) {
  std::set<uint64_t> digests;
  size_t sequences = 0;
  for (uint64_t time = 0; time < 8; ++time) {
    for (uint64_t id = 0; id < 8; ++id) {
      for (uint64_t value = 0; value < 8; ++value) {
        for (uint32_t node = 0; node < 4; ++node) {
          for (uint32_t peer = 0; peer < 4; ++peer) {
            TraceEvent event;
            event.time = VirtualTime::Nanoseconds(static_cast<int64_t>(time));
            event.id = id;
            event.value = value;
            event.node = NodeId(node);
            event.peer = NodeId(peer);
            digests.insert(DigestOf({event}));
            ++sequences;
          }
        }
      }
    }
  }
  EXPECT_EQ(digests.size(), sequences);
}

TEST(DigestTest, TheOrderCounts) {
  std::vector<TraceEvent> events = RandomEvents(1, 8);
  std::set<uint64_t> digests = {DigestOf(events)};
  for (size_t i = 0; i + 1 < events.size(); ++i) {
    std::swap(events[i], events[i + 1]);
    EXPECT_TRUE(digests.insert(DigestOf(events)).second);
    std::swap(events[i], events[i + 1]);
  }
}

TEST(DigestTest, TheNumberCounts) {
  std::set<uint64_t> digests;
  for (int count = 0; count < 100; ++count) {
    EXPECT_TRUE(digests.insert(DigestOf(std::vector<TraceEvent>(count))).second)
        << count;
  }
}

// Each bit of contents of every length up to where all are hashed alike.
TEST(HashContentTest, EachBitCounts) {
  std::set<uint64_t> hashes;
  size_t contents = 0;
  for (size_t size = 0; size < 150; ++size) {
    std::string content(size, '\0');
    hashes.insert(HashContent(content));
    ++contents;
    for (size_t bit = 0; bit < size * 8; ++bit) {
      const auto mask = static_cast<char>(1 << bit % 8);
      content[bit / 8] ^= mask;
      hashes.insert(HashContent(content));
      ++contents;
      ASSERT_EQ(hashes.size(), contents) << size << " bytes, bit " << bit;
      content[bit / 8] ^= mask;
    }
  }
}

TEST(HashContentTest, TheOrderOfBytesCounts) {
  std::set<uint64_t> hashes;
  std::string content(40, 'a');
  for (char& byte : content) {
    byte = 'b';
    EXPECT_TRUE(hashes.insert(HashContent(content)).second);
    byte = 'a';
  }
}

TEST(DigestTest, ValuesArePinned) {
  EXPECT_EQ(DigestOf({}), 0xa3e31d3927b1531c);
  EXPECT_EQ(DigestOf(RandomEvents(1, 8)), 0x2db6efe5c86dc289);
  EXPECT_EQ(HashContent(""), 0xe1ad6149afb0fe14);
  EXPECT_EQ(HashContent("reprise"), 0x6b19915cc31c1bc1);
  EXPECT_EQ(HashContent(std::string(40, 'x')), 0x3420a0fc6f31e400);
  EXPECT_EQ(HashContent(std::string(400, 'x')), 0xbc280c68b066dc66);
}

}  // namespace
}  // namespace reprise
