#include "reprise/sim/explore/trial/schedule_check.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/explore/trial/suggestion.h"
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

}  // namespace

absl::Status CheckDecision(const Decision& decision) {
  const PurposeRow* row = FindPurpose(decision.entity, decision.purpose);
  if (row == nullptr) {
    return UnknownName("purpose", decision.purpose, PurposeNames());
  }
  const bool is_of_packet = !decision.packet.empty();
  if (is_of_packet &&
      (!row->IsOfPackets() || !ParsePacketName(decision.packet).has_value())) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: \"%s\" is no place of a %s, expected %s.", NameOf(decision),
        decision.packet, decision.purpose,
        row->IsOfPackets() ? "\"METHOD CLIENT.OPERATION #NUMBER\" or an index"
                           : "an index"));
  }
  if (row->Allows(decision.value)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrFormat("%s is %d, expected %s.", NameOf(decision),
                      decision.value, row->Expected()));
}

size_t LineOfDecision(std::string_view text, size_t number) {
  // The schedule is the only list in the object that a replay file is.
  constexpr int kDepth = 2;
  size_t line = 1;
  int depth = 0;
  bool is_text = false;
  bool is_list = false;       // At kDepth.
  bool begins_entry = false;  // What comes next is one.
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (is_text) {
      if (c == '\\') ++i;
      if (c == '"') is_text = false;
      continue;
    }
    if (begins_entry && !absl::ascii_isspace(static_cast<unsigned char>(c))) {
      begins_entry = false;
      if (--number == 0) return line;
    }
    if (c == '"') is_text = true;
    if (c == ']' || c == '}') --depth;
    if (c == ',') begins_entry = is_list && depth == kDepth;
    if (c != '[' && c != '{') continue;
    ++depth;
    if (depth == kDepth) begins_entry = is_list = c == '[';
  }
  return line;
}

}  // namespace reprise
