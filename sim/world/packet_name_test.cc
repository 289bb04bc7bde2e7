#include "reprise/sim/world/packet_name.h"

#include <optional>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/random.h"

namespace reprise {
namespace {

PacketName Named(std::string_view text) {
  const std::optional<PacketName> name = ParsePacketName(text);
  EXPECT_TRUE(name.has_value()) << text;
  return name.value_or(PacketName());
}

TEST(PacketNameTest, ReadsWhatItWrites) {
  for (const std::string text :
       {"Put 3.7 #2", "Beat 0 #5", "a b 1.2 0.0 #4294967295", "Get 0 #0.1",
        "Get 0 #0.1.2", " 0 #1", "Get 4294967295.0 #0.0.65535"}) {
    EXPECT_EQ(FormatPacketName(Named(text)), text);
  }
}

TEST(PacketNameTest, SaysWhatAPacketServes) {
  const PacketName name = Named("kv.Put 3.7 #2.1");
  EXPECT_EQ(name.method, "kv.Put");
  EXPECT_EQ(name.method_hash, HashName("kv.Put"));
  EXPECT_EQ(name.operation, ServedOperation(3, 7));
  EXPECT_EQ(name.number, 2u);
  EXPECT_EQ(name.copy, 1u);
  EXPECT_EQ(name.reply_copy, 0u);
}

TEST(PacketNameTest, RefusesWhatNoPacketIsCalled) {
  for (const char* text :
       {"", "#", " #", "Put", "Put 3.7", "Put #2", "Put 3 #2", "Put 3.7 #",
        "Put 3.7 #2.", "Put 3.7 #02", "Put 3.7 #2.0", "Put 3.7.1 #2",
        "Put 3.7 #2.1.0", "Put 3.7 #2.1.1.1", "Put 3.7 #4294967296",
        "Put -1.7 #2", "Put 3.7  #2", "Put 3.7 #2 "}) {
    EXPECT_FALSE(ParsePacketName(text).has_value()) << text;
  }
}

TEST(PacketNameTest, DifferentPacketsStandInDifferentPlaces) {
  std::set<uint64_t> places;
  for (const char* text :
       {"Put 3.7 #2", "Put 3.7 #3", "Put 3.8 #2", "Put 4.7 #2", "Get 3.7 #2",
        "Put 0 #2", "Put 3.7 #2.1", "Put 3.7 #2.0.1", "Put 3.7 #2.1.1"}) {
    EXPECT_TRUE(places.insert(Named(text).Place()).second) << text;
  }
}

}  // namespace
}  // namespace reprise
