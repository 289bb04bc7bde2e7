#include "reprise/sim/explore/cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/suggestion.h"

namespace reprise::cli {

// Drives CLI11, which reports by exceptions; none leaves this class.
class ArgumentParser {
 public:
  ArgumentParser(std::string_view program,
                 const std::vector<CommandSpec>& specs)
      : specs_(specs),
        app_("Deterministic simulation testing: one seed decides everything.",
             std::string(program)) {
    app_.require_subcommand(0, 1);
    app_.allow_extras();
    app_.set_version_flag("--version", "",
                          "print version, commit and compiler");
    app_.get_formatter()->column_width(34);
    for (const CommandSpec& spec : specs) AddCommand(spec);
  }

  absl::StatusOr<Arguments> Parse(std::vector<std::string> args) {
    TakeWords(args);
    if (const CommandSpec* spec = CommandOf(args)) {
      absl::Status status = CheckSwitches(*spec, args);
      if (!status.ok()) return status;
      GiveBareValues(*spec, args);
    }
    args = SplitEmptyValues(std::move(args));
    std::reverse(args.begin(), args.end());  // As CLI11 wants them.
    try {
      app_.parse(std::move(args));
    } catch (const CLI::CallForHelp&) {
      given_.help_ = app_.help();
      return std::move(given_);
    } catch (const CLI::CallForVersion&) {
      given_.asks_for_version_ = true;
      return std::move(given_);
    } catch (const CLI::ParseError& error) {
      return absl::InvalidArgumentError(absl::StrCat(Echo(error.what()), "."));
    }
    if (app_.get_subcommands().empty()) return NoCommand();
    return Check();
  }

 private:
  void AddCommand(const CommandSpec& spec) {
    CLI::App* command = app_.add_subcommand(spec.name, spec.about);
    command->allow_extras();
    for (const Flag& flag : spec.flags) {
      const std::string name = "--" + flag.name;
      if (flag.value_name.empty()) {
        command->add_flag_callback(
            name, [this, flag] { given_.values_[flag.name] = {""}; },
            flag.about);
        continue;
      }
      values_.push_back(std::make_unique<std::vector<std::string>>());
      command->add_option(name, *values_.back(), flag.about)
          ->type_name(flag.value_name)
          ->type_size(1)
          ->expected(1)
          ->allow_extra_args(false)
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }
    if (!spec.positional_name.empty()) {
      command
          ->add_option(spec.positional_name, given_.positionals_,
                       spec.positional_about)
          ->type_name("");
    }
  }

  // What stands behind "--" is put aside.
  void TakeWords(std::vector<std::string>& args) {
    const auto dashes = std::find(args.begin(), args.end(), "--");
    if (dashes == args.end()) return;
    words_.assign(dashes + 1, args.end());
    args.erase(dashes, args.end());
  }

  // Null where no known command is given.
  const CommandSpec* CommandOf(const std::vector<std::string>& args) const {
    const auto name = std::find_if(
        args.begin(), args.end(),
        [](const std::string& arg) { return !arg.starts_with("-"); });
    if (name == args.end()) return nullptr;
    const auto spec =
        std::find_if(specs_.begin(), specs_.end(),
                     [&](const CommandSpec& s) { return s.name == *name; });
    return spec == specs_.end() ? nullptr : &*spec;
  }

  // CLI11 takes a switch with a value for an answer, yes or no.
  static absl::Status CheckSwitches(const CommandSpec& spec,
                                    const std::vector<std::string>& args) {
    for (const Flag& flag : spec.flags) {
      if (!flag.value_name.empty()) continue;
      const std::string beginning = absl::StrCat("--", flag.name, "=");
      for (const std::string& arg : args) {
        if (!arg.starts_with(beginning)) continue;
        return absl::InvalidArgumentError(absl::StrFormat(
            "--%s takes no value; it was given \"%s\".", flag.name,
            Echo(std::string_view(arg).substr(beginning.size()))));
      }
    }
    return absl::OkStatus();
  }

  // CLI11 takes "--name=" for a missing value, but not "--name" and "".
  static std::vector<std::string> SplitEmptyValues(
      std::vector<std::string> args) {
    std::vector<std::string> split;
    for (std::string& arg : args) {
      const bool is_empty_value =
          arg.starts_with("--") && arg.find('=') == arg.size() - 1;
      if (is_empty_value) arg.pop_back();
      split.push_back(std::move(arg));
      if (is_empty_value) split.emplace_back();
    }
    return split;
  }

  // "--name" becomes "--name=value" where the flag may stand alone.
  static void GiveBareValues(const CommandSpec& spec,
                             std::vector<std::string>& args) {
    for (const Flag& flag : spec.flags) {
      if (flag.bare_value.empty()) continue;
      const std::string bare = "--" + flag.name;
      std::replace(args.begin(), args.end(), bare,
                   absl::StrCat(bare, "=", flag.bare_value));
    }
  }

