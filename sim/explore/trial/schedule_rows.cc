#include "reprise/sim/explore/trial/schedule_rows.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "reprise/sim/explore/trial/json_text.h"
#include "reprise/sim/explore/trial/schedule_check.h"
#include "reprise/sim/world/edits.h"

namespace reprise {
namespace {

using Json = nlohmann::json;

// Requires that it is a string.
std::string TextIn(const Json& json) {
  return TextOf(json.get_ref<const std::string&>());
}

bool IsText(const Json& json) {
  return json.is_string() && !json.get_ref<const std::string&>().empty();
}

bool IsRange(const Json& place) {
  return place.is_array() && place.size() == 2 &&
         place[0].is_number_unsigned() && place[1].is_number_unsigned() &&
         place[0].get<uint64_t>() <= place[1].get<uint64_t>();
}

bool IsRow(const Json& row) {
  return row.is_array() && row.size() == 4 && row[0].is_string() &&
         row[1].is_string() &&
         (row[2].is_string() || row[2].is_number_unsigned() ||
          IsRange(row[2])) &&
         (IsText(row[3]) || row[3].is_number_unsigned());
}

// How many decisions a row has beyond its first.
uint64_t FurtherOf(const Json& row) {
  if (!row[2].is_array()) return 0;
  return row[2][1].get<uint64_t>() - row[2][0].get<uint64_t>();
}

Decision FirstOf(const Json& row) {
  Decision decision{.entity = TextIn(row[0]), .purpose = TextIn(row[1])};
  if (row[3].is_string()) {
    decision.words = TextIn(row[3]);
  } else {
    decision.value = row[3].get<uint64_t>();
  }
  if (row[2].is_string()) {
    decision.packet = TextIn(row[2]);
  } else {
    const Json& index = row[2].is_array() ? row[2][0] : row[2];
    decision.index = index.get<uint64_t>();
  }
  return decision;
}

// Whether `next` stands in one row with the decision before it.
bool Continues(const Decision& before, const Decision& next) {
  Decision expected = before;
  ++expected.index;
  return next == expected && next.packet.empty();
}

std::string RowText(const Decision& first, uint64_t last) {
  std::string place = absl::StrCat(first.index);
  if (!first.packet.empty()) place = QuoteForJson(first.packet);
  if (last != first.index) {
    place = absl::StrCat("[", first.index, ", ", last, "]");
  }
  return absl::StrCat("[", QuoteForJson(first.entity), ", ",
                      QuoteForJson(first.purpose), ", ", place, ", ",
                      first.words.empty() ? absl::StrCat(first.value)
                                          : QuoteForJson(first.words),
                      "]");
}

}  // namespace

std::vector<std::string> RowsOf(const Schedule& schedule) {
  std::vector<std::string> rows;
  size_t next = 0;
  while (next < schedule.size()) {
    const Decision& first = schedule[next++];
    while (next < schedule.size() &&
           Continues(schedule[next - 1], schedule[next])) {
      ++next;
    }
    rows.push_back(RowText(first, schedule[next - 1].index));
  }
  return rows;
}

absl::StatusOr<Schedule> ReadRow(const Json& row, size_t most) {
  if (!IsRow(row)) {
    return absl::InvalidArgumentError(
        " is not [\"entity\", \"purpose\", index, [first, last] or "
        "\"packet\", value or \"words\"]");
  }
  const uint64_t further = FurtherOf(row);
  if (further >= most) {
    return absl::InvalidArgumentError(
        absl::StrCat(" goes beyond the ", kDecisionsMost,
                     " decisions that a file may have"));
  }
  Decision decision = FirstOf(row);
  const absl::Status status = CheckDecision(decision);
  if (!status.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(": ", absl::StripSuffix(status.message(), ".")));
  }
  Schedule schedule;
  schedule.reserve(further + 1);
  for (uint64_t i = 0; i <= further; ++i) {
    schedule.push_back(decision);
    ++decision.index;
  }
  return schedule;
}

size_t RowOfDecision(std::string_view text, size_t number) {
  const absl::StatusOr<Json> json = ParseJson(text);
  size_t row = 0;
  for (uint64_t seen = 0; seen < number; ++row) {
    seen += 1 + FurtherOf((*json)["schedule"][row]);
  }
  return row;
}

}  // namespace reprise
