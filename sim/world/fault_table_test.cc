#include "reprise/sim/world/fault_table.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/fault_fields.h"
#include "reprise/sim/world/faults.h"

namespace reprise {
namespace {

// Notes the unit of each option by its path: "network.request.loss".
class OptionUnits {
 public:
  const std::map<std::string, std::string>& units() const { return units_; }

  template <typename Options>
  void Part(std::string_view name, const Options& options) {
    const std::string outer = path_;
    absl::StrAppend(&path_, ToAbsl(name), ".");
    VisitFields(*this, options);
    path_ = outer;
  }
  void Link(size_t, const LinkOptions&) { Note({"links"}, "links"); }
  void Delay(const Field& field, const DelayOptions& delay) {
    Note(field, "delay");
    Part(field.name, delay);
  }
  void Outage(const Field& field, const OutageOptions& outage) {
    Note(field, "outage");
    Part(field.name, outage);
  }
  void Ratio(const Field& field, Probability) { Note(field, "probability"); }
  void Time(const Field& field, Duration, DurationRange) {
    Note(field, "duration");
  }
  void AtLeast(const Field& field, Duration, Duration) {
    Note(field, "duration");
  }
  void Count(const Field& field, int64_t, int64_t, int64_t) {
    Note(field, "count");
  }
  void Flag(const Field& field, bool) { Note(field, "yes or no"); }
  void Word(const Field& field, const std::string&) { Note(field, "word"); }
  void Line(std::string_view, bool = true) {}

 private:
  void Note(const Field& field, const std::string& unit) {
    const bool is_new =
        units_.emplace(path_ + std::string(field.name), unit).second;
    EXPECT_TRUE(is_new) << path_ << field.name;
  }

  std::string path_;
  std::map<std::string, std::string> units_;
};

OptionUnits UnitsOfAllOptions() {
  FaultMix mix;
  mix.network.links.resize(1);
  OptionUnits units;
  VisitFields(units, mix);
  return units;
}

TEST(FaultTableTest, EachFaultIsDrivenByOptionsOfItsUnit) {
  const OptionUnits options = UnitsOfAllOptions();
  const std::set<std::string_view> counts = {
      "bytes", "bytes a second", "microseconds a second", "packets"};
  for (const FaultRow& row : FaultTable()) {
    const std::string unit(counts.count(row.unit) > 0 ? "count" : row.unit);
    for (const auto option : absl::StrSplit(ToAbsl(row.option), ", ")) {
      const auto found = options.units().find(std::string(option));
      ASSERT_NE(found, options.units().end()) << row.name << ": " << option;
      EXPECT_EQ(found->second, unit) << row.name;
    }
  }
}

TEST(FaultTableTest, NamesAndMembersOfJsonAreUnique) {
  std::set<std::string_view> names;
  std::set<std::string_view> members;
  for (const FaultRow& row : FaultTable()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_FALSE(row.about.empty()) << row.name;
    for (const char c : row.name) {
      EXPECT_TRUE(absl::ascii_islower(static_cast<unsigned char>(c)) ||
                  c == '-')
          << row.name;
    }
    if (!row.IsCounted()) continue;
    EXPECT_TRUE(members.insert(row.noun.json).second) << row.name;
    EXPECT_EQ(row.noun.one.empty(), row.noun.many.empty()) << row.name;
    EXPECT_FALSE(row.noun.many.empty() && row.noun.ending.empty()) << row.name;
  }
}

TEST(FaultCountsTest, CountsEachFaultAlone) {
  FaultCounts counts;
  for (const Fault fault : {Fault::kCrash, Fault::kCrash, Fault::kLostName}) {
    ++counts[fault];
    counts.Strike(fault);
  }
  EXPECT_EQ(counts, (FaultCounts{{Fault::kCrash, 2}, {Fault::kLostName, 1}}));
  EXPECT_EQ(counts[Fault::kPause], 0u);
}

}  // namespace
}  // namespace reprise
