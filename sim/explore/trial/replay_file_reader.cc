#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/json_text.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/replay_words.h"
#include "reprise/sim/explore/trial/schedule_check.h"
#include "reprise/sim/explore/trial/schedule_rows.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {
namespace {

using Json = nlohmann::json;

constexpr uint64_t kVersion = 3;
constexpr char kCalmDelays[] = "calm-delays";

constexpr std::string_view kShape = RowOf(Purpose::kPartitionShape).name;

// False where `text` is none.
bool ReadDigest(const std::string& text, uint64_t& digest) {
  return text.size() == 16 &&
         std::all_of(
             text.begin(), text.end(),
             [](char c) {
               return absl::ascii_isxdigit(static_cast<unsigned char>(c));
             }) &&
         absl::SimpleHexAtoi(text, &digest);
}

// Reads one replay file; the first error ends it. Never throws: each type is
// tested before it is read.
class Reader {
 public:
  explicit Reader(std::string_view name) : name_(name) {}

  absl::StatusOr<ReplayFile> Read(std::string_view text) {
    text_ = text;
    const absl::StatusOr<Json> parsed = ParseJson(text);
    if (!parsed.ok()) return Bad(ToStd(parsed.status().message()));
    const Json& json = *parsed;
    if (!json.is_object() || !json.contains("format") ||
        json["format"] != kReplayFormat) {
      return Bad(absl::StrFormat(
          "not a replay file: it lacks \"format\": \"%s\"", kReplayFormat));
    }
    if (absl::Status status = CheckVersion(json); !status.ok()) return status;
    return ReadFields(json);
  }

 private:
  absl::Status Bad(std::string_view reason) const {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: %s.", Echo(name_), reason));
  }

  absl::Status CheckVersion(const Json& json) const {
    const auto version = json.find("version");
    if (version == json.end() || !version->is_number_unsigned()) {
      return Bad("\"version\" is missing or not a whole number");
    }
    if (version->get<uint64_t>() > kVersion) {
      return Bad(absl::StrCat("version ", version->get<uint64_t>(),
                              " is newer than this program, which reads "
                              "versions up to ",
                              kVersion));
    }
    if (version->get<uint64_t>() == 0) return Bad("there is no version 0");
    return absl::OkStatus();
  }

  absl::StatusOr<ReplayFile> ReadFields(const Json& json) {
    ReplayFile file;
    uint64_t seed = 0;
    absl::Status status = CheckFieldNames(
        json, {"format", "version", "scenario", "bug", "seed", "options",
               "expected", "base", "reseeds", "schedule"});
    if (status.ok()) status = ReadText(json, "scenario", file.scenario);
    if (status.ok() && json.contains("bug")) {
      status = ReadText(json, "bug", file.bug);
    }
    if (status.ok()) status = ReadSeed(json, seed);
    if (status.ok()) status = ReadOptions(json, file.timeline.options);
    if (status.ok()) status = ReadExpected(json, file.expected);
    Edits& edits = file.timeline.edits;
    if (status.ok()) status = ReadBase(json, edits.base);
    if (status.ok()) status = ReadReseeds(json, edits.reseeds);
    if (status.ok()) status = ReadSchedule(json, edits.schedule);
    if (!status.ok()) return status;
    file.timeline.seed = Seed(seed);
    return file;
  }

  // A misspelt field must not be ignored: the file is edited by people.
  absl::Status CheckFieldNames(const Json& json,
                               const std::vector<std::string>& known) const {
    for (const auto& item : json.items()) {
      if (std::find(known.begin(), known.end(), item.key()) == known.end()) {
        return Bad(absl::StrFormat("unknown field \"%s\"; there are: %s",
                                   Echo(item.key()),
                                   absl::StrJoin(known, ", ")));
      }
    }
    return absl::OkStatus();
  }

  absl::Status ReadText(const Json& json, const char* field,
                        std::string& text) const {
    const auto found = json.find(field);
    if (found == json.end() || !found->is_string()) {
      return Bad(absl::StrFormat("\"%s\" is missing or not text", field));
    }
    text = TextOf(found->get_ref<const std::string&>());
    return absl::OkStatus();
  }

  absl::Status ReadSeed(const Json& json, uint64_t& seed) const {
    const auto found = json.find("seed");
    if (found == json.end() || !found->is_number_unsigned()) {
      return Bad(
          absl::StrCat("\"seed\" is missing or not a whole number from 0 to ",
                       std::numeric_limits<uint64_t>::max()));
    }
    seed = found->get<uint64_t>();
    return absl::OkStatus();
  }

