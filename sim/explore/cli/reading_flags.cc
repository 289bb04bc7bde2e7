#include "reprise/sim/explore/cli/reading_flags.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/format.h"
#include "reprise/checker/formats/operation_names.h"
#include "reprise/sim/explore/trial/suggestion.h"

namespace reprise::cli {
namespace {

using checker::FailedCas;
using checker::NilMeaning;

template <typename Meaning>
struct Named {
  std::string_view name;
  Meaning meaning;
};

constexpr Named<NilMeaning> kNilMeanings[] = {
    {"absent", NilMeaning::kAbsent},
    {"unknown", NilMeaning::kUnknown},
    {"initial", NilMeaning::kInitial},
};

constexpr Named<FailedCas> kFailedCas[] = {
    {"did-not-happen", FailedCas::kDidNotHappen},
    {"found-another", FailedCas::kFoundAnother},
};

// What the value of `flag` means, if the flag was given.
template <typename Meaning, size_t kSize>
absl::Status Take(const Arguments& arguments, const char* flag,
                  const Named<Meaning> (&names)[kSize],
                  std::optional<Meaning>& meaning) {
  if (!arguments.Has(flag)) return absl::OkStatus();
  std::vector<std::string> valid;
  for (const Named<Meaning>& named : names) {
    if (named.name == arguments.Value(flag)) meaning = named.meaning;
    valid.emplace_back(named.name);
  }
  if (meaning) return absl::OkStatus();
  return UnknownName(absl::StrCat("value of --", flag), arguments.Value(flag),
                     valid);
}

absl::Status TakeFormat(const Arguments& arguments,
                        checker::ReaderOptions& options) {
  if (!arguments.Has("format")) return absl::OkStatus();
  options.format = checker::FormatNamed(arguments.Value("format"));
  if (options.format) return absl::OkStatus();
  std::vector<std::string> valid;
  for (checker::Format format : checker::kFormats) {
    valid.emplace_back(checker::FormatName(format));
  }
  return UnknownName("format", arguments.Value("format"), valid);
}

absl::Status TakeAliases(const Arguments& arguments, Operations operations,
                         checker::ReaderOptions& options) {
  for (const std::string& value : arguments.Values("alias")) {
    const size_t equals = value.find('=');
    std::string meaning = equals == value.npos ? "" : value.substr(equals + 1);
    // As recordings have it.
    if (meaning.starts_with(':')) meaning.erase(0, 1);
    const bool is_known = operations == Operations::kAny
                              ? !meaning.empty()
                              : checker::FunctionNamed(meaning).function !=
                                    checker::Function::kUnknown;
    if (equals == 0 || !is_known) {
      return absl::InvalidArgumentError(absl::StrCat(
          "--alias=", value, " is not NAME=OPERATION, where OPERATION is ",
          operations == Operations::kAny ? "one of the model"
                                         : checker::FunctionNames(),
          "."));
    }
    const std::string name = value.substr(0, equals);
    for (const checker::Alias& other : options.aliases) {
      if (other.name != name || other.meaning == meaning) continue;
      return absl::InvalidArgumentError(
          absl::StrCat("--alias=", value, ": the name stands for ",
                       other.meaning, " already."));
    }
    options.aliases.push_back({name, meaning});
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<Flag> ReadingFlags() {
  return {
      {"format", "NAME",
       checker::FormatNames() + "; by default the content tells"},
      {"initial", "VALUE",
       "what every key holds at first, written as in the file, in json-lines "
       "without quotes"},
      {"nil", "MEANING",
       "what a read of nil saw: absent, unknown or initial; by default that "
       "the key is absent"},
      {"failed-cas", "MEANING",
       "what a cas that ended in :fail did: did-not-happen or found-another; "
       "by default the latter in jepsen-etcd alone"},
      {.name = "alias",
       .value_name = "NAME=OPERATION",
       .about = "another name of an operation, such as final-read=read",
       .may_repeat = true},
  };
}

absl::StatusOr<checker::ReaderOptions> ReadingOptions(
    const Arguments& arguments, Operations operations) {
  checker::ReaderOptions options;
  absl::Status status = TakeFormat(arguments, options);
  if (status.ok()) {
    status = Take(arguments, "nil", kNilMeanings, options.nil);
  }
  if (status.ok()) {
    status = Take(arguments, "failed-cas", kFailedCas, options.failed_cas);
  }
  if (status.ok() && options.failed_cas && operations == Operations::kAny) {
    status = absl::InvalidArgumentError(
        "--failed-cas is about a register; the model has no such operation.");
  }
  if (status.ok()) status = TakeAliases(arguments, operations, options);
  if (!status.ok()) return status;
  if (arguments.Has("initial")) options.initial = arguments.Value("initial");
  return options;
}

}  // namespace reprise::cli
