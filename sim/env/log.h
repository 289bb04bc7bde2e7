// Log: lines for people, with fields that have names.
//
// A line shows in `replay --trace` and in the evidence of a violation. It never
// enters the digest, so that lines come and go while saved replays play on.
//
// Guarantees: where nobody listens, a line costs a branch: nothing is formatted
// and nothing is allocated. Requires that no code decides by what is logged.
//
//   env.Log(LogLevel::kInfo, "leads", {{"term", term}, {"votes", votes}});
//   // prints: leads term=3 votes=2
//   if (env.IsLogged(LogLevel::kDebug)) {
//     env.Log(LogLevel::kDebug, "the table", {{"rows", Describe(table)}});
//   }

#ifndef REPRISE_SIM_ENV_LOG_H_
#define REPRISE_SIM_ENV_LOG_H_

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "reprise/sim/core/log_level.h"
#include "reprise/text/text_view.h"

namespace reprise {

// The name and the value of a field, as views: it lasts as long as both texts,
// mostly the call of Log().
class LogField {
 public:
  constexpr LogField(std::string_view name, bool value)
      : name_(name), type_(Type::kTruth), text_(value ? "true" : "false") {}
  template <std::signed_integral Number>
  constexpr LogField(std::string_view name, Number value)
      : name_(name), type_(Type::kSigned), signed_(value) {}
  template <std::unsigned_integral Number>
  constexpr LogField(std::string_view name, Number value)
      : name_(name), type_(Type::kUnsigned), unsigned_(value) {}
  template <typename Text>
  requires std::convertible_to<const Text&, TextView>
  constexpr LogField(std::string_view name, const Text& value)
      : name_(name), type_(Type::kText), text_(TextView(value)) {}

  // Adds "name=value"; a value that is empty or has blanks, in quotes.
  void AppendTo(std::string& line) const;
  // Adds "\"name\":value" as JSON: a number, true or false, or a string.
  void AppendJsonTo(std::string& json) const;

 private:
  enum class Type : uint8_t { kSigned, kUnsigned, kTruth, kText };

  // Texts as `append_text` writes them.
  void AppendValue(void (*append_text)(std::string_view, std::string&),
                   std::string& line) const;

  std::string_view name_;
  Type type_;
  int64_t signed_ = 0;
  uint64_t unsigned_ = 0;
  std::string_view text_;
};

using LogFields = std::initializer_list<LogField>;

// "leads term=3 votes=2".
std::string LogLine(std::string_view text, LogFields fields);

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_LOG_H_