  absl::Status NoCommand() {
    const std::vector<std::string> extras = app_.remaining();
    std::vector<std::string> names;
    for (const CommandSpec& spec : specs_) names.push_back(spec.name);
    if (!extras.empty()) return UnknownName("command", extras.front(), names);
    return absl::InvalidArgumentError(
        absl::StrCat("no command was given.\n\n", app_.help()));
  }

  absl::StatusOr<Arguments> Check() {
    CLI::App* command = app_.get_subcommands().front();
    given_.command_ = command->get_name();
    const CommandSpec& spec = *std::find_if(
        specs_.begin(), specs_.end(),
        [&](const CommandSpec& s) { return s.name == given_.command_; });
    for (const std::string& extra : app_.remaining(/*recurse=*/true)) {
      return RefuseExtra(spec, extra);
    }
    absl::Status words = CheckPositionals(spec);
    if (!words.ok()) return words;
    for (const Flag& flag : spec.flags) {
      absl::Status status = Take(*command, flag);
      if (!status.ok()) return status;
    }
    return std::move(given_);
  }

  absl::Status CheckPositionals(const CommandSpec& spec) {
    if (!words_.empty() && spec.positional_name.empty()) {
      return RefuseWord(spec, words_.front());
    }
    std::vector<std::string>& given = given_.positionals_;
    given.insert(given.end(), words_.begin(), words_.end());
    if (given.size() > 1 && !spec.many_positionals) {
      return absl::InvalidArgumentError(
          absl::StrFormat("%s takes one %s; \"%s\" is one too many.", spec.name,
                          spec.positional_name, Echo(given[1])));
    }
    if (std::find(given.begin(), given.end(), "") == given.end()) {
      return absl::OkStatus();
    }
    return absl::InvalidArgumentError(
        absl::StrFormat("%s was given \"\"; expected %s.", spec.positional_name,
                        spec.positional_about));
  }

  static absl::Status RefuseWord(const CommandSpec& spec,
                                 std::string_view word) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s does not take the argument \"%s\"; its flags "
                        "begin with --.",
                        spec.name, Echo(word)));
  }

  absl::Status RefuseExtra(const CommandSpec& spec, const std::string& extra) {
    if (!extra.starts_with("-")) return RefuseWord(spec, extra);
    const std::string given = extra.substr(0, extra.find('='));
    std::vector<std::string> names;
    for (const Flag& flag : spec.flags) names.push_back("--" + flag.name);
    if (std::find(names.begin(), names.end(), given) != names.end()) {
      return absl::InvalidArgumentError(
          absl::StrFormat("%s stands before %s; a command's flags follow it.",
                          given, spec.name));
    }
    return UnknownName(absl::StrCat("flag of ", spec.name), given, names);
  }

  absl::Status Take(const CLI::App& command, const Flag& flag) {
    const CLI::Option& option = *command.get_option("--" + flag.name);
    if (option.count() == 0) return absl::OkStatus();
    if (option.count() > 1 && !flag.may_repeat) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "--%s was given %d times.", flag.name, option.count()));
    }
    if (flag.value_name.empty()) return absl::OkStatus();
    const std::vector<std::string>& results = option.results();
    const bool has_empty =
        std::find(results.begin(), results.end(), "") != results.end();
    if (has_empty && !flag.may_be_empty) {
      return absl::InvalidArgumentError(
          absl::StrFormat("--%s was given \"\"; expected %s: %s.", flag.name,
                          flag.value_name, flag.about));
    }
    given_.values_[flag.name] = results;
    return absl::OkStatus();
  }

  const std::vector<CommandSpec>& specs_;
  CLI::App app_;
  Arguments given_;
  std::vector<std::string> words_;  // Behind "--".
  // CLI11 writes here; each at an address that stays.
  std::vector<std::unique_ptr<std::vector<std::string>>> values_;
};

bool Arguments::Has(std::string_view flag) const {
  return values_.find(flag) != values_.end();
}

std::string Arguments::Value(std::string_view flag) const {
  return ValueOr(flag, "");
}

std::string Arguments::ValueOr(std::string_view flag,
                               std::string_view otherwise) const {
  const auto found = values_.find(flag);
  return found == values_.end() ? std::string(otherwise)
                                : found->second.front();
}

std::vector<std::string> Arguments::Values(std::string_view flag) const {
  const auto found = values_.find(flag);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

absl::StatusOr<Arguments> ParseArguments(std::string_view program,
                                         const std::vector<CommandSpec>& specs,
                                         std::vector<std::string> args) {
  return ArgumentParser(program, specs).Parse(std::move(args));
}

}  // namespace reprise::cli
