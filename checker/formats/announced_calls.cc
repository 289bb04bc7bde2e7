#include "reprise/checker/formats/announced_calls.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/line_error.h"

namespace reprise::checker {

absl::Status AnnouncedCalls::Announce(AnnouncedCall call, std::string_view text,
                                      uint32_t line) {
  const int32_t client = call.client;
  const int64_t time = call.call;
  const auto [place, is_new] = open_.try_emplace(client);
  if (!is_new) {
    return LineError(
        line, absl::StrCat("found a call of client ", client, " at ", time,
                           " while its call of line ", place->second.line,
                           " is open, expected the line of its answer, or of ",
                           "\"return\":null, first"));
  }
  place->second = {std::move(call), std::string(text), line};
  return absl::OkStatus();
}

absl::StatusOr<uint32_t> AnnouncedCalls::Answer(const AnnouncedCall& call,
                                                uint32_t line) {
  const auto found = open_.find(call.client);
  if (found == open_.end()) return 0;
  const Open& open = found->second;
  if (open.call.call != call.call || open.call.id != call.id ||
      open.call.what != call.what) {
    return LineError(
        line,
        absl::StrCat("found another operation of client ", call.client,
                     ", called at ", call.call, ", expected the answer of ",
                     "line ", open.line, ", called at ", open.call.call,
                     ", with the same fields"));
  }
  const uint32_t called_in = open.line;
  open_.erase(found);
  return called_in;
}

std::vector<AnnouncedCalls::Open> AnnouncedCalls::Rest() const {
  std::vector<Open> rest;
  for (const auto& [client, open] : open_) rest.push_back(open);
  std::sort(rest.begin(), rest.end(),
            [](const Open& a, const Open& b) { return a.line < b.line; });
  return rest;
}

}  // namespace reprise::checker
