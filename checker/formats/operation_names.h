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

NamedFunction FunctionNamed(std::string_view name,
                            std::span<const Alias> aliases);

// "read, write, ... or delete".
std::string FunctionNames();

// "read (or get)".
std::string FunctionText(Function function);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_OPERATION_NAMES_H_
