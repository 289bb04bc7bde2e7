#include "reprise/checker/report/model_words.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/report/number_text.h"
#include "reprise/text/printable.h"

namespace reprise::checker {
namespace {

constexpr size_t kLongestName = 48;

// "key \"q\": ", or nothing where the model has no parts.
std::string Of(const PageSource& history, PartitionId partition) {
  const std::string name = history.PartitionName(partition);
  if (name.empty()) return "";
  return absl::StrCat("key ", Quote(name, kLongestName), ": ");
}

}  // namespace

std::string FirstWord(std::string_view description) {
  const auto end =
      std::find_if_not(description.begin(), description.end(), [](char c) {
        return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' ||
               c == '_';
      });
  const std::string word(description.begin(), end);
  return word.empty() ? "operation" : word;
}

std::string ModelSentence(const PageSource& history, const PageInput& input,
                          uint64_t states) {
  if (input.first_illegal) {
    const PageFacts facts = history.Facts(*input.first_illegal);
    const std::string call = history.Text(*input.first_illegal).call;
    return absl::StrCat(
        Of(history, facts.partition), "no order of the operations explains ",
        Quote(call, kLongestName), ", which client ", facts.client, " saw");
  }
  if (input.undecided) {
    return absl::StrCat(Of(history, *input.undecided),
                        "not decided: the budget ran out after ",
                        CountText(states, "state"));
  }
  return "Linearizable: there is an order of the operations, each inside its "
         "interval, that explains every answer.";
}

}  // namespace reprise::checker
