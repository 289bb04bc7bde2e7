#include "reprise/sim/core/task_failure.h"

#include <cxxabi.h>

#include <exception>
#include <new>
#include <string>
#include <typeinfo>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/call_stack.h"

namespace reprise {
namespace {

// The type of the exception that is being handled, as the source spells it.
std::string TypeName() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (type == nullptr) return "an exception of another language";
  return Demangled(type->name());
}

}  // namespace

std::string TaskFailure::DescribeStack() const {
  std::string text;
  for (const std::string& frame : stack) {
    absl::StrAppend(&text, "    ", frame, "\n");
  }
  return text;
}

TaskFailure DescribeException() {
  try {
    // tidy: allow(throw) to look at it as what it is
    throw;
  } catch (const std::bad_array_new_length&) {
    // An absurd size is the code's own doing.
    return {.what = absl::StrCat("threw ", TypeName())};
  } catch (const std::bad_alloc&) {
    return {.what = "found no memory left", .is_out_of_memory = true};
  } catch (const std::exception& error) {
    return {.what = absl::StrCat("threw ", TypeName(), ": ", error.what())};
    // tidy: allow(catch-all) no task goes on from here
  } catch (...) {
    return {.what = absl::StrCat("threw ", TypeName())};
  }
}

}  // namespace reprise
