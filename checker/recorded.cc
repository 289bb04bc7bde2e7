#include "checker/recorded.h"

#include <map>
#include <string>
#include <vector>

#include "checker/require.h"

namespace reprise::checker {
namespace {

std::vector<std::string_view> Split(std::string_view text,
                                    std::string_view separators) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const size_t begin = text.find_first_not_of(separators);
    if (begin == text.npos) break;
    const size_t end =
        std::min(text.find_first_of(separators, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    text.remove_prefix(end);
  }
  return parts;
}

std::string_view Value(std::string_view token) {
  return token == "nil" ? "" : token;
}

// What follows `name` in an EDN map, without its quotes.
std::string_view Field(std::string_view line, std::string_view name) {
  const size_t at = line.find(name);
  CHECKER_REQUIRE(at != line.npos, "a field is missing");
  std::string_view rest = line.substr(at + name.size());
  if (rest[0] != '"') return rest.substr(0, rest.find_first_of(",}"));
  rest.remove_prefix(1);
  return rest.substr(0, rest.find('"'));
}

}  // namespace

History ReadEtcdLog(std::string_view text) {
  History history;
  std::map<int, OperationId> open;
  for (std::string_view line : Split(text, "\n")) {
    const std::vector<std::string_view> words = Split(line, " \t[]");
    if (words.size() < 7 || words[1] != "jepsen.util") continue;
    const int process = std::stoi(std::string(words[3]));
    const std::string_view type = words[4];
    const std::string_view function = words[5];
    if (type == ":invoke") {
      open[process] =
          function == ":cas" ? history.InvokeCas(process, "r", Value(words[6]),
                                                 Value(words[7]))
          : function == ":write"
              ? history.Invoke(process, OperationKind::kWrite, "r",
                               Value(words[6]))
              : history.Invoke(process, OperationKind::kRead, "r", "");
    } else if (type == ":ok" && function == ":read") {
      history.Return(open[process], Value(words[6]));
    } else if (type == ":ok") {
      history.ReturnUnobserved(open[process]);
    } else if (type == ":fail" && function == ":cas") {
      history.ReturnFailed(open[process]);
    }
  }
  return history;
}

History ReadKvLog(std::string_view text) {
  History history;
  std::map<int, OperationId> open;
  for (std::string_view line : Split(text, "\n")) {
    const int process = std::stoi(std::string(Field(line, ":process ")));
    const std::string_view function = Field(line, ":f ");
    const std::string_view value = Field(line, ":value ");
    if (Field(line, ":type ") == ":invoke") {
      const OperationKind kind = function == ":get"   ? OperationKind::kGet
                                 : function == ":put" ? OperationKind::kPut
                                                      : OperationKind::kAppend;
      open[process] = history.Invoke(process, kind, Field(line, ":key "),
                                     function == ":get" ? "" : value);
    } else if (function == ":get") {
      history.Return(open[process], value);
    } else {
      history.ReturnUnobserved(open[process]);
    }
  }
  return history;
}

}  // namespace reprise::checker