  absl::Status ReadOptions(const Json& json,
                           std::vector<OptionValue>& options) const {
    const auto found = json.find("options");
    if (found == json.end()) return absl::OkStatus();
    if (!found->is_object()) return Bad("\"options\" is not an object");
    for (const auto& item : found->items()) {
      const Json& value = item.value();
      if (!value.is_number_integer() ||
          (value.is_number_unsigned() &&
           value.get<uint64_t>() >
               uint64_t{std::numeric_limits<int64_t>::max()})) {
        return Bad(absl::StrFormat("option \"%s\" is not a whole number",
                                   Echo(item.key())));
      }
      options.push_back({TextOf(item.key()), value.get<int64_t>()});
    }
    return absl::OkStatus();
  }

  absl::Status ReadExpected(const Json& json,
                            std::optional<ExpectedResult>& expected) const {
    const auto found = json.find("expected");
    if (found == json.end()) return absl::OkStatus();
    if (!found->is_object()) return Bad("\"expected\" is not an object");
    ExpectedResult result;
    std::string verdict;
    std::string digest;
    absl::Status status =
        CheckFieldNames(*found, {"verdict", "property", "message", "digest",
                                 "digests", "turning_point"});
    if (status.ok()) status = ReadText(*found, "verdict", verdict);
    if (status.ok() && found->contains("property")) {
      status = ReadText(*found, "property", result.property);
    }
    if (status.ok() && found->contains("message")) {
      status = ReadText(*found, "message", result.message);
    }
    if (status.ok()) status = ReadText(*found, "digest", digest);
    if (status.ok()) status = ReadTurn(*found, result.turning_point);
    if (!status.ok()) return status;
    const std::optional<VerdictKind> kind = VerdictNamed(verdict);
    if (!kind) {
      return Bad(
          absl::StrFormat("verdict \"%s\" is none of holds, violated, "
                          "undecided",
                          Echo(verdict)));
    }
    if (!ReadDigest(digest, result.digest)) {
      return Bad(absl::StrFormat("digest \"%s\" is not 16 hexadecimal digits",
                                 Echo(digest)));
    }
    status = ReadDigests(*found, result.digests);
    if (!status.ok()) return status;
    result.verdict = *kind;
    expected = std::move(result);
    return absl::OkStatus();
  }

  absl::Status ReadDigests(const Json& json,
                           std::vector<DigestPoint>& digests) const {
    const auto found = json.find("digests");
    if (found == json.end()) return absl::OkStatus();
    constexpr std::string_view kExpected =
        "\"digests\" is not a list of [event, \"16 hexadecimal digits\"]";
    if (!found->is_array()) return Bad(kExpected);
    for (const Json& pair : *found) {
      DigestPoint point;
      if (!pair.is_array() || pair.size() != 2 ||
          !pair[0].is_number_unsigned() || !pair[1].is_string() ||
          !ReadDigest(pair[1].get_ref<const std::string&>(), point.digest)) {
        return Bad(kExpected);
      }
      point.event = pair[0].get<uint64_t>();
      if (point.event <= (digests.empty() ? 0 : digests.back().event)) {
        return Bad("\"digests\" are not in the order of their events");
      }
      digests.push_back(point);
    }
    return absl::OkStatus();
  }

  absl::Status ReadTurn(const Json& expected,
                        std::optional<ExpectedTurn>& turn) const {
    const auto found = expected.find("turning_point");
    if (found == expected.end()) return absl::OkStatus();
    if (!found->is_object()) return Bad("\"turning_point\" is not an object");
    const absl::Status status = CheckFieldNames(
        *found, {"event", "virtual_nanoseconds", "failures", "trials"});
    if (!status.ok()) return status;
    bool is_good = true;
    const auto number = [&](const char* field) -> uint64_t {
      const auto value = found->find(field);
      is_good &= value != found->end() && value->is_number_unsigned();
      return is_good ? value->get<uint64_t>() : 0;
    };
    const uint64_t instant = number("virtual_nanoseconds");
    turn = {
        .event = number("event"),
        .instant = VirtualTime() + Nanoseconds(static_cast<int64_t>(instant)),
        .failures = number("failures"),
        .trials = number("trials")};
    if (is_good && turn->failures <= turn->trials &&
        instant <= uint64_t{std::numeric_limits<int64_t>::max()}) {
      return absl::OkStatus();
    }
    return Bad(
        "\"turning_point\" is not {event, virtual_nanoseconds, failures, "
        "trials}: whole numbers, with no more failures than trials");
  }

