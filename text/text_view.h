// TextView: a parameter that takes text of any kind: a literal, a std::string,
// a std::string_view or an absl::string_view, which is a type of its own in
// Debian's Abseil. It is a std::string_view.
//
// The other way round, absl::StrCat and its kin take a std::string_view as
// ToAbsl(view), of reprise/sim/core/text.h; a newer Abseil takes it as it is.
//
//   void Greet(TextView name);
//   Greet("a"); Greet(std::string("b")); Greet(status.message());

#ifndef REPRISE_TEXT_TEXT_VIEW_H_
#define REPRISE_TEXT_TEXT_VIEW_H_

#include <concepts>
#include <string_view>

#include "absl/strings/string_view.h"

namespace reprise {

// absl::string_view where that is not std::string_view.
template <typename Text>
concept AbslText = std::same_as<Text, absl::string_view> &&
    !std::same_as<absl::string_view, std::string_view>;

class TextView : public std::string_view {
 public:
  constexpr TextView() = default;
  template <typename Text>
  requires std::convertible_to<const Text&, std::string_view>
  constexpr TextView(const Text& text)  // NOLINT(google-explicit-constructor)
      : std::string_view(text) {}
  template <AbslText Text>
  constexpr TextView(Text text)  // NOLINT(google-explicit-constructor)
      : std::string_view(text.data(), text.size()) {}
};

}  // namespace reprise

#endif  // REPRISE_TEXT_TEXT_VIEW_H_
