#include "reprise/checker/formats/operation_names.h"

namespace reprise::checker {
namespace {

struct Row {
  std::string_view name;
  NamedFunction meaning;
};

constexpr Row kRows[] = {
    {"read", {Function::kRead, Dialect::kRegister}},
    {"get", {Function::kRead, Dialect::kStore}},
    {"write", {Function::kWrite, Dialect::kRegister}},
    {"put", {Function::kWrite, Dialect::kStore}},
    {"append", {Function::kAppend, Dialect::kStore}},
    {"cas", {Function::kCas, Dialect::kRegister}},
    {"delete", {Function::kDelete, Dialect::kBoth}},
};

std::string_view WithoutColon(std::string_view name) {
  return name.substr(name.starts_with(':') ? 1 : 0);
}

}  // namespace

std::string_view MeaningOf(std::string_view name,
                           std::span<const Alias> aliases) {
  for (const Alias& alias : aliases) {
    if (WithoutColon(alias.name) == name) return WithoutColon(alias.meaning);
  }
  return name;
}

NamedFunction FunctionNamed(std::string_view name) {
  for (const Row& row : kRows) {
    if (row.name == name) return row.meaning;
  }
  return {};
}

std::string FunctionNames() {
  std::string names;
  const size_t count = std::size(kRows);
  for (size_t row = 0; row < count; ++row) {
    if (row > 0) names += row + 1 < count ? ", " : " or ";
    names += kRows[row].name;
  }
  return names;
}

std::string FunctionText(Function function) {
  std::string text;
  for (const Row& row : kRows) {
    if (row.meaning.function != function) continue;
    text += text.empty() ? std::string(row.name)
                         : " (or " + std::string(row.name) + ")";
  }
  return text;
}

}  // namespace reprise::checker
