#include "reprise/sim/trace/event_text.h"

#include <set>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace reprise {
namespace {

constexpr int kKinds = static_cast<int>(EventKind::kCount);

TEST(KindNameTest, EachKindHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (int kind = 0; kind < kKinds; ++kind) {
    const std::string_view name = KindName(static_cast<EventKind>(kind));
    EXPECT_NE(name, "unknown") << kind;
    EXPECT_TRUE(names.insert(name).second) << name;
  }
}

TEST(KindNameTest, NamesAreLowerCaseWithHyphens) {
  for (int kind = 0; kind < kKinds; ++kind) {
    const std::string name(KindName(static_cast<EventKind>(kind)));
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"),
              std::string::npos)
        << name;
  }
}

TEST(KindNameTest, WhatIsNoKindIsUnknown) {
  EXPECT_EQ(KindName(static_cast<EventKind>(kKinds)), "unknown");
}

}  // namespace
}  // namespace reprise