  absl::Status ReadBase(const Json& json, Base& base) const {
    if (json["version"].get<uint64_t>() == 1) {
      base = json.contains("schedule") ? Base::kCalm : Base::kSeed;
      if (!json.contains("base")) return absl::OkStatus();
      return Bad("\"base\" stands in files of version 2 and later");
    }
    if (!json.contains("base")) return absl::OkStatus();
    const Json& name = json["base"];
    if (name != kCalmBase && name != kSeedBase) {
      return Bad(absl::StrFormat("\"base\" is neither \"%s\" nor \"%s\"",
                                 kSeedBase, kCalmBase));
    }
    base = name == kCalmBase ? Base::kCalm : Base::kSeed;
    return absl::OkStatus();
  }

  absl::Status ReadReseeds(const Json& json,
                           std::vector<Reseed>& reseeds) const {
    const auto found = json.find("reseeds");
    if (found == json.end()) return absl::OkStatus();
    const auto is_reseed = [](const Json& row) {
      return row.is_array() && (row.size() == 2 || row.size() == 3) &&
             row[0].is_number_unsigned() && row[1].is_number_unsigned() &&
             row[0].get<uint64_t>() <=
                 uint64_t{std::numeric_limits<int64_t>::max()} &&
             (row.size() == 2 || row[2] == kCalmDelays);
    };
    if (!found->is_array() ||
        !std::all_of(found->begin(), found->end(), is_reseed)) {
      return Bad(
          "\"reseeds\" is not a list of [nanoseconds, seed] or [nanoseconds, "
          "seed, \"calm-delays\"]");
    }
    for (const Json& pair : *found) {
      const auto after = VirtualTime() + Nanoseconds(pair[0].get<int64_t>());
      if (!reseeds.empty() && after <= reseeds.back().after) {
        return Bad("\"reseeds\" are not in the order of time");
      }
      reseeds.push_back(
          {after, Seed(pair[1].get<uint64_t>()), pair.size() == 3});
    }
    return absl::OkStatus();
  }

  // Of the decision of this number, counted from 1.
  absl::Status BadDecision(size_t number, std::string_view reason) const {
    return Bad(absl::StrFormat("line %d: decision %d of \"schedule\"%s",
                               LineOfDecision(text_, number), number, reason));
  }

  absl::Status ReadSchedule(const Json& json, Schedule& schedule) const {
    const auto found = json.find("schedule");
    if (found == json.end()) return absl::OkStatus();
    if (!found->is_array()) return Bad("\"schedule\" is not a list");
    std::set<std::tuple<std::string, std::string, uint64_t, std::string>> seen;
    for (size_t i = 0; i < found->size(); ++i) {
      absl::StatusOr<Schedule> row =
          ReadRow((*found)[i], kDecisionsMost - schedule.size());
      if (!row.ok()) return BadDecision(i + 1, ToStd(row.status().message()));
      for (Decision& decision : *row) {
        const bool is_new = seen.insert({decision.entity, decision.purpose,
                                         decision.index, decision.packet})
                                .second;
        if (!is_new) {
          return BadDecision(i + 1, absl::StrCat(", ", Echo(NameOf(decision)),
                                                 ", is there already"));
        }
        schedule.push_back(std::move(decision));
      }
    }
    if (json["version"].get<uint64_t>() == 1) AddShapes(schedule);
    return absl::OkStatus();
  }

  // In version 1 a partition without a shape is drawn from 0; today it would
  // cut nothing.
  static void AddShapes(Schedule& schedule) {
    const auto place = [](const Decision& decision) {
      return std::pair(decision.entity, decision.index);
    };
    std::set<std::pair<std::string, uint64_t>> shapes;
    for (const Decision& decision : schedule) {
      if (decision.purpose == kShape) shapes.insert(place(decision));
    }
    Schedule added;
    for (const Decision& decision : schedule) {
      if (decision.entity != kScriptEntity &&
          decision.purpose == RowOf(Purpose::kPartition).name &&
          !shapes.contains(place(decision))) {
        added.push_back({decision.entity, std::string(kShape), decision.index});
      }
    }
    schedule.insert(schedule.end(), added.begin(), added.end());
  }

  std::string name_;
  std::string_view text_;
};

}  // namespace

absl::StatusOr<ReplayFile> ParseReplayFile(std::string_view name,
                                           std::string_view text) {
  return Reader(name).Read(text);
}

}  // namespace reprise
