// The names of operations in recordings of invocations and responses.

#ifndef REPRISE_CHECKER_FORMATS_OPERATION_NAMES_H_
#define REPRISE_CHECKER_FORMATS_OPERATION_NAMES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "reprise/checker/formats/reader_options.h"

namespace reprise::checker {

enum class Function : uint8_t {
  kRead,
  kWrite,
  kAppend,
  kCas,
  kDelete,  // makes the key absent
  kUnknown,
};

// A store's clients say get and put, a register's read and write.
enum class Dialect : uint8_t { kStore, kRegister, kBoth };

struct NamedFunction {
  Function function = Function::kUnknown;
  Dialect dialect = Dialect::kBoth;
};

// What an operation of this name is called: the meaning of the alias, if there
// is one. A colon in front of a name is no part of it.
std::string_view MeaningOf(std::string_view name,
                           std::span<const Alias> aliases);

NamedFunction FunctionNamed(std::string_view name);

// "read, write, ... or delete".
std::string FunctionNames();

// "read (or get)".
std::string FunctionText(Function function);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_OPERATION_NAMES_H_
