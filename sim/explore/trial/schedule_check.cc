#include "reprise/sim/explore/trial/schedule_check.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/suggestion.h"
#include "reprise/sim/trace/parse_cuts.h"
#include "reprise/sim/world/packet_name.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {
namespace {

std::vector<std::string> PurposeNames() {
  std::vector<std::string> names;
  for (const PurposeRow& row : kPurposes) {
    std::string name(row.name);
    if (row.IsFamily()) name += "NAME";
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(name);
    }
  }
  return names;
}

absl::Status CheckWords(const Decision& decision, const PurposeRow& row) {
  std::string reason;
  if (row.TakesWords()) {
    const absl::Status cuts = ParseCuts(decision.words).status();
    if (cuts.ok()) return cuts;
    reason = absl::StrCat(": ", cuts.message());
  }
  return absl::InvalidArgumentError(
      absl::StrFormat("%s is \"%s\", expected %s%s.", NameOf(decision),
                      Echo(decision.words), row.Expected(), reason));
}

// Whether the decision stands where those of the purpose do.
bool HasPlace(const PurposeRow& row, const Decision& decision) {
  if (decision.packet.empty()) return !row.IsOfTurns();
  const std::optional<PacketName> name = ParsePacketName(decision.packet);
  if (!name.has_value()) return false;
  const bool is_copy = name->copy > 0 || name->reply_copy > 0;
  return row.IsOfPackets() || (row.IsOfTurns() && !is_copy);
}

std::string_view ExpectedPlace(const PurposeRow& row) {
  if (row.IsOfTurns()) return "\"TASK CLIENT.OPERATION #NUMBER\"";
  return row.IsOfPackets() ? "\"METHOD CLIENT.OPERATION #NUMBER\" or an index"
                           : "an index";
}

}  // namespace

absl::Status CheckDecision(const Decision& decision) {
  const PurposeRow* row = FindPurpose(decision.entity, decision.purpose);
  if (row == nullptr) {
    return UnknownName("purpose", decision.purpose, PurposeNames());
  }
  if (!HasPlace(*row, decision)) {
    const std::string place = decision.packet.empty()
                                  ? absl::StrCat(decision.index)
                                  : absl::StrCat("\"", decision.packet, "\"");
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: %s is no place of a %s, expected %s.", NameOf(decision), place,
        decision.purpose, ExpectedPlace(*row)));
  }
  if (!decision.words.empty()) return CheckWords(decision, *row);
  if (row->Allows(decision.value)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrFormat("%s is %d, expected %s.", NameOf(decision),
                      decision.value, row->Expected()));
}

size_t LineOfDecision(std::string_view text, size_t number) {
  // Of the entries of a list in the object that a replay file is.
  constexpr int kDepth = 2;
  constexpr std::string_view kSchedule = "schedule";
  size_t line = 1;
  int depth = 0;
  size_t text_begin = 0;
  std::string_view last_text;
  bool is_text = false;
  bool is_list = false;       // The schedule, at kDepth.
  bool begins_entry = false;  // What comes next is one.
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (is_text) {
      if (c == '\\') ++i;
      if (c == '"') {
        is_text = false;
        last_text = text.substr(text_begin, i - text_begin);
      }
      continue;
    }
    if (begins_entry && !absl::ascii_isspace(static_cast<unsigned char>(c))) {
      begins_entry = false;
      if (--number == 0) return line;
    }
    if (c == '"') {
      is_text = true;
      text_begin = i + 1;
    }
    if (c == ']' || c == '}') --depth;
    if (c == ',') begins_entry = is_list && depth == kDepth;
    if (c != '[' && c != '{') continue;
    ++depth;
    if (depth == kDepth) {
      begins_entry = is_list = c == '[' && last_text == kSchedule;
    }
  }
  return line;
}

}  // namespace reprise
